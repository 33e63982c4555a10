//! Who told hears what became of it.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::one::witness;
use super::{Side, sided};
use crate::front::look::{self, Field, Kind, Link, Problems, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::NoticeId;
use crate::notices::acts;
use crate::notices::rules::{Notice, Refusal};
use crate::notices::store;
use crate::people::{self, Stop};

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    version: i64,
    words: String,
}

/// The notice, for whoever may open the record of whom it is about: what is written here is compared
/// with that record, and each answer tells something of it.
async fn of(asked: &Asked, id: NoticeId) -> Result<Notice, Stop> {
    let notice = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    if let Some(person) = notice.person {
        people::admit(asked, person).await?;
    }
    witness(asked, &notice).await?;
    match notice.state.is_open() || !notice.words.teller.wants || notice.told_at.is_some() {
        true => Err(Refusal::NobodyWaits.into()),
        false => Ok(notice),
    }
}

/// The prepared words.
pub async fn page(asked: Asked, Path(id): Path<NoticeId>) -> Result<Markup, Stop> {
    let notice = of(&asked, id).await?;
    let words = acts::prepared_words(&mut asked.read().await?, &asked.deed, &notice).await?;
    Ok(show(&asked, &notice, &words, &Problems::default())?)
}

fn show(
    asked: &Asked,
    notice: &Notice,
    words: &str,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let (teller, base) = (&notice.words.teller, format!("/notices/{}", notice.id));
    let version = notice.version.to_string();
    let hint = "ご本人のこと（名前・住所・電話・年齢・病気・医療機関など）は書けません。入っていると送れません。";
    let body = html! {
        (look::problem_summary(problems))
        @if !teller.mail.is_empty() {
            (look::section("メールで知らせる", html! {
                p { (teller.mail) }
                (look::form(&format!("{base}/outcome"), html! {
                    (look::hidden("version", &version))
                    (look::field(&Field { name: "words", label: "伝える文", hint, value: words, kind: Kind::Textarea,
                        problem: problems.of("words"), ..Field::default() }))
                    (look::buttons("送る", Some(Link::new("気づきにもどる", &base))))
                }))
            }))
        } @else {
            (look::section("電話で伝える文", html! { blockquote { @for line in words.lines() { p { (line) } } } }))
        }
        @if !teller.phone.is_empty() {
            (look::section("電話で伝えたとき", html! {
                p { (teller.name) "　" (teller.phone) }
                (look::act(Weight::Secondary, "電話で伝えた", "", &format!("{base}/outcome/phone"), &[("version", &version)]))
            }))
        }
    };
    sided(asked, Side::Ended, "結果を知らせる", body)
}

/// Puts it out by mail.
pub async fn send(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let notice = of(&asked, id).await?;
    let done = acts::tell_outcome(asked.db(), &asked.deed, id, typed.version, &typed.words).await;
    let words = match done {
        Ok(()) => return Ok(told(&asked, id)),
        Err(Refusal::Tells(what)) => format!(
            "ご本人のことがわかる言葉が入っています（{}）。その部分を消してから送ってください。",
            what.join("、")
        ),
        Err(Refusal::NoWords) => "伝える文を入れてください。".to_owned(),
        Err(Refusal::Text(_, bad)) => bad.to_string(),
        Err(Refusal::Changed) => return Err(Problem::changed(&format!("/notices/{id}")).into()),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut problems = Problems::default();
    problems.add("words", words);
    let page = show(&asked, &notice, &typed.words, &problems)?;
    Err(Problem::Refused(page).into())
}

/// It was told at the telephone.
pub async fn by_phone(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::told_by_phone(asked.db(), &asked.deed, id, typed.version).await {
        Ok(()) => Ok(told(&asked, id)),
        Err(Refusal::Changed) => Err(Problem::changed(&format!("/notices/{id}"))),
        Err(refusal) => Err(refusal.into()),
    }
}

fn told(asked: &Asked, id: NoticeId) -> Response {
    asked.redirect(
        &format!("/notices/{id}"),
        Flash::done("結果を知らせました。"),
    )
}
