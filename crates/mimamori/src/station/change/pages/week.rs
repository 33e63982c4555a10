//! The list of the week, and answers to it.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;
use db::Conn;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::strip::strip;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Link, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::people::Names;
use crate::people::said::day;
use crate::scope::{Actor, Right};
use crate::station::change::rules::{Listed, Refusal, Signal, State, agreed, monday};
use crate::station::change::{acts, store};
use crate::station::courses::{Side, Typed, sided};
use crate::station::supporters::{self, Supporter};

/// Which week.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    week: String,
}

/// A line with whom it is about.
struct Row {
    line: Listed,
    one: Supporter,
    /// How the companion is called, where both agree today.
    with: Option<String>,
}

/// The list.
pub async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let until = wanted.week.parse().unwrap_or(today).min(today);
    let mut conn = asked.read().await?;
    let weeks = store::list_weeks(&mut conn, &asked.deed, monday(until)).await?;
    let number = store::list_numbers(&mut conn, &asked.deed).await?;
    let number = number
        .iter()
        .find(|(center, _)| Some(*center) == asked.deed.scope.center);
    let rows = match weeks.first() {
        Some(week) => rows(&mut conn, &asked, *week).await?,
        None => Vec::new(),
    };
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    witness(&asked, &rows).await?;
    let body = html! {
        p { "いつもの来かたと変わった方を、週に1回ならべます。載るのは、見てよいと同意された方だけです。理由のない変化も多くあります。体調や用事など、わけを聞いてみるきっかけにしてください。" }
        @match number {
            Some((_, number)) if *number > 0 => p { "このセンターの一覧は、週に" (number) "人までです。"
                @if asked.may(Right::Lead) { a href="/station/watch/figures" { "人数と目安を変える" } } },
            _ => (look::notice(Tone::Notice, "このセンターには、まだ一覧がありません", html! {
                p { "週に何人まで見て回れるかをセンター長が決めると、次の一覧から載りはじめます。" }
                @if asked.may(Right::Lead) { p { a href="/station/watch/figures" { "人数を決める" } } }
            })),
        }
        @if let Some(week) = weeks.first() {
            (look::section(&title(*week), list(&asked, &rows, &names)))
        }
        (others(&weeks, today))
        p { (look::text_link(Link::new("様子の記録へ", "/station/watch"))) }
    };
    sided(&asked, Side::Watch, "来る様子の一覧", body)
}

fn title(week: Date) -> String {
    format!("{}からの週", day(week))
}

/// Ways to the week before, and back to the last one.
fn others(weeks: &[Date], today: Date) -> Markup {
    let to = |week: Date| format!("/station/watch/week?week={week}");
    let last = weeks.first().is_some_and(|week| *week == monday(today));
    html! {
        @if let Some(before) = weeks.get(1) { p { a href=(to(*before)) { "前の週を見る" } } }
        @if !weeks.is_empty() && !last { p { a href="/station/watch/week" { "いちばん新しい一覧へ" } } }
    }
}

async fn rows(conn: &mut Conn, asked: &Asked, week: Date) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::new();
    for line in store::list_week(conn, &asked.deed, week).await? {
        let one = supporters::find(conn, &asked.deed, line.supporter).await?;
        let with = match line.told.with {
            Some(with) => {
                let consents = store::list_of(conn, &asked.deed, with).await?;
                let with = supporters::find(conn, &asked.deed, with).await?;
                let agrees = agreed(&consents).contains(&Signal::Companion);
                agrees.then_some(with.details.name)
            }
            None => None,
        };
        rows.push(Row { line, one, with });
    }
    Ok(rows)
}

/// A line for the list and one for everybody who is registered.
async fn witness(asked: &Asked, rows: &[Row]) -> Result<(), Problem> {
    let title = "来る様子の一覧";
    let of_list = Line::new(Verb::Saw, None, Fields::NOTHING);
    let of_list = of_list.saying(format!("{title}（{}人）", rows.len()));
    let registered = rows.iter().filter_map(|row| row.one.person);
    let lines =
        registered.map(|person| Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying(title));
    let lines: Vec<Line> = lines.chain([of_list]).collect();
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

fn list(asked: &Asked, rows: &[Row], names: &Names) -> Markup {
    html! {
        @if rows.is_empty() {
            (look::empty("この週に載った方はいません", "変わった方が見つかると、次の月曜にここに並びます。", None))
        }
        @for row in rows { (one(asked, row, names)) }
    }
}

fn one(asked: &Asked, row: &Row, names: &Names) -> Markup {
    let (line, name) = (&row.line, &row.one.details.name);
    let tone = match line.state {
        State::Open => Tone::Warning,
        State::Fine => Tone::Good,
        _ => Tone::Notice,
    };
    html! {
        section {
            h3 { a href={ "/station/supporters/" (row.one.id) "/watch" } { (name) } " " (look::chip(tone, line.state.word())) }
            @for reason in &line.told.reasons { p { (reason) } }
            @if let Some(with) = &row.with { p { "連れの方：" (with) } }
            @if let Some(of) = &line.told.strip { (strip(of, name)) }
            @if let Some(by) = line.told.by { p { small { "答えた人：" (names.actor(Actor::Staff(by))) } } }
            @if let Some(notice) = line.notice { p { a href={ "/notices/" (notice) } { "気づきを開く" } } }
            @else { (answers(asked, line, name)) }
        }
    }
}

fn answers(asked: &Asked, line: &Listed, name: &str) -> Markup {
    let action = format!("/station/watch/lines/{}", line.id);
    let version = line.version.to_string();
    let button = |state: State, words: &str| {
        html! { button.button.secondary type="submit" name="do" value=(state.code()) { (words) span.unseen { "：" (name) } } }
    };
    look::form(
        &action,
        html! {
            (look::hidden("version", &version))
            div.buttons {
                (button(State::Fine, "変わりなし"))
                (button(State::Eye, "気にかける"))
                (button(State::Observed, "様子を書く"))
                @if asked.may(Right::TakeNotices) { (button(State::Noticed, "気づきにする")) }
            }
        },
    )
}

/// Answers a line.
pub async fn answer(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    let state = State::from_code(typed.of("do")).filter(|state| *state != State::Open);
    let Some(state) = state else {
        // What is not this center's is not there, whatever was sent.
        store::find_line(&mut asked.read().await?, &asked.deed, id).await?;
        return Err(Problem::refused("どれか1つを押してください。"));
    };
    let of = (id, typed.version());
    let line = acts::answer(asked.db(), &asked.deed, of, state).await?;
    let on = match (state, line.notice) {
        (State::Noticed, Some(notice)) => format!("/notices/{notice}"),
        (State::Observed, _) => format!("/station/supporters/{}/watch", line.supporter),
        _ => format!(
            "/station/watch/week?week={}",
            line.week.saturating_add(6.days())
        ),
    };
    Ok(asked.redirect(&on, Flash::done("答えを記録しました。")))
}
