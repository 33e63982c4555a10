//! Whom an observation is about, for those who may see them.

use db::Conn;
use maud::{Markup, html};

use crate::audit::{self, Fields, Line, Verb};
use crate::front::{Asked, Problem};
use crate::ids::PersonId;
use crate::people::{self, Identity, Stop};
use crate::scope::Right;
use crate::station::supporters;
use crate::station::watch::rules::{About, Refusal};

/// Somebody who may be seen.
pub struct Whom {
    /// Of the register, or a supporter.
    pub about: About,
    /// As a supporter, or as registered.
    pub name: String,
    /// The record, where there is one.
    pub person: Option<PersonId>,
}

impl Whom {
    /// The page on which everything about them stands.
    pub fn path(&self) -> String {
        path(self.about)
    }
}

/// The page on which everything about somebody stands.
pub fn path(about: About) -> String {
    match about {
        About::Person(id) => format!("/people/{id}/watch"),
        About::Supporter(id) => format!("/station/supporters/{id}/watch"),
    }
}

/// Who it is, after the line of the sight is durable. Whoever is registered is met through the gate of
/// their record, also where they are met as a supporter: another center's for a stated purpose only.
pub async fn enter(asked: &Asked, about: About) -> Result<Whom, Stop> {
    let person = match about {
        About::Person(person) => Some(person),
        About::Supporter(id) => {
            let one = supporters::find(&mut asked.read().await?, &asked.deed, id).await?;
            if one.is_erased() {
                return Err(Problem::NotFound.into());
            }
            one.person
        }
    };
    match (person, about) {
        (Some(person), _) => {
            people::witness(asked, person, Fields::IDENTITY.and(Fields::CARE)).await?;
        }
        (None, About::Supporter(id)) => {
            let line = Line::new(Verb::Saw, None, Fields::NOTHING);
            let line = line.saying(format!("サポーターの様子（{id}）"));
            audit::witness(asked.db(), &asked.deed, line).await?;
        }
        (None, About::Person(_)) => return Err(Problem::NotFound.into()),
    }
    let name = name_of(&mut asked.read().await?, asked, about).await?;
    Ok(Whom {
        about,
        name,
        person,
    })
}

/// How somebody is called.
pub async fn name_of(conn: &mut Conn, asked: &Asked, about: About) -> Result<String, Refusal> {
    match about {
        About::Supporter(id) => {
            let one = supporters::find(conn, &asked.deed, id).await?;
            Ok(one.details.name)
        }
        About::Person(id) => {
            let kept = people::find_group::<Identity>(conn, &asked.deed, id).await?;
            let kept = kept.ok_or(Refusal::NotFound)?;
            Ok(kept.value.name.to_string())
        }
    }
}

/// What can be done for somebody from here.
pub async fn leads(asked: &Asked, whom: &Whom) -> Result<Markup, Problem> {
    let own = match whom.person {
        Some(person) => {
            let mut conn = asked.read().await?;
            let standing = people::find_standing(&mut conn, &asked.deed, person).await?;
            let center = standing.and_then(|standing| standing.center);
            center.is_some() && center == asked.deed.scope.center
        }
        None => false,
    };
    Ok(html! {
        ul {
            @if let Some(person) = whom.person {
                li { a href={ "/people/" (person) } { "登録者の記録を開く" } }
                @if own && asked.may(Right::Support) {
                    li { a href={ "/people/" (person) "/consultations" } { "相談として受け付ける・これまでの相談を見る" } }
                    li { a href={ "/people/" (person) "/checklists" } { "チェックリストをする" } }
                    li { a href={ "/people/" (person) "/paths" } { "つなぎを始める（要介護認定など）" } }
                }
            } @else {
                @if let About::Supporter(id) = whom.about {
                    li { a href={ "/station/supporters/" (id) } { "サポーターの画面（登録者に結びつけると、記録・チェックリスト・つなぎへ進めます）" } }
                }
                @if asked.may(Right::Support) {
                    li { a href="/consultations/new" { "相談として受け付ける" } }
                }
            }
        }
    })
}
