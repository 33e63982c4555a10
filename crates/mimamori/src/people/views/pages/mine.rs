//! 「閲覧のおたずね」: what one's own head asks, and the answer.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::beside;
use super::list::{name_of, when, witness};
use crate::front::look::{self, Field, Kind, Link, Problems, field};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::views::acts;
use crate::people::views::rules::{MOST_SAID, Refusal, State, View};
use crate::people::views::store;

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    version: i64,
    answer: String,
}

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    shown(&asked, None, "", &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    at: Option<RowId>,
    typed: &str,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let me = asked.deed.scope.actor.account().ok_or(Problem::Forbidden)?;
    let views = store::list_of(&mut asked.read().await?, &asked.deed, me).await?;
    let people: Vec<PersonId> = views.iter().map(|view| view.person).collect();
    witness(asked, &people).await?;
    let mut conn = asked.read().await?;
    let mut parts = Vec::new();
    for view in &views {
        let person = name_of(&mut conn, asked, view.person).await?;
        let none = Problems::default();
        let (typed, problems) = match at == Some(view.id) {
            true => (typed, problems),
            false => ("", &none),
        };
        parts.push(question(view, &person, typed, problems));
    }
    drop(conn);
    let body = html! {
        p { (look::text_link(Link::new("きょうのやることにもどる", "/"))) }
        (look::problem_summary(problems))
        @if parts.is_empty() { (look::empty("おたずねはありません", "センター長から、記録の閲覧についておたずねがあると、ここに出ます。", None)) }
        @for part in &parts { (part) }
    };
    asked.page(Place::Nowhere, "閲覧のおたずね", body)
}

fn question(view: &View, person: &str, typed: &str, problems: &Problems) -> Markup {
    let hint = format!("{MOST_SAID}字まで。例：窓口で、ご家族から近況をうかがいました。");
    let title = format!("{person}さんの記録（{}）", when(view));
    look::section(
        &title,
        html! {
            @for line in view.words.question.lines() { p { (line) } }
            @if view.state == State::Answered { p { "お答え：" (view.words.answer) } }
            @else {
                (look::form(&format!("/views/{}/answer", view.id), html! {
                    (look::hidden("version", &view.version.to_string()))
                    (field(&Field { name: "answer", label: "お答え", hint: &hint, value: typed,
                        problem: problems.of("answer"), required: true, kind: Kind::Textarea, ..Field::default() }))
                    (look::buttons("答える", None))
                }))
            }
        },
    )
}

/// Who looked answers.
pub async fn answer(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::answer(asked.db(), &asked.deed, id, typed.version, &typed.answer).await {
        Ok(()) => Ok(asked.redirect("/views", Flash::done("お答えを送りました。"))),
        Err(Refusal::Changed) => Ok(asked.redirect(
            "/views",
            Flash::not_done("もう答えてあるか、おたずねが変わりました。お確かめください。"),
        )),
        Err(refusal) => {
            let me = asked.deed.scope.actor.account().ok_or(Problem::Forbidden)?;
            store::find_own(&mut asked.read().await?, &asked.deed, me, id).await?;
            let problems = beside("answer", refusal)?;
            let page = shown(&asked, Some(id), &typed.answer, &problems).await?;
            Err(Problem::Refused(page))
        }
    }
}
