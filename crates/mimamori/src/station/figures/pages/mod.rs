//! Pages of figures: a year or a month as tables and as a file.

use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::acts::{Report, report};
use super::rules::{Refusal, Row};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::{self, Period, Sheet, Side};
use crate::front::look::{self, Choice, Field, Head, Link, Weight, button_link, hidden, section};
use crate::front::{Access, Asked, Doors, Place, Problem, download};
use crate::scope::Right;
use crate::station::courses;

const PATH: &str = "/station/figures";

/// The doors of figures.
pub fn doors(doors: Doors) -> Doors {
    let may = Access::Needs(Right::Figures);
    doors.get(PATH, may, page).post(PATH, may, file)
}

/// `?period=2026-11`, `?period=2026`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    period: String,
    side: String,
}

impl Part {
    fn period(&self, asked: &Asked) -> Period {
        let this = Period::of(in_japan(asked.deed.now).date());
        Period::from_code(&self.period).unwrap_or(Period::Year(this.year()))
    }
}

/// Every number of a period.
async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let (period, today) = (part.period(&asked), in_japan(asked.deed.now).date());
    let report = report(asked.db(), &asked.deed, period, Side::Inside).await?;
    witness(&asked, Verb::Saw, &report.title).await?;
    let body = html! {
        (periods(period, today))
        @if let (Period::Year(_), true) = (period, report.months.iter().any(|row| row.counted.visits > 0)) { (months(&report.months)) }
        div.beside { @for sheet in &report.sheets { (table(sheet)) } }
        @if report.sheets.len() < 2 { (look::empty("まだ数字がありません", "講座の日をすぎて、受付の記録が入ると、ここに出ます。", None)) }
        ul { @for note in &report.notes { li { (note) } } }
        p { "「気づいたこと」は、" @if asked.deed.scope.center.is_some() { "このセンターの方と、担当の決まっていない方の分です。" } @else { "町全体の分です。" } "その後どうなったかは、だれのことかがわからないように、年度の外に出す表だけに、まとめて載せます。" }
        (files(period, today))
    };
    match asked.may(Right::Courses) {
        true => courses::sided(&asked, courses::Side::Figures, &report.title, body),
        false => asked.page(Place::Station, &report.title, body),
    }
}

async fn witness(asked: &Asked, verb: Verb, title: &str) -> Result<(), Problem> {
    let line = Line::new(verb, None, Fields::NOTHING).saying(title);
    Ok(audit::witness(asked.db(), &asked.deed, line).await?)
}

fn periods(period: Period, today: Date) -> Markup {
    let to = |label: &str, to: Period| {
        let href = format!("{PATH}?period={}", to.code());
        button_link(Weight::Quiet, Link::new(label, &href))
    };
    let (before, after) = (period.plus(-1), period.plus(1));
    let year = period.year();
    let now = Period::of(today);
    let month = if now.year() == year {
        now
    } else {
        Period::Month(year, 4)
    };
    html! {
        nav.buttons aria-label="期間" {
            (to(&format!("← {}", before.words()), before))
            @if after.days().0 <= today { (to(&format!("{} →", after.words()), after)) }
            @match period {
                Period::Month(..) => (to(&format!("{year}年度"), Period::Year(year))),
                Period::Year(_) => (to("月ごとに見る", month)),
            }
        }
    }
}

/// The width of a month in the picture, and how high it is.
const WIDE: usize = 60;
const HIGH: u64 = 140;

/// Visits month by month, to look at; the table has the same numbers.
fn months(rows: &[Row]) -> Markup {
    let most = rows
        .iter()
        .map(|row| row.counted.visits)
        .max()
        .unwrap_or(0)
        .max(1);
    let view = format!("0 0 {} {}", rows.len() * WIDE, HIGH + 44);
    let bar = |row: &Row| row.counted.visits * HIGH / most;
    html! {
        figure.picture {
            (look::scroll_region("月ごとに来た方の図", html! {
                svg viewBox=(view) width=(rows.len() * WIDE) role="img" aria-label="月ごとの延べ。同じ数が下の表にあります。" {
                    @for (at, row) in rows.iter().enumerate() {
                        @let x = at * WIDE;
                        rect x=(x + 8) y=(HIGH + 18 - bar(row)) width=(WIDE - 16) height=(bar(row)) fill="currentColor" opacity="0.75" {}
                        text x=(x + WIDE / 2) y=(HIGH + 12 - bar(row)) text-anchor="middle" font-size="14" fill="currentColor" { (row.counted.visits) }
                        text x=(x + WIDE / 2) y=(HIGH + 36) text-anchor="middle" font-size="14" fill="currentColor" { (row.label.split('年').next_back().unwrap_or_default()) }
                    }
                }
            }))
            figcaption { "月ごとに来た方（延べ）" }
        }
    }
}

