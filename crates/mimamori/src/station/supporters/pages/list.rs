//! Who is a supporter, and finding one of them. What is typed is a name, so that it travels by POST.

use std::collections::HashMap;

use axum::Form;
use axum::extract::Query;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::said::{self, Listed};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind, Link, Weight, button_link, pager};
use crate::front::{Asked, Problem};
use crate::ids::SupporterId;
use crate::people::clues;
use crate::station::courses::{Side, Year, sided};
use crate::station::supporters::acts;
use crate::station::supporters::rules::{ByCard, FeeRules, KeptAway, Supporter, Years};
use crate::station::supporters::store;

/// On one page.
const PAGE: usize = 50;

/// `?show=out&page=2`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    show: String,
    fee: String,
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

const FEES: [(&str, &str); 6] = [
    ("", "会費を問わない"),
    ("due", "これから納める方"),
    ("grace", "猶予中の方"),
    ("lapsed", "期限切れの方"),
    ("paid", "納入ずみの方"),
    ("waived", "免除の方"),
];

/// What a list is made with: everybody's years, and who is away.
struct Around {
    rules: FeeRules,
    years: HashMap<SupporterId, Years>,
    aways: Vec<KeptAway>,
    today: Date,
}

impl Around {
    async fn of(conn: &mut Conn, asked: &Asked) -> Result<Around, Problem> {
        let (deed, today) = (&asked.deed, in_japan(asked.deed.now).date());
        let before = Year::of(today).before();
        Ok(Around {
            rules: store::fee_rules(conn, deed).await?,
            years: store::years_of_all(conn, deed, before).await?,
            aways: store::list_all_aways(conn, deed).await?,
            today,
        })
    }

    fn listed<'a>(&self, one: &'a Supporter) -> Listed<'a> {
        let (none, of) = (Years::new(), (&one.terms, one.entered_on));
        let years = self.years.get(&one.id).unwrap_or(&none);
        let fee = self.rules.fee(of, Year::of(self.today), years, self.today);
        Listed { one, fee }
    }
}

/// Makes the sight of everybody on the page durable: one line for the list, and one for each who is
/// registered.
async fn witness(asked: &Asked, words: String, shown: &[Listed<'_>]) -> Result<(), Problem> {
    let mut lines = vec![Line::new(Verb::Saw, None, Fields::NOTHING).saying(words)];
    let registered = shown.iter().filter_map(|listed| listed.one.person);
    lines.extend(registered.map(|person| {
        Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying("サポーターの一覧")
    }));
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

fn box_for(q: &str) -> Markup {
    look::form(
        "/station/supporters/search",
        html! {
            (look::field(&Field { name: "q", label: "サポーターをさがす", kind: Kind::Search, value: q, hint: "名前（姓だけでも）、よみ、電話（下4けたでも）、カードの番号", ..Field::default() }))
            (look::button(Weight::Secondary, "さがす", "do", "find"))
        },
    )
}

/// The list.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let all = store::list(&mut conn, &asked.deed).await?;
    let around = Around::of(&mut conn, &asked).await?;
    drop(conn);
    let today = around.today;
    let show = SHOWS.iter().find(|(code, _)| *code == part.show);
    let (show, word) = show.unwrap_or(&SHOWS[0]);
    let fee = FEES.iter().find(|(code, _)| *code == part.fee);
    let (fee, _) = fee.unwrap_or(&FEES[0]);
    let mut chosen: Vec<Listed<'_>> = all
        .iter()
        .filter(|one| is_shown(one, show, today))
        .map(|one| around.listed(one))
        .filter(|listed| fee.is_empty() || listed.fee.code() == *fee)
        .collect();
    let count = chosen.len();
    let pages = count.div_ceil(PAGE).max(1);
    let at = part.page.parse().unwrap_or(1).clamp(1, pages);
    let shown: Vec<Listed<'_>> = chosen
        .drain((at - 1) * PAGE..count.min(at * PAGE))
        .collect();
    if !shown.is_empty() {
        let words = format!("サポーターの一覧（{}人）", shown.len());
        witness(&asked, words, &shown).await?;
    }
    let choices = SHOWS.map(|(code, word)| Choice::new(code, word));
    let fees = FEES.map(|(code, word)| Choice::new(code, word));
    let body = html! {
        (box_for(""))
        p { (button_link(Weight::Primary, Link::new("入会を受け付ける", "/station/supporters/new"))) " " (look::text_link(Link::new("会費のきまり", "/station/supporters/rules"))) " " (look::text_link(Link::new("商店街の券のまとめ", "/station/vouchers"))) }
        @if all.is_empty() {
            (look::empty("サポーターはまだいません", "入会を受け付けると、ここに名前の順に並びます。登録者でない方も入会できます。", None))
        } @else {
            (look::filters("/station/supporters", "しぼりこむ", html! {
                (look::select(&Field { name: "show", label: "だれを", value: show, ..Field::default() }, &choices))
                (look::select(&Field { name: "fee", label: "会費", value: fee, ..Field::default() }, &fees))
            }))
            p { (word) "：" (count) "人" }
            @if !shown.is_empty() { (said::table("サポーターの一覧", &shown, &around.aways, today)) }
            @if pages > 1 { (turn((show, fee), at, pages)) }
            (asked.export(&format!("supporters&state={show}&fee={fee}")))
            (look::section("カードをまとめて印刷する", html! {
                p { "使えるカードのある入会中の方の全員分を、A4に10枚ずつ印刷します。点線で切ってください。" }
                (look::act(Weight::Secondary, "全員のカードを印刷する（PDF）", "", "/papers/supporters/cards", &[]))
            }))
        }
    };
    sided(&asked, Side::Supporters, "サポーター", body)
}

fn turn((show, fee): (&str, &str), at: usize, pages: usize) -> Markup {
    let href = |page: usize| format!("/station/supporters?show={show}&fee={fee}&page={page}");
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

/// Whom it may mean; a card that was read leads to whose it is.
pub async fn search(asked: Asked, Form(typed): Form<Typed>) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let (by_card, told) = match acts::by_card(&mut conn, &asked.deed, &typed.q).await? {
        ByCard::In(one) => (Some(one), "カードの番号が合いました。"),
        ByCard::NotIn(one) => (
            Some(one),
            "カードの番号が合いました。いまは入会していません。",
        ),
        ByCard::Ended(one, _) => (
            Some(one),
            "このカードは、なくしたか無効になったカードです。",
        ),
        ByCard::Unknown | ByCard::Misread(_) => (None, ""),
    };
    let found: Vec<Supporter> = match by_card {
        Some(one) => vec![one],
        None => {
            let clues = clues::asked(&typed.q);
            let found = store::list_matching(&mut conn, &asked.deed, &clues).await?;
            found.into_iter().map(|(one, _)| one).collect()
        }
    };
    let around = Around::of(&mut conn, &asked).await?;
    drop(conn);
    let found: Vec<Listed<'_>> = found.iter().map(|one| around.listed(one)).collect();
    let words = format!("サポーターをさがした（{}人）", found.len());
    witness(&asked, words, &found).await?;
    let body = html! {
        (box_for(&typed.q))
        @if found.is_empty() {
            p { "見つかりませんでした。姓だけ、よみ、電話の下4けた、カードの番号でもさがせます。" }
        } @else {
            @if !told.is_empty() { p { (told) } }
            (said::table("見つかったサポーター", &found, &around.aways, around.today))
        }
        p { (look::text_link(Link::new("サポーターの一覧へ", "/station/supporters"))) }
    };
    sided(&asked, Side::Supporters, "サポーターをさがす", body)
}
