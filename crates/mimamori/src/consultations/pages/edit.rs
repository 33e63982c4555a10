//! Correcting a consultation, and writing it on.

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::form;
use super::one::{enter, is_own, name_of};
use super::said::called;
use super::typed::{Typed, beside};
use crate::consultations::acts;
use crate::consultations::rules::Refusal;
use crate::consultations::store;
use crate::front::look::{self, Link, Problems, buttons, hidden, problem_summary};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::ConsultationId;

/// The form as it stands.
pub async fn page(asked: Asked, Path(id): Path<ConsultationId>) -> Result<Markup, Problem> {
    let one = enter(&asked, id).await?;
    shown(&asked, id, &Typed::of_entry(&one), &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    id: ConsultationId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let one = enter(asked, id).await?;
    if !is_own(asked, &one) {
        return Err(Problem::Forbidden);
    }
    let name = name_of(asked, &one).await?;
    let topics = store::list_topics(&mut asked.read().await?, &asked.deed).await?;
    let path = format!("/consultations/{id}");
    let body = html! {
        (problem_summary(problems))
        p { "だれのこと：" strong { (called(&name, one.codes.about)) } "　前の内容は、変更の履歴に残ります。" }
        form.sheet-form method="post" action={ (path) "/edit" } autocomplete="off" novalidate data-keys {
            (hidden("version", typed.of("version")))
            (form::how(typed, problems))
            (look::fieldset("相談", html! {
                (form::what(typed, problems, &topics))
                (form::words(typed, problems, |_| html! {}))
            }))
            (form::ending(typed, problems))
            (form::when(typed, problems))
            (buttons("保存する", Some(Link::new("やめる", &path))))
        }
    };
    asked.page(Place::Consultations, "相談を訂正する", body)
}

/// Saves upon the version that the form was made from.
pub async fn save(
    asked: Asked,
    Path(id): Path<ConsultationId>,
    typed: Typed,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let entry = typed.entry(&mut problems);
    if let Some(entry) = entry {
        let version = typed.of("version").parse().unwrap_or(0);
        match acts::correct(asked.db(), &asked.deed, id, version, entry).await {
            Ok(()) => {
                let flash = Flash::done("保存しました。");
                return Ok(asked.redirect(&format!("/consultations/{id}"), flash));
            }
            Err(Refusal::Changed) => return Err(Problem::changed(&format!("/consultations/{id}"))),
            Err(refusal) => beside(refusal, &mut problems)?,
        }
    }
    Err(Problem::Refused(
        shown(&asked, id, &typed, &problems).await?,
    ))
}
