//! The letter, printed in large letters.

use axum::extract::Path;
use maud::{Markup, html};

use super::{leaving_of, path};
use crate::audit::Fields;
use crate::clock::in_japan;
use crate::front::look::{self, Link, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::RowId;
use crate::leaving::rules::{self, Leaving, Letter, Paper, State};
use crate::leaving::store;
use crate::networks;
use crate::people::{self, DeskView, Stop};

/// A letter with whom it is about; nobody, once the record is erased.
pub struct Written {
    /// What it is about.
    pub leaving: Leaving,
    /// What it says.
    pub letter: Letter,
    /// Who it is about.
    pub view: Option<DeskView>,
}

/// The letter of a leaving as it stands, after the line of the sight is durable.
pub async fn written(asked: &Asked, id: RowId) -> Result<Written, Stop> {
    let leaving = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let view = match leaving.state {
        State::Erased => None,
        _ => {
            people::witness(asked, leaving.person, Fields::IDENTITY).await?;
            let mut conn = asked.read().await?;
            people::find_for_desk(&mut conn, &asked.deed, leaving.person).await?
        }
    };
    let paper = paper(asked, &leaving, view.as_ref()).await?;
    let letter = rules::letter(&leaving, &paper);
    Ok(Written {
        leaving,
        letter,
        view,
    })
}

/// The letter as a page. Once the record is erased it names nobody.
pub async fn page(asked: Asked, Path(leaving): Path<String>) -> Result<Markup, Stop> {
    let id = leaving_of(&leaving)?;
    let Written {
        leaving, letter, ..
    } = written(&asked, id).await?;
    let to = match leaving.state {
        State::Erased => "/leaving".to_owned(),
        _ => path(leaving.person),
    };
    let body = html! {
        p.no-print { (look::text_link(Link::new("手続きにもどる", &to))) }
        div.no-print { (look::act(Weight::Secondary, "窓あき封筒の手紙にする（PDF）", "", &format!("/papers/leavings/{id}"), &[])) }
        (sheet(&letter))
    };
    Ok(asked.page(Place::People, letter.title, body)?)
}

async fn paper(
    asked: &Asked,
    leaving: &Leaving,
    view: Option<&DeskView>,
) -> Result<Paper, Problem> {
    let mut conn = asked.read().await?;
    let scope = &asked.deed.scope;
    let town = networks::find_town(&mut conn, scope).await?;
    let town = town.ok_or(Problem::NotFound)?;
    let center = match view.and_then(|view| view.standing.center).or(scope.center) {
        Some(center) => networks::find_center(&mut conn, scope, center).await?,
        None => None,
    };
    let phone = center
        .as_ref()
        .and_then(|center| center.day_phone.clone())
        .or(town.day_phone);
    let name = center.map(|center| center.name);
    let phone = phone.map(|phone| format!("電話 {phone}"));
    Ok(Paper {
        name: view.map_or(String::new(), |view| view.identity.value.name.to_string()),
        network: town.name,
        center: name.into_iter().chain(phone).collect(),
        operator: town.operator,
        term: store::find_term(&mut conn, &asked.deed, leaving.kind).await?,
        today: in_japan(asked.deed.now).date(),
    })
}

fn sheet(letter: &Letter) -> Markup {
    html! {
        div.letter {
            p { (letter.day) }
            p.letter-name { @if letter.addressee.is_empty() { "　　　　　　　　　　　　" } @else { (letter.addressee) } " 様" }
            @for paragraph in &letter.paragraphs { p { (paragraph) } }
            @if !letter.items.is_empty() { ul { @for item in &letter.items { li { (item) } } } }
            @for line in &letter.sender { p { (line) } }
        }
    }
}
