//! The year: per month asked, renewed, found changed, found in need; by center, and apart for
//! people living alone and people of 75 or older. Sums only: nobody is named or opened.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head};
use crate::front::{Asked, Place, Problem};
use crate::ids::CenterId;
use crate::people::Names;
use crate::renewals::rules::{Among, Figures, FiscalYear, Month, Tally, What, figures};
use crate::renewals::store;

/// Which year and center, and whose figures: `?year=2026&center=…&who=alone`.
#[derive(Deserialize)]
pub struct Part {
    year: Option<i16>,
    center: Option<String>,
    #[serde(default)]
    who: String,
}

/// Whose figures may be seen apart: code, words, living alone, 75 or older.
const APART: [(&str, &str, bool, bool); 3] = [
    ("alone", "独居の方", true, false),
    ("over75", "75歳以上の方", false, true),
    ("both", "独居で75歳以上の方", true, true),
];

/// The figures of a fiscal year.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let this_year = FiscalYear::of(in_japan(asked.deed.now).date());
    let year = part.year.filter(|year| (2000..2100).contains(year));
    let year = year.map_or(this_year, FiscalYear);
    let center = match part.center.as_deref() {
        None => asked.deed.scope.center,
        Some(chosen) => chosen.parse().ok(),
    };
    let months = year.months();
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let sums = store::list_tallies(&mut conn, &asked.deed, months[0], months[11]).await?;
    drop(conn);
    let words = format!("更新の数字（{}年度）", year.0);
    let line = Line::new(Verb::Saw, None, Fields::NOTHING).saying(words);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let who = APART.iter().find(|(code, ..)| *code == part.who);
    let among = Among {
        center,
        alone: who.is_some_and(|(_, _, alone, _)| *alone),
        over75: who.is_some_and(|(_, _, _, over75)| *over75),
    };
    let body = html! {
        (choices(year, this_year, among, &names))
        @if let Some((_, words, ..)) = who { p { strong { (words) } "だけの数字です。" } }
        (look::section("月ごと", html! {
            (legend())
            (strip(&sums, &months, among))
            (by_month(&sums, &months, among))
        }))
        @if who.is_none() { (look::section("独居の方・75歳以上の方", apart(&sums, among))) }
        @if center.is_none() { (look::section("センターごと", by_center(&sums, among, &names))) }
        (look::section("数え方", definitions()))
    };
    let title = format!("{}年度の更新のようす", year.0);
    asked.page(Place::Renewals, &title, body)
}

fn choices(year: FiscalYear, this_year: FiscalYear, among: Among, names: &Names) -> Markup {
    let years: Vec<(String, String)> = (-1..5)
        .map(|ago| this_year.0 - ago)
        .map(|year| (year.to_string(), format!("{year}年度")))
        .collect();
    let years: Vec<Choice<'_>> = years
        .iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect();
    let chosen = year.0.to_string();
    let year = Field {
        name: "year",
        label: "年度",
        value: &chosen,
        ..Field::default()
    };
    let whose: Vec<Choice<'_>> = [Choice::new("", "すべての方")]
        .into_iter()
        .chain(
            APART
                .iter()
                .map(|(code, words, ..)| Choice::new(code, words)),
        )
        .collect();
    let chosen = APART
        .iter()
        .find(|(_, _, alone, over75)| (among.alone, among.over75) == (*alone, *over75));
    let who = Field {
        name: "who",
        label: "だれの数字か",
        value: chosen.map_or("", |(code, ..)| code),
        ..Field::default()
    };
    look::filters(
        "/renewals/year",
        "この数字を見る",
        html! {
            (look::select(&year, &years))
            (names.center_select(among.center))
            (look::select(&who, &whose))
        },
    )
}

/// The bars of a month, in the order in which they stand: what, and how they are filled.
const BARS: [(What, &str); 4] = [
    (What::Asked, "#b8c4d6"),
    (What::Renewed, "#0017c1"),
    (What::Changed, "#c74700"),
    (What::Need, "#b00020"),
];

const HEIGHT: i64 = 120;

/// What the bars are, in words beside their colours.
fn legend() -> Markup {
    html! {
        p { @for (what, fill) in &BARS {
            svg width="16" height="16" aria-hidden="true" { rect width="16" height="16" fill=(fill) {} }
            " " (what.word()) "　"
        } }
    }
}

/// What a month takes of the picture: four bars of 10 and a gap.
const MONTH: usize = 48;

/// Twelve months as bars, half a year beside or below the other, so that the months can be read on
/// a telephone; the same numbers stand in the table below.
fn strip(sums: &[(Month, Tally)], months: &[Month; 12], among: Among) -> Markup {
    let all: Vec<(Month, Figures)> = months
        .iter()
        .map(|month| (*month, figures(sums, Some(*month), among)))
        .collect();
    let most = all
        .iter()
        .flat_map(|(_, of)| BARS.iter().map(|(what, _)| of.get(*what)));
    let most = most.max().unwrap_or(0).max(1);
    html! {
        div.pair { @for half in all.chunks(6) { (bars(half, most)) } }
    }
}

