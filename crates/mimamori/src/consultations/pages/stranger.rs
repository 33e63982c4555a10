//! Somebody who is not registered: what is known of them is corrected; they are erased on their wish.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::form;
use super::typed::{Typed, beside};
use crate::audit::{self, Fields, Line, Verb};
use crate::consultations::acts;
use crate::consultations::rules::{Refusal, Stranger};
use crate::consultations::store;
use crate::front::look::{
    Field, Kind, Link, Problems, buttons, field, hidden, problem_summary, section,
};
use crate::front::{Asked, Flash, Place, Problem, look};
use crate::ids::RowId;
use crate::scope::Right;

fn path(id: RowId) -> String {
    format!("/consultations/of/{id}")
}

/// The one of one's own center, after the line of the sight.
pub async fn enter(asked: &Asked, id: RowId) -> Result<Stranger, Problem> {
    let found = store::find_stranger(&mut asked.read().await?, &asked.deed, id).await?;
    let own = found.filter(|(_, center)| Some(*center) == asked.deed.scope.center);
    let (stranger, _) = own.ok_or(Problem::NotFound)?;
    let line = Line::new(Verb::Saw, None, Fields::CONSULTATIONS);
    let line = line.saying(format!("登録のない方（{id}）"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok(stranger)
}

/// The form as it stands.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let stranger = enter(&asked, id).await?;
    let mut typed = Typed::of_card(&stranger.card);
    typed.set("version", &stranger.version.to_string());
    shown(&asked, id, &typed, &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    id: RowId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let path = path(id);
    let tied = store::person_of(&mut asked.read().await?, &asked.deed, id).await?;
    let reason = Field {
        name: "reason",
        label: "理由",
        hint: "例：ご本人から電話で、相談したことを消してほしいとのお申し出",
        value: typed.of("reason"),
        problem: problems.of("reason"),
        required: true,
        kind: Kind::Long,
        ..Field::default()
    };
    let body = html! {
        (problem_summary(problems))
        p { "登録のない方の名前や連絡先を直します。前の内容は、この方の相談の「変更の履歴」に残ります。" }
        (look::form(&format!("{path}/card"), html! {
            (hidden("version", typed.of("version")))
            (form::card(typed, problems))
            (buttons("保存する", Some(Link::new("やめる", &path))))
        }))
        @if asked.may(Right::Lead) && tied.is_none() { (section("消去の希望があったとき", html! {
            p { "この方の名前と連絡先、相談の内容をすべて消します。件数の数字だけが残ります。もとにはもどせません。ご本人（または代わりの方）の希望であることを確かめてください。" }
            (look::form(&format!("{path}/erasure"), html! {
                (field(&reason))
                (buttons("この方の相談を消去する", None))
            }))
        })) }
    };
    asked.page(Place::Consultations, "登録のない方", body)
}

/// Saves upon the version that the form was made from.
pub async fn save(asked: Asked, Path(id): Path<RowId>, typed: Typed) -> Result<Response, Problem> {
    // What is not this account's to see is not there, whatever was typed.
    enter(&asked, id).await?;
    let mut problems = Problems::default();
    let Some(card) = typed.card(&mut problems).filter(|_| problems.is_empty()) else {
        return Err(Problem::Refused(
            shown(&asked, id, &typed, &problems).await?,
        ));
    };
    let version = typed.of("version").parse().unwrap_or(0);
    match acts::correct_card(asked.db(), &asked.deed, id, version, card).await {
        Ok(()) => Ok(asked.redirect(&path(id), Flash::done("保存しました。"))),
        Err(Refusal::Changed) => Err(Problem::changed(&format!("{}/card", path(id)))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Why somebody is erased.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Why {
    reason: String,
}

/// Erases what was said about them.
pub async fn erase(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(why): Form<Why>,
) -> Result<Response, Problem> {
    let stranger = enter(&asked, id).await?;
    match acts::erase_stranger(asked.db(), &asked.deed, id, &why.reason).await {
        Ok(()) => {
            let flash = Flash::done("消去しました。");
            Ok(asked.redirect("/consultations", flash))
        }
        Err(refusal) => {
            let mut problems = Problems::default();
            beside(refusal, &mut problems)?;
            let mut typed = Typed::of_card(&stranger.card);
            typed.set("version", &stranger.version.to_string());
            typed.set("reason", &why.reason);
            Err(Problem::Refused(
                shown(&asked, id, &typed, &problems).await?,
            ))
        }
    }
}
