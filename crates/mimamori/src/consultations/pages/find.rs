//! Looking for somebody's consultations; what is typed is a name, so that it travels by POST only.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::choosing::{self, Meant};
use super::form::of;
use super::typed::Typed;
use crate::front::look::{
    Field, Kind, Link, Problems, buttons, field, form, problem_summary, text_link,
};
use crate::front::{Asked, Place, Problem};

/// The empty form.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    shown(
        &asked,
        &Typed::default(),
        &Problems::default(),
        &Meant::default(),
    )
}

fn shown(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    meant: &Meant,
) -> Result<Markup, Problem> {
    let q = Field {
        hint: "名前・電話（下4けたでも）・住所",
        kind: Kind::Search,
        ..of(typed, problems, "q", "だれの相談")
    };
    let body = html! {
        (problem_summary(problems))
        (form("/consultations/search", html! { (field(&q)) (buttons("さがす", None)) }))
        (meant.linked(asked))
        p { (text_link(Link::new("相談の一覧へ", "/consultations"))) }
    };
    asked.page(Place::Consultations, "相談をさがす", body)
}

/// Who was found, each with a way to their consultations.
pub async fn send(asked: Asked, typed: Typed) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let meant = choosing::look_for(&asked, typed.of("q"), &mut problems).await?;
    let page = shown(&asked, &typed, &problems, &meant)?;
    match problems.is_empty() {
        true => Ok(page.into_response()),
        false => Err(Problem::Refused(page)),
    }
}
