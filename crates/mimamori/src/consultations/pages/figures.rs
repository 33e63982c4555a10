//! The figures of a month or a fiscal year.

use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::acts::{self, Report, Side};
use crate::consultations::rules::{Period, Refusal, Sheet, TOO_FEW, workbook};
use crate::front::look::{self, Choice, Field, Head, Link, Weight, button_link, hidden, section};
use crate::front::{Asked, Place, Problem, download};
use crate::ids::CenterId;
use crate::people::Names;

const PATH: &str = "/consultations/figures";

/// `?period=2026-11&center=…`
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    period: String,
    center: String,
    side: String,
}

impl Part {
    fn period(&self, asked: &Asked) -> Period {
        let this = Period::of(in_japan(asked.deed.now).date());
        Period::from_code(&self.period).unwrap_or(this)
    }

    fn center(&self) -> Result<Option<CenterId>, Problem> {
        match self.center.as_str() {
            "" | "all" => Ok(None),
            chosen => Ok(Some(chosen.parse().map_err(|_| Problem::NotFound)?)),
        }
    }
}

fn code_of(center: Option<CenterId>) -> String {
    center.map_or(String::new(), |center| center.to_string())
}

/// Every number of a period.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let (period, center) = (part.period(&asked), part.center()?);
    let center = acts::whose(&asked.deed, center)?;
    let report = acts::report(
        asked.db(),
        &asked.app.months,
        &asked.deed,
        period,
        center,
        Side::Inside,
    )
    .await?;
    witness(&asked, Verb::Saw, &report.title).await?;
    let names = Names::read(&mut asked.read().await?, &asked.deed).await?;
    let body = html! {
        (periods(period, center, in_japan(asked.deed.now).date()))
        @if asked.deed.scope.center.is_none() { (centers(period, center, &names)) }
        @for note in &report.notes { p { (note) } }
        div.beside { @for sheet in &report.sheets { (table(sheet)) } }
        (files(period, center, in_japan(asked.deed.now).date()))
    };
    asked.page(Place::Consultations, &report.title, body)
}

async fn witness(asked: &Asked, verb: Verb, title: &str) -> Result<(), Problem> {
    let line = Line::new(verb, None, Fields::NOTHING).saying(title);
    Ok(audit::witness(asked.db(), &asked.deed, line).await?)
}

fn periods(period: Period, center: Option<CenterId>, today: Date) -> Markup {
    let to = |label: &str, to: Period| {
        let href = format!("{PATH}?period={}&center={}", to.code(), code_of(center));
        button_link(Weight::Quiet, Link::new(label, &href))
    };
    let (before, after) = (period.plus(-1), period.plus(1));
    let year = Period::Year(period.year());
    html! {
        nav.buttons aria-label="期間" {
            (to(&format!("← {}", before.words()), before))
            @if after.days().0 <= today { (to(&format!("{} →", after.words()), after)) }
            @match period {
                Period::Month(..) => (to(&format!("{}（年度）", year.words()), year)),
                Period::Year(first) => (to("月ごとに見る", Period::Month(first, 4))),
            }
        }
    }
}

fn centers(period: Period, center: Option<CenterId>, names: &Names) -> Markup {
    look::filters(
        PATH,
        "このセンターを見る",
        html! { (hidden("period", &period.code())) (names.center_select(center)) },
    )
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
    match rows.is_empty() {
        true => html! { div { h2 { (sheet.title) } p { (TOO_FEW) } } },
        false => look::scroll_region(&sheet.title, look::table(&sheet.title, &head, &rows)),
    }
}

fn files(period: Period, center: Option<CenterId>, today: Date) -> Markup {
    let leaves_on = period.leaves_on();
    let outside = Choice {
        hint: "5未満の数と、引き算でわかる数を伏せます。翌月の10日に町全体の数を締め、その後に入力・訂正した分は入りません。",
        ..Choice::new("outside", "町の外に出す")
    };
    let inside = Choice {
        hint: "すべての数が入ります。外に出さないでください。",
        ..Choice::new("inside", "庁内・センター内で使う")
    };
    let (value, sides) = match today < leaves_on {
        true => ("inside", vec![inside]),
        false => ("outside", vec![outside, inside]),
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
                (hidden("center", &code_of(center)))
                (look::radios(&side, &sides))
                @if today < leaves_on {
                    p { "町の外に出す表は、" (period.words()) "の分がそろってから（" (leaves_on.strftime("%-m月%-d日").to_string()) "から）作れます。" }
                }
                div.buttons {
                    button.button.primary type="submit" { "Excelで受け取る" }
                    button.button.secondary type="submit" formaction="/papers/consultations" { "PDFで受け取る" }
                }
            }
        },
    )
}

/// The figures as a workbook.
pub async fn file(asked: Asked, Form(part): Form<Part>) -> Result<Response, Problem> {
    let (period, center) = (part.period(&asked), part.center()?);
    let side = Side::from_code(&part.side);
    let report = acts::report(
        asked.db(),
        &asked.app.months,
        &asked.deed,
        period,
        center,
        side,
    )
    .await?;
    let Report {
        title,
        mut notes,
        sheets,
    } = report;
    let mark = side.mark();
    notes.insert(0, mark.to_owned());
    witness(&asked, Verb::Exported, &format!("{title}・{mark}")).await?;
    let book = workbook(&title, &notes, &sheets).map_err(Refusal::from)?;
    let end = if side == Side::Inside { "-inside" } else { "" };
    let name = format!("consultations-{}{end}.xlsx", period.code());
    Ok(download(&name, book))
}
