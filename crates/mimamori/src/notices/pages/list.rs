//! The triage list: what is open, the most urgent first, and what has ended.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Side, evidence, sided};
use crate::audit::{self, Fields, Line, Verb};
use crate::front::look::{self, Field, Head, Kind, Link, Pager, Tone};
use crate::front::{Asked, Problem};
use crate::notices::rules::{Beside, Notice, Sign, State, add_up, find_sign, house_of, rank};
use crate::notices::store;
use crate::people::said::moment;
use crate::scope::Right;

/// Rows a page.
const ROWS: usize = 50;
/// No list is longer; a larger number is somebody's own.
const LAST_PAGE: usize = 1_000_000;

/// Which page, from 1.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    page: String,
}

impl Wanted {
    fn number(&self) -> usize {
        self.page.parse().unwrap_or(1).clamp(1, LAST_PAGE)
    }
}

/// A line of the list.
struct Row {
    notice: Notice,
    /// The sum, in tenths; nothing where it has ended.
    tenths: Option<i64>,
    /// Of how many notices and observations it is the sum.
    beside: usize,
}

/// What is open.
pub async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    if !asked.may(Right::Triage) {
        return Ok(Redirect::to("/notices/new").into_response());
    }
    let mut conn = asked.read().await?;
    let deed = &asked.deed;
    let signs = store::list_signs(&mut conn, deed).await?;
    let open = store::list_open(&mut conn, deed).await?;
    let (total, waiting) = store::count_open(&mut conn, deed).await?;
    let related = store::list_related(&mut conn, deed).await?;
    let seen = evidence::seen(&asked, &mut conn).await?;
    drop(conn);
    let beside = Beside::of(&related);
    let sums: Vec<(i64, usize)> = open
        .iter()
        .map(|notice| {
            let beside = beside.find(notice);
            let seen = evidence::about(&seen, notice.person);
            let sum = add_up(&beside, &seen, &signs, deed.now);
            (sum.tenths(), sum.lines.len())
        })
        .collect();
    let mut rows: Vec<Row> = open
        .into_iter()
        .zip(sums)
        .map(|(notice, (tenths, beside))| Row {
            notice,
            tenths: Some(tenths),
            beside,
        })
        .collect();
    rows.sort_by_key(|row| rank(&row.notice, row.tenths.unwrap_or_default(), deed.now));
    let count = rows.len();
    let (page, pages) = (wanted.number(), count.div_ceil(ROWS).max(1));
    let page = page.min(pages);
    let shown: Vec<Row> = rows
        .into_iter()
        .skip((page - 1) * ROWS)
        .take(ROWS)
        .collect();
    witness(&asked, shown.iter().map(|row| &row.notice), "気づきの一覧").await?;
    let body = html! {
        @if count == 0 {
            (look::empty("確かめる気づきはありません", "知らせが届くと、急ぐものから順にここに並びます。町の方が開くフォームのQRコードは「ポスター」から印刷できます。",
                Some(look::button_link(look::Weight::Secondary, Link::new("ポスター", "/notices/poster")))))
        } @else {
            p { (total) "件。急ぎ、期限を過ぎたもの、重なりの大きいものの順です。このうち" (waiting) "件は、まだだれも確かめていません。"
                @if total > i64::try_from(count).unwrap_or(i64::MAX) {
                    "並べているのは、そのうちの" (count) "件です。どれかを終えると、残りが出てきます。"
                }
            }
            (look::table("確かめる気づき", &HEAD, &shown.iter().map(|row| cells(&asked, row, &signs)).collect::<Vec<_>>()))
            (pager(page, pages, "/notices"))
            (asked.export("notices&state=open"))
        }
        (search_form(""))
        p { a href="/notices/poster" { "町の方が知らせるフォームのポスター（QRコード）" } }
    };
    Ok(sided(&asked, Side::Open, "気づき", body)?.into_response())
}

const HEAD: [Head<'static>; 5] = [
    Head::new("届いたとき"),
    Head::new("気づいたこと"),
    Head::new("場所"),
    Head::figures("重なり"),
    Head::new("いまの状態"),
];

fn cells(asked: &Asked, row: &Row, signs: &[Sign]) -> Vec<Markup> {
    let (notice, now) = (&row.notice, asked.deed.now);
    let href = format!("/notices/{}", notice.id);
    let words = &notice.words;
    vec![
        html! { a href=(href) { (moment(notice.received_at, now)) } br; (notice.way.word()) },
        html! {
            @if notice.danger { (look::chip(Tone::Danger, "急ぎ")) " " }
            @if notice.flood { (look::chip(Tone::Plain, "同じ送り元から多数")) " " }
            (said(words.signs.iter().filter_map(|code| find_sign(signs, code)), &words.words))
        },
        html! { @if words.place.is_empty() { "場所は聞いていません" } @else { (words.place) } },
        html! {
            @match row.tenths {
                Some(tenths) => { strong { (points(tenths)) } @if row.beside > 1 { br; (row.beside) "件" } }
                None => "―",
            }
        },
        standing(notice, now),
    ]
}

