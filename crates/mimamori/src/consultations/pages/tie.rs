//! Saying which person of the register somebody is.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::choosing::{self, Meant};
use super::form::of;
use super::one::{enter, is_own, name_of};
use super::said::called;
use super::typed::{Typed, beside};
use crate::consultations::acts;
use crate::consultations::rules::Refusal;
use crate::front::look::{
    Field, Kind, Link, Problems, Weight, button, field, form, hidden, problem_summary, text_link,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::ConsultationId;
use crate::people::{self, Stop};

/// The search box.
pub async fn page(asked: Asked, Path(id): Path<ConsultationId>) -> Result<Markup, Problem> {
    shown(
        &asked,
        id,
        &Typed::default(),
        &Problems::default(),
        &Meant::default(),
    )
    .await
}

async fn shown(
    asked: &Asked,
    id: ConsultationId,
    typed: &Typed,
    problems: &Problems,
    meant: &Meant,
) -> Result<Markup, Problem> {
    let one = enter(asked, id).await?;
    if !is_own(asked, &one) {
        return Err(Problem::Forbidden);
    }
    let name = name_of(asked, &one).await?;
    let path = format!("/consultations/{id}");
    let reason = Field {
        hint: "例：生年月日と電話が同じで、ご本人に確かめた",
        required: true,
        kind: Kind::Long,
        ..of(typed, problems, "reason", "同じ方だとわかった理由")
    };
    let body = html! {
        (problem_summary(problems))
        p { strong { (called(&name, one.codes.about)) } "（登録なし）の相談を、登録者の記録に結びつけます。この方の前の相談もいっしょに結びつき、担当センターからも見えるようになります。まちがえたときは、はずせます。" }
        (form(&format!("{path}/tie"), html! {
            (hidden("version", &one.version.to_string()))
            (field(&reason))
            (field(&Field { kind: Kind::Search, ..of(typed, problems, "q", "登録者をさがす") }))
            div.buttons { (button(Weight::Primary, "さがす", "do", "find")) }
            (meant.shown(asked))
        }))
        p { (text_link(Link::new("相談の画面にもどる", &path))) }
    };
    asked.page(Place::Consultations, "登録者に結びつける", body)
}

/// Looks for people, or ties to one of them.
pub async fn send(
    asked: Asked,
    Path(id): Path<ConsultationId>,
    typed: Typed,
) -> Result<Response, Stop> {
    let mut problems = Problems::default();
    let mut meant = Meant::default();
    // What is not this account's to see is not looked for either.
    enter(&asked, id).await?;
    if let Some(("person", person)) = typed.of("do").split_once(':') {
        let person = person.parse().map_err(|_| Problem::NotFound)?;
        people::admit(&asked, person).await?;
        let upon = (id, typed.of("version").parse().unwrap_or(0));
        let into = (person, asked.app.explains);
        match acts::tie(asked.db(), &asked.deed, upon, into, typed.of("reason")).await {
            Ok(()) => {
                let flash = Flash::done("登録者に結びつけました。");
                return Ok(asked.redirect(&format!("/consultations/{id}"), flash));
            }
            Err(Refusal::Changed) => {
                return Err(Problem::changed(&format!("/consultations/{id}")).into());
            }
            Err(refusal) => beside(refusal, &mut problems)?,
        }
    }
    if !typed.of("q").trim().is_empty() {
        meant = choosing::look_for(&asked, typed.of("q"), &mut problems)
            .await?
            .registered();
    }
    let page = shown(&asked, id, &typed, &problems, &meant).await?;
    match problems.is_empty() {
        true => Ok(page.into_response()),
        false => Err(Problem::Refused(page).into()),
    }
}
