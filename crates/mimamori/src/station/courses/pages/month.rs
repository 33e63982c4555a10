//! A month: a grid where there is room, and a list.

use axum::extract::Query;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Side, said, sided};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Link, Weight, button_link, pager};
use crate::front::{Asked, Problem};
use crate::networks::{self, holiday_name};
use crate::station::courses::rules::{
    Closure, CourseDay, Month, Place, State, Surround, day_words, weekday_word,
};
use crate::station::courses::store;

/// `?m=2026-06`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    m: String,
}

impl Part {
    /// The month that is asked for; this one where none is.
    pub fn month(&self, today: Date) -> Month {
        Month::from_code(&self.m).unwrap_or_else(|| Month::of(today))
    }
}

/// One line within a day of the grid.
pub struct Cell {
    /// The day.
    pub day: Date,
    /// What stands there.
    pub body: Markup,
}

/// The grid; where there is no room for it, the list below says the same.
pub fn grid(month: Month, cells: &[Cell], closures: &[Closure]) -> Markup {
    html! {
        table.month {
            caption { (month.words()) }
            thead { tr { @for weekday in ["日", "月", "火", "水", "木", "金", "土"] { th scope="col" { (weekday) } } } }
            tbody { @for week in month.weeks() {
                tr { @for day in week {
                    td { @if let Some(day) = day { (square(day, cells, closures)) } }
                } }
            } }
        }
    }
}

fn square(day: Date, cells: &[Cell], closures: &[Closure]) -> Markup {
    let of_day: Vec<&Cell> = cells.iter().filter(|cell| cell.day == day).collect();
    let closed = closures.iter().find(|one| one.closed.has(day));
    html! {
        p { strong { (day.day()) } " " small { (holiday_name(day).unwrap_or_default()) } }
        @if let Some(one) = closed { p { small { (one.closed.word) } } }
        @for cell in of_day { p { (cell.body) } }
    }
}

/// The way to the months before and after.
pub fn months(base: &str, month: Month) -> Markup {
    let (before, after) = (month.before(), month.next());
    let href = |month: Month| format!("{base}?m={}", month.code());
    pager(&look::Pager {
        shown: &month.words(),
        before: Some(&href(before)),
        after: Some(&href(after)),
    })
}

/// The month as those who work here see it.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let month = part.month(in_japan(asked.deed.now).date());
    let mut conn = asked.read().await?;
    let days = store::list_between(&mut conn, &asked.deed, month.first(), month.last()).await?;
    let places = store::list_places(&mut conn, &asked.deed).await?;
    let closures = store::list_closures(&mut conn, &asked.deed).await?;
    let town = networks::find_town(&mut conn, &asked.deed.scope).await?;
    drop(conn);
    let days: Vec<CourseDay> = days
        .into_iter()
        .filter(|day| day.state != State::Ended)
        .collect();
    let cells: Vec<Cell> = days.iter().map(|day| cell(day, &asked)).collect();
    let short = town.map(|town| town.short).unwrap_or_default();
    let public = format!("/c/{short}?m={}", month.code());
    let subscribed = Surround {
        page: format!("{}/c/{short}", asked.app.config.public_url),
        ..Surround::default()
    };
    let subscribed = subscribed.webcal();
    let body = html! {
        (months("/station", month))
        @if days.is_empty() {
            (look::empty("この月の講座はまだありません", "講座を作ると、くり返しの日がここに並びます。前の年からつなげるときは「年度の予定」を開きます。",
                Some(button_link(Weight::Primary, Link::new("講座を作る", "/station/courses/new")))))
        } @else {
            (grid(month, &cells, &closures))
            (list(&days, &places, &asked))
            (asked.export(&format!("days&month={}", month.code())))
        }
        (look::section("この月を知らせる", html! {
            (look::form("/papers/courses", html! {
                (look::hidden("m", &month.code()))
                (look::radios(&Field { name: "sheet", label: "紙の大きさ", value: "a4", ..Field::default() },
                    &[Choice::new("a4", "A4（商店街のお店に配る）"), Choice::new("a3", "A3（壁に貼る）")]))
                (look::button(Weight::Secondary, "大きな字のお知らせを印刷する（PDF）", "do", "print"))
            }))
            p { a href=(public) { "住民向けのカレンダーを見る（ログインなしで開けます）" } }
            p { a href=(subscribed) { "スマートフォンやパソコンのカレンダーに登録する（変更や中止も届きます）" } }
            p { a href={ "/c/" (short) "/courses.ics" } { "カレンダーのファイルを受け取る（iCalendar）" } }
            p { a href={ "/c/" (short) "/event.csv" } { "公開用のイベント一覧（CSV）" } }
        }))
    };
    sided(
        &asked,
        Side::Month,
        &format!("{}の講座", month.words()),
        body,
    )
}

fn cell(day: &CourseDay, asked: &Asked) -> Cell {
    let marked = day.state == State::Off || day.was.is_some();
    let body = html! {
        a href={ "/station/days/" (day.id) } { (day.details.hours.start()) " " (day.details.title) }
        @if marked { " " (said::state(day, asked.deed.now)) }
    };
    Cell { day: day.day, body }
}

fn list(days: &[CourseDay], places: &[Place], asked: &Asked) -> Markup {
    let head = ["日", "時間", "講座", "会場", "役割", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = days.iter().map(|day| row(day, places, asked)).collect();
    look::table("日の順", &head, &rows)
}

fn row(day: &CourseDay, places: &[Place], asked: &Asked) -> Vec<Markup> {
    let place = places
        .iter()
        .find(|place| Some(place.id) == day.details.place);
    let needs = day.details.needs.iter();
    let needs: Vec<String> = needs
        .map(|need| format!("{}{}人", need.role.word(), need.number))
        .collect();
    vec![
        html! { (day_words(day.day)) },
        html! { (day.details.hours.to_string()) },
        html! { a href={ "/station/days/" (day.id) } { (day.details.title) } },
        html! { (place.map_or("未定", |place| &place.word)) },
        html! { (needs.join("、")) },
        html! { (said::state(day, asked.deed.now)) (said::why(day)) },
    ]
}

/// 「5（金）」 for a day within its month.
pub fn short(day: Date) -> String {
    format!("{}日（{}）", day.day(), weekday_word(day))
}
