//! Everything that was observed about somebody, and the form for more.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::form::{self, Around, sign_words};
use super::told;
use super::whom::{Whom, enter, leads};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Link, Problems, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::ids::{PersonId, SupporterId};
use crate::notices::{self, Sign};
use crate::people::said::day;
use crate::people::{Names, Stop};
use crate::scope::Actor;
use crate::station::courses::{Side, Typed, sided};
use crate::station::watch::rules::{About, Observation, Refusal, State};
use crate::station::watch::{acts, store};

/// Of somebody of the register.
pub async fn person(asked: Asked, Path(id): Path<PersonId>) -> Result<Markup, Stop> {
    page(
        &asked,
        About::Person(id),
        &Typed::default(),
        &Problems::default(),
    )
    .await
}

/// Of a supporter.
pub async fn supporter(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Stop> {
    page(
        &asked,
        About::Supporter(id),
        &Typed::default(),
        &Problems::default(),
    )
    .await
}

async fn page(
    asked: &Asked,
    about: About,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let whom = enter(asked, about).await?;
    let today = in_japan(asked.deed.now).date();
    let around = Around::read(asked, today).await?;
    let mut conn = asked.read().await?;
    let list = store::list_about(&mut conn, &asked.deed, about).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let evidence = match whom.person {
        Some(person) => notices::evidence_of(asked, person).await?,
        None => Markup::default(),
    };
    let body = html! {
        (look::problem_summary(problems))
        p { "ここに書いたことは、見守りにあたる職員だけが見られます。ほかの参加者や支援団体には見えません。" }
        (look::section("気になったことを書く", form::form(&whom.path(), &around, today, (typed, problems))))
        (look::section("これまでの記録", history(&list, &around.signs, &names)))
        (evidence)
        (look::section("ここからできること", leads(asked, &whom).await?))
        p { (look::text_link(Link::new("様子の記録の一覧へ", "/station/watch"))) }
    };
    Ok(sided(asked, Side::Watch, &title(&whom), body)?)
}

fn title(whom: &Whom) -> String {
    format!("{}さんの様子", whom.name)
}

fn history(list: &[Observation], signs: &[Sign], names: &Names) -> Markup {
    let head = ["見た日", "気になったこと", "書いた人"].map(Head::new);
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/station/watch/" (one.id) } { (day(one.day)) } },
                said(one, signs),
                html! { (names.actor(Actor::Staff(one.by))) },
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p { "まだありません。" } }
        @else { (look::table("これまでの記録", &head, &rows)) }
    }
}

/// What was observed, and where it stands.
pub fn said(one: &Observation, signs: &[Sign]) -> Markup {
    let words = sign_words(&one.words.signs, signs);
    html! {
        @if one.state == State::TakenBack { (look::chip(Tone::Plain, one.state.word())) " " }
        @if one.notice.is_some() { (look::chip(Tone::Notice, "気づきにした")) " " }
        @if !words.is_empty() { div { (words) } }
        @for line in one.words.words.lines() { div { (line) } }
        @if !one.words.course.is_empty() { small { (one.words.course) } }
    }
}

type Sent = Form<Vec<(String, String)>>;

/// Writes something down about somebody of the register.
pub async fn note_person(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(sent): Sent,
) -> Result<Response, Stop> {
    note(&asked, About::Person(id), Typed(sent)).await
}

/// The same about a supporter.
pub async fn note_supporter(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Stop> {
    note(&asked, About::Supporter(id), Typed(sent)).await
}

async fn note(asked: &Asked, about: About, typed: Typed) -> Result<Response, Stop> {
    let whom = enter(asked, about).await?;
    let mut problems = Problems::default();
    let today = in_japan(asked.deed.now).date();
    let new = form::read(about, &typed, today, &mut problems);
    if let (Some(new), true) = (new, problems.is_empty()) {
        let explains = asked.app.explains;
        match acts::note(asked.db(), &asked.deed, new, explains).await {
            Ok(id) => {
                let mut conn = asked.read().await?;
                let urgent = store::find(&mut conn, &asked.deed, id).await?.is_urgent();
                // What can't wait is asked about on its own page.
                let on = match urgent {
                    true => format!("/station/watch/{id}"),
                    false => whom.path(),
                };
                return Ok(asked.redirect(&on, Flash::done("記録しました。")));
            }
            Err(Refusal::Course(_)) => problems.add(
                "lesson",
                "この講座の回はなくなりました。別の回か、「講座ではない」をえらんでください。",
            ),
            Err(refusal) => match told(&refusal) {
                Some((field, words)) => problems.add(field, words),
                None => return Err(refusal.into()),
            },
        }
    }
    Err(Problem::Refused(page(asked, about, &typed, &problems).await?).into())
}