fn bars(months: &[(Month, Figures)], most: i64) -> Markup {
    let words = |at: usize| {
        months
            .get(at)
            .map_or(String::new(), |(month, _)| month.words())
    };
    let told = format!(
        "{}から{}までの人数の棒グラフ。左から、お願いした、更新した、変更があった、支援が必要。数字は下の表と同じです。",
        words(0),
        words(months.len().saturating_sub(1))
    );
    let width = MONTH * months.len();
    html! {
        svg viewBox={ "0 0 " (width) " 150" } width=(width) height="150" role="img" aria-label=(told) {
            @for (at, (month, of)) in months.iter().enumerate() {
                @let left = at * MONTH;
                @for (bar, (what, fill)) in BARS.iter().enumerate() {
                    @let tall = (of.get(*what) * HEIGHT / most).max(i64::from(of.get(*what) > 0));
                    rect x=(left + 2 + bar * 11) y=(HEIGHT - tall) width="10" height=(tall) fill=(fill) {}
                }
                line x1=(left) x2=(left + MONTH - 3) y1=(HEIGHT) y2=(HEIGHT) stroke="#4d4d4d" {}
                text x=(left + MONTH / 2) y="140" text-anchor="middle" font-size="15" fill="#1a1a1a" { (month.month) "月" }
            }
        }
    }
}

const COLUMNS: [What; 8] = [
    What::Due,
    What::Asked,
    What::Renewed,
    What::OnTime,
    What::Changed,
    What::Changes,
    What::Need,
    What::First,
];

fn heads(first: &'static str) -> Vec<Head<'static>> {
    let mut heads = vec![Head::new(first)];
    heads.extend(COLUMNS.iter().map(|what| Head::figures(what.word())));
    heads.push(Head::figures("期限内％"));
    heads.push(Head::figures("変更/100件"));
    heads
}

fn row(name: Markup, of: &Figures) -> Vec<Markup> {
    let mut cells = vec![name];
    cells.extend(COLUMNS.iter().map(|what| html! { (of.get(*what)) }));
    cells.push(html! { @match of.on_time_percent() { Some(share) => { (format!("{share:.1}%")) }, None => "—" } });
    cells.push(html! { @match of.changes_per_hundred() { Some(many) => { (format!("{many:.1}")) }, None => "—" } });
    cells
}

fn by_month(sums: &[(Month, Tally)], months: &[Month; 12], among: Among) -> Markup {
    let mut rows: Vec<_> = months
        .iter()
        .map(|month| {
            row(
                html! { (month.words()) },
                &figures(sums, Some(*month), among),
            )
        })
        .collect();
    rows.push(row(
        html! { strong { "年度の合計" } },
        &figures(sums, None, among),
    ));
    table("月ごとの更新", &heads("更新月"), &rows)
}

fn apart(sums: &[(Month, Tally)], among: Among) -> Markup {
    let rows: Vec<_> = APART
        .iter()
        .map(|(_, name, alone, over75)| {
            let among = Among {
                alone: *alone,
                over75: *over75,
                ..among
            };
            row(html! { (name) }, &figures(sums, None, among))
        })
        .collect();
    table(
        "独居の方・75歳以上の方の更新（年度の合計）",
        &heads("どんな方"),
        &rows,
    )
}

fn by_center(sums: &[(Month, Tally)], among: Among, names: &Names) -> Markup {
    let of = |center: CenterId| Among {
        center: Some(center),
        ..among
    };
    let mut rows: Vec<_> = names
        .centers()
        .iter()
        .map(|(id, name)| row(html! { (name) }, &figures(sums, None, of(*id))))
        .collect();
    let none = figures(sums, None, of(CenterId(0)));
    if none.get(What::Due) != 0 {
        rows.push(row(html! { "センターが決まっていない方" }, &none));
    }
    table(
        "センターごとの更新（年度の合計）",
        &heads("センター"),
        &rows,
    )
}

/// Eleven columns are too wide to fold on a screen of middling width.
fn table(caption: &str, heads: &[Head<'_>], rows: &[Vec<Markup>]) -> Markup {
    look::scroll_region(caption, look::table(caption, heads, rows))
}

/// What each figure means, in words that can stand in a report.
fn definitions() -> Markup {
    let words: [(What, &str); 8] = [
        (
            What::Due,
            "その月が更新月で、タグをお持ちの登録者。更新の前に転出・死亡・辞退となった方と、タグをすべて返した方は除きます。登録したばかりの方（町の設定の月数）は、つぎの年からです。",
        ),
        (
            What::Asked,
            "対象のうち、はがき・電話・訪問・窓口のどれかで一度でもお願いした方。",
        ),
        (
            What::Renewed,
            "対象のうち、ご本人かご家族と登録内容を確かめ終えた方。時期は問いません。",
        ),
        (
            What::OnTime,
            "更新した方のうち、更新月の末日までに終えた方。「期限内％」は、対象の人数で割ったものです。",
        ),
        (
            What::Changed,
            "更新した方のうち、登録内容が1か所でも変わっていた方。",
        ),
        (
            What::Changes,
            "変わっていた項目の数の合計。「変更/100件」は、更新した人数で割り、100件あたりにしたものです。",
        ),
        (
            What::Need,
            "更新した方のうち、職員が「支援が必要」と記録した方。",
        ),
        (
            What::First,
            "その月に登録した方と、その月が更新月で更新した方のうち、職員が「会う（話す）のは、これがはじめて」と記録した方。登録のときに数えた方は、更新では数えません。",
        ),
    ];
    html! {
        dl { @for (what, meaning) in &words { dt { strong { (what.word()) } } dd { (meaning) } } }
        p { "独居・年齢は、更新を始めたとき（終えた方は終えた日）の登録内容によります。センターは、更新を終えた日の担当です。数字だけを保存していて、だれがどの数に入っているかは、この画面からは分かりません。" }
    }
}
