//! Everybody, by center and state, the newest registration first.

use axum::extract::Query;
use db::Conn;
use maud::{Markup, html};
use serde::Deserialize;

use super::names::{Names, center_code};
use super::new::start;
use super::said;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Link, Pager, Tone};
use crate::front::{Asked, Place, Problem};
use crate::ids::CenterId;
use crate::people::rules::State;
use crate::people::store::{self, Listed, PAGE, Under, Which};
use crate::people::twins::{PairState, pairs};
use crate::scope::Right;

/// The choice of those who stand under no center, as it stands in an address.
const NOBODY: &str = "none";

fn under_code(under: Under) -> String {
    match under {
        Under::Town => center_code(None),
        Under::Center(center) => center_code(Some(center)),
        Under::Nobody => NOBODY.to_owned(),
    }
}

fn under_words(under: Under, names: &Names) -> &str {
    match under {
        Under::Town => "すべてのセンター",
        Under::Center(center) => names.center(Some(center)),
        Under::Nobody => names.center(None),
    }
}

/// What part of the list is asked for: `?center=…&state=…&page=2`.
#[derive(Deserialize)]
pub struct Part {
    center: Option<String>,
    state: Option<String>,
    page: Option<u32>,
}

impl Part {
    /// One's own center where nothing was chosen.
    fn which(&self, own: Option<CenterId>) -> Which {
        let under = match self.center.as_deref() {
            None => own.map_or(Under::Town, Under::Center),
            Some(NOBODY) => Under::Nobody,
            Some(chosen) => chosen.parse().map_or(Under::Town, Under::Center),
        };
        let state = self.state.as_deref().and_then(State::from_code);
        Which {
            under,
            state: state.unwrap_or(State::Registered),
        }
    }
}

/// One page of people.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let which = part.which(asked.deed.scope.center);
    let page = part.page.unwrap_or(1).max(1);
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let total = store::count(&mut conn, &asked.deed, which).await?;
    let seen = format!(
        "登録者一覧（{}・{}・{page}ページ目）",
        under_words(which.under, &names),
        which.state.word()
    );
    let listed = store::list(&mut conn, &asked.deed, which, page - 1).await?;
    let twins = twins(&mut conn, &asked).await?;
    let sight = |one: &Listed| Line::new(Verb::Saw, Some(one.id), Fields::IDENTITY);
    let mut lines: Vec<Line> = listed.iter().map(sight).collect();
    lines.push(Line::new(Verb::Saw, None, Fields::IDENTITY).saying(seen));
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let body = html! {
        @if asked.may(Right::EditPeople) {
            p { (start()) }
            p { (look::text_link(Link::new("転出・消去の予定", "/leaving"))) }
        }
        @if twins > 0 { p { a href="/twins" { "同じ方かもしれない記録（" (thousands(twins)) "組）を確かめる" } } }
        (choices(which, &names))
        @if listed.is_empty() { (nobody(&asked)) } @else {
            (people(&asked, &listed, &names))
            (pages(which, page, total))
            (asked.export(&format!("people&center={}&state={}", under_code(which.under), which.state.code())))
        }
    };
    asked.page(Place::People, "登録者", body)
}

/// How many pairs of one's own center wait to be looked at.
async fn twins(conn: &mut Conn, asked: &Asked) -> Result<i64, Problem> {
    let which = pairs::Which {
        state: PairState::Open,
        center: asked.deed.scope.center,
    };
    match asked.may(Right::EditPeople) {
        true => Ok(pairs::count(conn, &asked.deed, which).await?),
        false => Ok(0),
    }
}

fn choices(which: Which, names: &Names) -> Markup {
    let states: Vec<_> = State::SET
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let state = Field {
        name: "state",
        label: "状態",
        value: which.state.code(),
        ..Field::default()
    };
    look::filters(
        "/people",
        "しぼりこむ",
        html! {
            (names.center_select_with(&under_code(which.under), Some((NOBODY, "担当センターが決まっていない方"))))
            (look::select(&state, &states))
        },
    )
}

fn nobody(asked: &Asked) -> Markup {
    let action = asked.may(Right::EditPeople).then(start);
    look::empty(
        "まだだれもいません",
        "ここに、登録した方が新しい順に並びます。",
        action,
    )
}

fn people(asked: &Asked, listed: &[Listed], names: &Names) -> Markup {
    let head = [
        Head::new("氏名"),
        Head::new("生年月日"),
        Head::new("センター"),
        Head::new("登録日"),
        Head::new("最終確認"),
    ];
    let rows: Vec<_> = listed.iter().map(|one| row(asked, one, names)).collect();
    look::table("登録者の一覧", &head, &rows)
}

fn row(asked: &Asked, listed: &Listed, names: &Names) -> Vec<Markup> {
    let today = in_japan(asked.deed.now).date();
    let identity = &listed.identity.value;
    let confirmed = listed.identity.confirmed;
    vec![
        html! {
            a href={ "/people/" (listed.id) } { (identity.name) }
            br; small { (identity.kana()) }
        },
        said::born(&identity.born, today),
        html! { (names.center(listed.standing.center)) },
        html! { (said::day(listed.standing.registered_on)) },
        match confirmed {
            Some(confirmed) => html! { (confirmed.words(today)) },
            None => look::chip(Tone::Warning, "確認の記録なし"),
        },
    ]
}

fn pages(which: Which, page: u32, total: i64) -> Markup {
    let first = i64::from(page - 1) * i64::from(PAGE) + 1;
    let last = (first + i64::from(PAGE) - 1).min(total);
    let href = |page: u32| {
        let center = under_code(which.under);
        format!(
            "/people?center={center}&state={}&page={page}",
            which.state.code()
        )
    };
    let (before, after) = (href(page.saturating_sub(1)), href(page + 1));
    look::pager(&Pager {
        shown: &format!(
            "{}人中 {}–{}人目",
            thousands(total),
            thousands(first),
            thousands(last)
        ),
        before: (page > 1).then_some(&*before),
        after: (last < total).then_some(&*after),
    })
}

/// `2,000`
fn thousands(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
