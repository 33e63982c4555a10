//! The checklists of one person: the years side by side, and how to begin another.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{chart, on, path, person_of, said};
use crate::audit::Fields;
use crate::front::look::{self, Choice, Field, Head, Link, Problems, Tone, chip, table};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::PersonId;
use crate::paths::checklists::rules::{Checklist, Question, Sheet, State, Turn, Way, scores, turn};
use crate::paths::checklists::{acts, store};
use crate::paths::pages::{admit, enter};
use crate::people::Stop;

/// So many years stand side by side.
const YEARS: usize = 5;

/// The list.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let person = person_of(&person)?;
    sheet(&asked, person, &Typed::default(), &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    person: PersonId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let view = enter(asked, person, Fields::CARE).await?;
    let all = store::list_for_person(&mut asked.read().await?, &asked.deed, view.id).await?;
    let body = html! {
        (look::problem_summary(problems))
        @for sheet in Sheet::ALL { (over_years(*sheet, &all)) }
        (look::section("すべての回答", list(&all)))
        (look::section("新しくはじめる", form(view.id, typed, problems)))
        p { (look::text_link(Link::new("登録者のページへもどる", &format!("/people/{}", view.id)))) }
    };
    let title = format!("{}さんのチェックリスト", view.identity.value.name);
    Ok(asked.page(Place::People, &title, body)?)
}

/// The last answered ones of a sheet, the oldest first.
pub(super) fn last_years(sheet: Sheet, all: &[Checklist]) -> Vec<&Checklist> {
    let done = |one: &&Checklist| one.sheet == sheet && one.state == State::Done;
    let mut years: Vec<&Checklist> = all.iter().filter(done).collect();
    years.sort_by_key(|one| (one.on, one.id));
    years.split_off(years.len().saturating_sub(YEARS))
}

fn over_years(sheet: Sheet, all: &[Checklist]) -> Markup {
    let years = last_years(sheet, all);
    if years.is_empty() {
        return html! {};
    }
    let title = format!("{}：これまでの変化", sheet.word());
    look::section(
        &title,
        html! {
            @match sheet {
                Sheet::Kihon => {
                    (chart::bars(&years))
                    p { small { "点が多いほど、気をつけたいことが多いことを表します。点線の枠は未回答があるときです。" } }
                    (domains(&years))
                }
                Sheet::Kouki => {
                    p { "この質問票には、国が定めた合計点や判定はありません。" }
                    (answers(&years))
                }
            }
        },
    )
}

fn heads<'a>(first: &'a str, days: &'a [String]) -> Vec<Head<'a>> {
    let days = days.iter().map(|day| Head::new(day));
    std::iter::once(Head::new(first)).chain(days).collect()
}

fn days(years: &[&Checklist]) -> Vec<String> {
    years.iter().map(|one| said::day(one.on)).collect()
}

fn domains(years: &[&Checklist]) -> Markup {
    let days = days(years);
    let all: Vec<_> = years.iter().map(|one| scores(&one.answers)).collect();
    let rows: Vec<Vec<Markup>> = (0..all.first().map_or(0, |of| of.len()))
        .map(|at| {
            let word = html! { (all[0][at].0.word) };
            let cells = all.iter().map(|of| html! { (said::score(&of[at].1)) });
            std::iter::once(word).chain(cells).collect()
        })
        .collect();
    table("分野ごとの点", &heads("分野", &days), &rows)
}

fn answers(years: &[&Checklist]) -> Markup {
    let days = days(years);
    let row = |question: &Question| {
        let cells = years.iter().enumerate().map(|(at, one)| {
            let before = at.checked_sub(1).map(|at| years[at]);
            cell(one, before, question)
        });
        let word = html! { (question.number) ". " (question.text) };
        std::iter::once(word).chain(cells).collect()
    };
    let rows: Vec<Vec<Markup>> = Sheet::Kouki.questions().iter().map(row).collect();
    table("質問ごとの答え", &heads("質問", &days), &rows)
}

fn cell(one: &Checklist, before: Option<&Checklist>, question: &Question) -> Markup {
    let turned =
        before.map(|before| turn(one.sheet, &before.answers, &one.answers, question.number));
    html! {
        (said::answer(&one.answers, question))
        @if let Some(turned @ (Turn::Worse | Turn::Better)) = turned {
            " " (chip(if turned == Turn::Worse { Tone::Warning } else { Tone::Good }, turned.word()))
        }
    }
}

fn list(all: &[Checklist]) -> Markup {
    if all.is_empty() {
        return look::empty(
            "まだ回答がありません",
            "基本チェックリストや後期高齢者の質問票に答えていただくと、ここに年ごとに並びます。",
            None,
        );
    }
    let head = ["日付", "質問票", "答え方", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| {
            let tone = match one.state {
                State::Begun => Tone::Notice,
                State::Done => Tone::Good,
                State::Void => Tone::Plain,
            };
            vec![
                html! { a href={ "/checklists/" (one.id) } { (said::day(one.on)) } },
                html! { (one.sheet.word()) },
                html! { (one.way.word()) },
                html! { (chip(tone, one.state.word())) " " small { (said::answered(one)) } },
            ]
        })
        .collect();
    table("回答の一覧", &head, &rows)
}

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    sheet: String,
    way: String,
}

fn form(person: PersonId, typed: &Typed, problems: &Problems) -> Markup {
    let choices = |all: &[(&'static str, &'static str)]| -> Vec<Choice<'static>> {
        all.iter()
            .map(|(code, word)| Choice::new(code, word))
            .collect()
    };
    let sheets: Vec<_> = Sheet::ALL
        .iter()
        .map(|one| (one.code(), one.word()))
        .collect();
    let ways: Vec<_> = Way::ALL
        .iter()
        .map(|one| (one.code(), one.word()))
        .collect();
    let field = |name, label, value| Field {
        name,
        label,
        value,
        problem: problems.of(name),
        required: true,
        ..Field::default()
    };
    look::form(
        &path(person),
        html! {
            (look::radios(&field("sheet", "どの質問票ですか", &typed.sheet), &choices(&sheets)))
            (look::radios(&field("way", "どのように答えますか", &typed.way), &choices(&ways)))
            (look::buttons("はじめる", None))
        },
    )
}

/// Begins one, and leads to where it is answered.
pub async fn begin(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let person = person_of(&person)?;
    admit(&asked, person).await?;
    let (chosen, way) = (Sheet::from_code(&typed.sheet), Way::from_code(&typed.way));
    let mut problems = Problems::default();
    if chosen.is_none() {
        problems.add("sheet", "どちらの質問票かを選んでください。");
    }
    if way.is_none() {
        problems.add("way", "答え方を選んでください。");
    }
    let (Some(chosen), Some(way)) = (chosen, way) else {
        return Err(Problem::Refused(sheet(&asked, person, &typed, &problems).await?).into());
    };
    let id = acts::begin(asked.db(), &asked.deed, person, chosen, way).await?;
    let (to, words) = match way {
        Way::Tablet => (
            format!("/checklists/{id}"),
            "はじめました。「タブレットをわたす」を押してください。",
        ),
        Way::Told | Way::Paper => (format!("/checklists/{id}/answers"), "はじめました。"),
    };
    on(&asked, &to, Ok(Flash::done(words)))
}