/// The signs, or the first of their own words.
fn said<'a>(signs: impl Iterator<Item = &'a Sign>, words: &str) -> String {
    let signs: Vec<&str> = signs.map(|sign| sign.ja.as_str()).collect();
    match signs.is_empty() {
        true => words.chars().take(40).collect(),
        false => signs.join("／"),
    }
}

/// Tenths as a figure with one place.
pub fn points(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths.rem_euclid(10))
}

fn standing(notice: &Notice, now: jiff::Timestamp) -> Markup {
    let tone = match notice.state {
        State::New => Tone::Warning,
        State::Accepted => Tone::Notice,
        State::Looked | State::Ended => Tone::Good,
    };
    let word = match notice.ending {
        Some(ending) => ending.word(),
        None => notice.state.word(),
    };
    html! {
        (look::chip(tone, word))
        @if notice.is_late(now) { " " (look::chip(Tone::Danger, "期限を過ぎています")) }
        @if notice.center.is_none() { " " (look::chip(Tone::Plain, "担当未定")) }
    }
}

/// What has ended.
pub async fn ended(asked: Asked, Query(wanted): Query<Wanted>) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let signs = store::list_signs(&mut conn, &asked.deed).await?;
    let page = wanted.number();
    let most = i64::try_from(ROWS).unwrap_or_default();
    let after = i64::try_from((page - 1) * ROWS).unwrap_or_default();
    let mut found = store::list_ended(&mut conn, &asked.deed, most + 1, after).await?;
    drop(conn);
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let body = of_found(&asked, found, &signs, "終わった気づき").await?;
    let pages = if more { page + 1 } else { page };
    let body = html! { (body) (pager(page, pages, "/notices/ended")) (asked.export("notices&state=ended")) (search_form("")) };
    sided(&asked, Side::Ended, "終わった気づき", body)
}

/// What was typed into the search.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sought {
    place: String,
}

/// Notices about one house: by POST, since a place is somebody's.
pub async fn search(asked: Asked, Form(sought): Form<Sought>) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let signs = store::list_signs(&mut conn, &asked.deed).await?;
    let house = house_of(&sought.place);
    let token = store::place_token(&asked.deed, house.as_deref());
    let mut found = Vec::new();
    for id in store::list_at_house(&mut conn, &asked.deed, token).await? {
        found.push(store::find(&mut conn, &asked.deed, id).await?);
    }
    drop(conn);
    let list = match (house.is_some(), found.is_empty()) {
        (false, _) => look::notice(
            Tone::Warning,
            "番地まで入れてください",
            html! {
                p { "「みなみ町2丁目12番18号」のように、番地まで入れると、その家についての気づきを探せます。" }
            },
        ),
        (true, true) => html! { p { "この場所についての気づきはありません。" } },
        (true, false) => of_found(&asked, found, &signs, "この場所の気づき").await?,
    };
    let body = html! { (search_form(&sought.place)) (list) };
    sided(&asked, Side::Open, "場所から探す", body)
}

async fn of_found(
    asked: &Asked,
    found: Vec<Notice>,
    signs: &[Sign],
    title: &str,
) -> Result<Markup, Problem> {
    witness(asked, found.iter(), title).await?;
    let rows: Vec<Vec<Markup>> = found
        .into_iter()
        .map(|notice| {
            let row = Row {
                notice,
                tenths: None,
                beside: 1,
            };
            cells(asked, &row, signs)
        })
        .collect();
    Ok(match rows.is_empty() {
        true => look::empty(
            "まだありません",
            "確かめ終わった気づきがここに残ります。",
            None,
        ),
        false => look::table(title, &HEAD, &rows),
    })
}

fn search_form(place: &str) -> Markup {
    look::section(
        "場所から探す",
        look::form(
            "/notices/search",
            html! {
                (look::field(&Field { name: "place", label: "住所（番地まで）", value: place, kind: Kind::Long, ..Field::default() }))
                div.buttons { button.button.secondary type="submit" { "探す" } }
            },
        ),
    )
}

fn pager(page: usize, pages: usize, base: &str) -> Markup {
    if pages <= 1 {
        return html! {};
    }
    let to = |page: usize| format!("{base}?page={page}");
    let (before, after) = (to(page.saturating_sub(1)), to(page + 1));
    look::pager(&Pager {
        shown: &format!("{page}ページ目"),
        before: (page > 1).then_some(before.as_str()),
        after: (page < pages).then_some(after.as_str()),
    })
}

/// A line for each person whom a listed notice is about, and one for the list, before it is shown.
async fn witness<'a>(
    asked: &Asked,
    notices: impl Iterator<Item = &'a Notice>,
    title: &str,
) -> Result<(), Problem> {
    let of_list = Line::new(Verb::Saw, None, Fields::NOTHING).saying(title);
    let people = notices.filter(|notice| notice.person.is_some());
    let lines =
        people.map(|notice| Line::new(Verb::Saw, notice.person, Fields::NOTHING).saying(title));
    let lines: Vec<Line> = lines.chain([of_list]).collect();
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}
