//! The reception: one form, which comes back as typed after every press that is not the last.

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::choosing::{self, Meant};
use super::typed::{Typed, beside};
use super::{form, recent};
use crate::consultations::acts::{self, New};
use crate::consultations::rules::{Consultation, Refusal, Subject};
use crate::consultations::store;
use crate::front::look::{self, Link, Problems, Tone, buttons, hidden, notice, problem_summary};
use crate::front::{Asked, Flash, Place, Problem};
use crate::people;

const TITLE: &str = "相談を受け付ける";
const PATH: &str = "/consultations/new";

/// About whom, where that is known already: `?person=…`, `?stranger=…`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Begun {
    person: String,
    stranger: String,
}

/// The form.
pub async fn page(asked: Asked, Query(begun): Query<Begun>) -> Result<Markup, Problem> {
    let mut typed = Typed::fresh(&asked.deed);
    typed.set("person", &begun.person);
    typed.set("stranger", &begun.stranger);
    let recent = recent::read(&asked).await?;
    shown(
        &asked,
        &typed,
        &Problems::default(),
        &Meant::default(),
        &recent,
    )
    .await
}

async fn shown(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    meant: &Meant,
    recent: &[Consultation],
) -> Result<Markup, Problem> {
    let topics = store::list_topics(&mut asked.read().await?, &asked.deed).await?;
    let about = choosing::about(asked, typed, problems, meant).await?;
    let body = html! {
        (problem_summary(problems))
        @if typed.of("again") == "new" && !meant.is_empty() { (perhaps_known()) }
        form.sheet-form method="post" action=(PATH) autocomplete="off" novalidate data-keys {
            (about)
            (form::how(typed, problems))
            (look::fieldset("相談", html! {
                (form::what(typed, problems, &topics))
                (form::words(typed, problems, |field| recent::buttons(recent, field)))
            }))
            (form::ending(typed, problems))
            (form::when(typed, problems))
            (hidden("again", typed.of("again")))
            (buttons("受け付ける", Some(Link::new("やめる", "/consultations"))))
        }
    };
    asked.page(Place::Consultations, TITLE, body)
}

fn perhaps_known() -> Markup {
    notice(
        Tone::Warning,
        "前にも相談のあった方かもしれません",
        html! { p { "下の一覧に同じ方がいれば「この方」を押してください。別の方なら、そのまま「受け付ける」を押すと受け付けます。" } },
    )
}

/// Looks for somebody, chooses somebody, puts a text in, or takes the consultation down.
pub async fn send(asked: Asked, mut typed: Typed) -> Result<Response, Problem> {
    let recent = recent::read(&asked).await?;
    let (mut problems, mut meant) = (Problems::default(), Meant::default());
    let pressed = typed.of("do").to_owned();
    let (what, which) = pressed.split_once(':').unwrap_or((&pressed, ""));
    match what {
        "find" => {
            let asked_for = typed.of("q").to_owned();
            meant = choosing::look_for(&asked, &asked_for, &mut problems).await?;
        }
        "person" | "stranger" => {
            typed.set(what, which);
            typed.set("again", "");
        }
        "other" => {
            typed.set("person", "");
            typed.set("stranger", "");
        }
        "said" | "answer" => recent::insert(&recent, &mut typed, what, which),
        _ => return take(&asked, typed, &recent).await,
    }
    let page = shown(&asked, &typed, &problems, &meant, &recent).await?;
    Ok(axum::response::IntoResponse::into_response(page))
}

async fn take(
    asked: &Asked,
    mut typed: Typed,
    recent: &[Consultation],
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let subject = typed.subject(&mut problems);
    let entry = typed.entry(&mut problems);
    let mut meant = Meant::default();
    if let Some(Subject::Registered(person)) = &subject
        && !choosing::opens(asked, *person).await?
    {
        problems.add("person", choosing::NOT_OPEN);
    }
    if let Some((subject, entry)) = subject.zip(entry).filter(|_| problems.is_empty()) {
        if let Subject::Stranger(card) = &subject
            && typed.of("again") != "new"
        {
            meant = choosing::heard_before(asked, card).await?;
            typed.set("again", "new");
        }
        if meant.is_empty() {
            let (db, deed, explains) = (asked.db(), &asked.deed, asked.app.explains);
            match acts::take(db, deed, explains, New { subject, entry }).await {
                Ok(id) => {
                    let flash = Flash::done("受け付けました。");
                    return Ok(asked.redirect(&format!("/consultations/{id}"), flash));
                }
                Err(Refusal::People(people::Refusal::NoPurpose)) => {
                    problems.add("person", choosing::NOT_OPEN);
                }
                Err(refusal) => refused(refusal, &mut problems)?,
            }
        }
    }
    let page = shown(asked, &typed, &problems, &meant, recent).await?;
    Err(Problem::Refused(page))
}

fn refused(refusal: Refusal, problems: &mut Problems) -> Result<(), Problem> {
    Ok(beside(refusal, problems)?)
}
