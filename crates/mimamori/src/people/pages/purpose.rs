//! 「開く目的」: asked before another center's record opens.

use axum::Form;
use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};

use super::gate::Stop;
use super::names::Names;
use super::person_of;
use super::typed::{Reader, Typed, plain};
use crate::front::look::{self, Kind, Link, Problems, Tone};
use crate::front::{Asked, Place, Problem};
use crate::people::acts;
use crate::people::rules::{Refusal, Standing};
use crate::people::store;

const TITLE: &str = "記録を開く目的";

/// Asks for the purpose; goes on at once where none is needed.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    let mut conn = asked.read().await?;
    let standing = store::find_standing(&mut conn, &asked.deed, id).await?;
    let standing = standing.ok_or(Refusal::NotFound)?;
    let now = store::now_of(&mut conn, &asked.deed, id).await?;
    if let Some(now) = now.filter(|now| *now != id) {
        return Err(Stop::Merged(now));
    }
    let names = Names::read(&mut conn, &asked.deed).await?;
    let body = form(
        &person,
        &standing,
        &names,
        &Typed::default(),
        &Problems::default(),
    );
    Ok(asked.page(Place::People, TITLE, body)?)
}

/// Keeps the purpose and opens the record.
pub async fn save(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    let mut reader = Reader::new(&typed);
    let reason = reader.line("reason", acts::MOST_PURPOSE);
    if reason.chars().count() < acts::LEAST_PURPOSE {
        let words = format!(
            "何のために開くのかを、{}文字以上で入れてください（例：転居の相談の電話があった）。",
            acts::LEAST_PURPOSE
        );
        reader.problems.add("reason", words);
    }
    if !reader.problems.is_empty() {
        return Err(refused(&asked, &person, &typed, reader.problems)
            .await?
            .into());
    }
    acts::open_for(asked.db(), &asked.deed, id, reason).await?;
    Ok(Redirect::to(&format!("/people/{id}")))
}

async fn refused(
    asked: &Asked,
    person: &str,
    typed: &Typed,
    problems: Problems,
) -> Result<Problem, Stop> {
    let mut conn = asked.read().await?;
    let standing = store::find_standing(&mut conn, &asked.deed, person_of(person)?).await?;
    let standing = standing.ok_or(Refusal::NotFound)?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let body = form(person, &standing, &names, typed, &problems);
    Ok(Problem::Refused(asked.page(Place::People, TITLE, body)?))
}

fn form(
    person: &str,
    standing: &Standing,
    names: &Names,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let center = names.center(standing.center);
    let mut field = plain("reason", "開く目的", Kind::Long, typed, problems);
    field.required = true;
    let hint = format!(
        "{}文字以上で。例：転居の相談の電話があった、民生委員から安否の確認があった",
        acts::LEAST_PURPOSE
    );
    field.hint = &hint;
    html! {
        (look::problem_summary(problems))
        (look::notice(Tone::Notice, "ほかのセンターの登録者です", html! {
            p { "この方の担当は「" (center) "」です。開く目的を入れると、記録が "
                (acts::OPEN_MINUTES) "分間ひらきます。目的は閲覧の記録に残り、あなたのセンター長に伝わります。ご本人も見ることができます。" }
        }))
        (look::form(&format!("/people/{person}/purpose"), html! {
            (look::field(&field))
            (look::buttons("目的を記録して開く", Some(Link::new("やめる", "/people"))))
        }))
    }
}
