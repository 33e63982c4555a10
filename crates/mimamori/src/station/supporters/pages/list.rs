//! Who is a supporter, and finding one of them. What is typed is a name, so that it travels by POST.

use axum::Form;
use axum::extract::Query;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::said;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind, Link, Weight, button_link, pager};
use crate::front::{Asked, Problem};
use crate::people::clues;
use crate::station::courses::{Side, sided};
use crate::station::supporters::rules::Supporter;
use crate::station::supporters::store;

/// On one page.
const PAGE: usize = 50;

/// `?show=out&page=2`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    show: String,
    page: String,
}

const SHOWS: [(&str, &str); 3] = [
    ("in", "入会中の方"),
    ("out", "退会した方"),
    ("all", "すべて"),
];

fn is_shown(of: &Supporter, show: &str, today: Date) -> bool {
    match show {
        "all" => true,
        "out" => !is_in(of, today),
        _ => is_in(of, today),
    }
}

/// In, or will be.
fn is_in(of: &Supporter, today: Date) -> bool {
    let last = of.terms.0.last();
    last.is_some_and(|term| term.until.is_none_or(|until| until >= today))
}

/// Makes the sight of everybody on the page durable: one line for the list, and one for each who is
/// registered.
async fn witness(asked: &Asked, words: String, shown: &[&Supporter]) -> Result<(), Problem> {
    let mut lines = vec![Line::new(Verb::Saw, None, Fields::NOTHING).saying(words)];
    let registered = shown.iter().filter_map(|one| one.person);
    lines.extend(registered.map(|person| {
        Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying("サポーターの一覧")
    }));
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

fn box_for(q: &str) -> Markup {
    look::form(
        "/station/supporters/search",
        html! {
            (look::field(&Field { name: "q", label: "サポーターをさがす", kind: Kind::Search, value: q, hint: "名前（姓だけでも）、よみ、電話（下4けたでも）", ..Field::default() }))
            (look::button(Weight::Secondary, "さがす", "do", "find"))
        },
    )
}

/// The list.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let all = store::list(&mut asked.read().await?, &asked.deed).await?;
    let show = SHOWS.iter().find(|(code, _)| *code == part.show);
    let (show, word) = show.unwrap_or(&SHOWS[0]);
    let chosen: Vec<&Supporter> = all
        .iter()
        .filter(|one| is_shown(one, show, today))
        .collect();
    let pages = chosen.len().div_ceil(PAGE).max(1);
    let at = part.page.parse().unwrap_or(1).clamp(1, pages);
    let shown = &chosen[(at - 1) * PAGE..chosen.len().min(at * PAGE)];
    if !shown.is_empty() {
        let words = format!("サポーターの一覧（{}人）", shown.len());
        witness(&asked, words, shown).await?;
    }
    let choices = SHOWS.map(|(code, word)| Choice::new(code, word));
    let body = html! {
        (box_for(""))
        p { (button_link(Weight::Primary, Link::new("入会を受け付ける", "/station/supporters/new"))) }
        @if all.is_empty() {
            (look::empty("サポーターはまだいません", "入会を受け付けると、ここに名前の順に並びます。登録者でない方も入会できます。", None))
        } @else {
            (look::filters("/station/supporters", "しぼりこむ", html! {
                (look::select(&Field { name: "show", label: "だれを", value: show, ..Field::default() }, &choices))
            }))
            p { (word) "：" (chosen.len()) "人" }
            @if !shown.is_empty() { (said::table("サポーターの一覧", shown, today)) }
            @if pages > 1 { (turn(show, at, pages)) }
        }
    };
    sided(&asked, Side::Supporters, "サポーター", body)
}

fn turn(show: &str, at: usize, pages: usize) -> Markup {
    let href = |page: usize| format!("/station/supporters?show={show}&page={page}");
    let before = (at > 1).then(|| href(at - 1));
    let after = (at < pages).then(|| href(at + 1));
    pager(&look::Pager {
        shown: &format!("{at} / {pages}ページ"),
        before: before.as_deref(),
        after: after.as_deref(),
    })
}

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    q: String,
}

/// Whom it may mean.
pub async fn search(asked: Asked, Form(typed): Form<Typed>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let clues = clues::asked(&typed.q);
    let found = store::list_matching(&mut asked.read().await?, &asked.deed, &clues).await?;
    let found: Vec<&Supporter> = found.iter().map(|(one, _)| one).collect();
    let words = format!("サポーターをさがした（{}人）", found.len());
    witness(&asked, words, &found).await?;
    let body = html! {
        (box_for(&typed.q))
        @if found.is_empty() {
            p { "見つかりませんでした。姓だけ、よみ、電話の下4けたでもさがせます。" }
        } @else {
            (said::table("見つかったサポーター", &found, today))
        }
        p { (look::text_link(Link::new("サポーターの一覧へ", "/station/supporters"))) }
    };
    sided(&asked, Side::Supporters, "サポーターをさがす", body)
}