fn table(sheet: &Sheet) -> Markup {
    let head: Vec<Head<'_>> = (0..)
        .zip(&sheet.head)
        .map(|(at, name)| match at {
            0 => Head::new("区分"),
            _ => Head::figures(name),
        })
        .collect();
    let cells = |row: &Vec<String>| row.iter().map(|cell| html! { (cell) }).collect();
    let rows: Vec<Vec<Markup>> = sheet.rows.iter().map(cells).collect();
    look::scroll_region(&sheet.title, look::table(&sheet.title, &head, &rows))
}

fn files(period: Period, today: Date) -> Markup {
    let leaves_on = period.leaves_on();
    let year = matches!(period, Period::Year(_));
    let may_leave = year && today >= leaves_on;
    let outside = Choice {
        hint: "来た方が5人に満たない講座などをまとめ、5未満の数を伏せます。はじめて作ったときに町全体の数を締め、その後に入力・訂正した分は入りません。",
        ..Choice::new("outside", "町の外に出す")
    };
    let inside = Choice {
        hint: "すべての数が入ります。外に出さないでください。",
        ..Choice::new("inside", "庁内・センター内で使う")
    };
    let (value, sides) = match may_leave {
        true => ("outside", vec![outside, inside]),
        false => ("inside", vec![inside]),
    };
    let side = Field {
        name: "side",
        label: "使いみち",
        value,
        required: true,
        ..Field::default()
    };
    section(
        "ファイルにする",
        html! {
            form.sheet-form method="post" action=(PATH) {
                (hidden("period", &period.code()))
                (look::radios(&side, &sides))
                @if year && !may_leave {
                    p { "町の外に出す表と、支援団体の会議の1枚は、" (period.words()) "の分がそろってから（" (leaves_on.strftime("%Y年%-m月%-d日").to_string()) "から）作れます。" }
                }
                @if !year { p { "町の外に出す表と、支援団体の会議の1枚は、年度の分だけ作れます。" } }
                div.buttons {
                    button.button.primary type="submit" { "Excelで受け取る" }
                    @if may_leave { button.button.secondary type="submit" formaction="/papers/station" { "支援団体の会議の1枚を印刷する（PDF）" } }
                }
            }
        },
    )
}

/// The figures as a workbook.
async fn file(asked: Asked, Form(part): Form<Part>) -> Result<Response, Problem> {
    let period = part.period(&asked);
    let side = Side::from_code(&part.side);
    let Report {
        title,
        mut notes,
        sheets,
        ..
    } = report(asked.db(), &asked.deed, period, side).await?;
    let mark = side.mark();
    notes.insert(0, mark.to_owned());
    witness(&asked, Verb::Exported, &format!("{title}・{mark}")).await?;
    let book = consultations::workbook(&title, &notes, &sheets);
    let book = book.map_err(consultations::Refusal::from)?;
    let end = if side == Side::Inside { "-inside" } else { "" };
    let name = format!("station-{}{end}.xlsx", period.code());
    Ok(download(&name, book))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::TooFew => {
                Problem::refused("この年度は来た方が少ないため、外に出す表は作れません。")
            }
            Refusal::NotAYear => Problem::refused(
                "町の外に出せるのは、年度の数字だけです。月の表との差から、少ない数がわかるためです。",
            ),
            Refusal::NotOver(day) => Problem::refused(&format!(
                "この年度の数字は、まだ町の外に出せません。あとから入力された分があると、前の表との差から、1人ずつのことがわかってしまうためです。{}から出せます。",
                day.strftime("%Y年%-m月%-d日")
            )),
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Courses(refusal) => refusal.into(),
            Refusal::Consultations(refusal) => refusal.into(),
            Refusal::Cases(refusal) => refusal.into(),
            Refusal::Paths(refusal) => refusal.into(),
            Refusal::Db(error) => error.into(),
        }
    }
}
