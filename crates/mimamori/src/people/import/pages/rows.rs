//! Every row with what becomes of it, before and after.

use axum::extract::{Form, FromRequestParts, Path, Query as Asking};
use axum::http::request::Parts;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{about, address, find, run_of, stop_button, told, way, whole};
use crate::app::App;
use crate::front::look::{self, Head, Link, Pager, Tab, Tone, Weight};
use crate::front::{Asked, Flash, Problem, download};
use crate::people::import::acts;
use crate::people::import::rules::{Choice, Outcome, RunState, Verdict, Who};
use crate::people::import::store::{self, Run};
use crate::scope::Right;

/// Rows on a page.
const PAGE: u32 = 50;

/// Which rows: `?of=refused&page=2`.
#[derive(Deserialize, Default)]
pub struct Part {
    of: Option<String>,
    page: Option<u32>,
}

/// The part of an address after `?`.
pub struct Query(pub Part);

impl FromRequestParts<App> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Query, Problem> {
        let asked = Asking::<Part>::from_request_parts(parts, app).await;
        Ok(Query(asked.map(|Asking(part)| part).unwrap_or_default()))
    }
}

type Counts = Vec<(Outcome, Choice, u64)>;

fn count(counts: &Counts, which: impl Fn(Outcome, Choice) -> bool) -> u64 {
    let fitting = counts
        .iter()
        .filter(|(outcome, choice, _)| which(*outcome, *choice));
    fitting.map(|(_, _, count)| count).sum()
}

/// What would be done, and the way to do it.
pub async fn page(asked: Asked, run: Run, part: Part) -> Result<Markup, Problem> {
    let (counts, list) = listed(&asked, &run, &part).await?;
    let body = html! {
        (way(&run))
        (about(&run))
        (decide(&run, &counts))
        (list)
    };
    whole(&asked, "行を確かめる", body)
}

/// What came of it.
pub async fn result(asked: Asked, run: Run, part: Part) -> Result<Markup, Problem> {
    let (counts, list) = listed(&asked, &run, &part).await?;
    let back = count(&counts, |outcome, _| {
        matches!(outcome, Outcome::Refused | Outcome::Duplicate)
    });
    let done = run.state == RunState::Done;
    let body = html! {
        (way(&run))
        (about(&run))
        @if done {
            (look::notice(Tone::Good, "取り込みました", html! {
                p { (run.done) "人を登録または変更しました。" }
                @if back > 0 { p { "取り込まなかった行は、理由の列をつけて元の形のファイルにしてあります。" (refused_link(&run)) } }
            }))
        } @else {
            (look::notice(Tone::Plain, "中止した取り込みです", html! { p { "登録は変わっていません。" } }))
        }
        p { (look::button_link(Weight::Secondary, Link::new("ほかの名簿を取り込む", "/people/import"))) }
        (list)
    };
    whole(&asked, "取り込みの結果", body)
}

fn refused_link(run: &Run) -> Markup {
    let href = format!("{}/refused", address(run.id));
    look::button_link(
        Weight::Secondary,
        Link::new("取り込まない行をファイルで受け取る", &href),
    )
}

/// The counts, what stands in the way, and the deed.
fn decide(run: &Run, counts: &Counts) -> Markup {
    let refused = count(counts, |outcome, _| outcome == Outcome::Refused);
    let open = count(counts, |outcome, choice| {
        outcome == Outcome::Duplicate && choice == Choice::Open
    });
    let to_do = count(counts, |outcome, choice| {
        matches!(outcome, Outcome::Add | Outcome::Change)
            || matches!(choice, Choice::Add | Choice::Same)
    });
    let action = format!("{}/take", address(run.id));
    html! {
        @if refused + open == 0 && to_do == 0 {
            (look::notice(Tone::Good, "取り込むものはありません", html! { p { "すべての行が、すでに登録のとおりです。" } }))
        } @else if refused + open == 0 {
            (look::notice(Tone::Good, "このまま取り込めます", html! {
                p { (to_do) "人を登録または変更します。変更は登録者のページに残り、元の内容も見られます。" }
                (look::act(Weight::Primary, "取り込む", "", &action, &[("mode", "all")]))
            }))
        } @else {
            (look::notice(Tone::Warning, "確かめる行があります", html! {
                p { "取り込めない行が" (refused) "行、重複のおそれで未定の行が" (open) "行あります。名簿を直して選び直すか、よい行だけを取り込んでください。" }
                p { (refused_link(run)) }
                @if to_do > 0 {
                    p { "よい行だけなら、" (to_do) "人を登録または変更します。残りの行は何もしません。" }
                    (look::act(Weight::Primary, "よい行だけ取り込む", "", &action, &[("mode", "good")]))
                }
            }))
        }
        (stop_button(run))
    }
}

async fn listed(asked: &Asked, run: &Run, part: &Part) -> Result<(Counts, Markup), Problem> {
    let mut conn = asked.read().await?;
    let counts = store::count_rows(&mut conn, &asked.deed, run.id).await?;
    let outcome = part.of.as_deref().and_then(Outcome::from_code);
    let page = part.page.unwrap_or(1).clamp(1, 10_000);
    let skip = (page - 1) * PAGE;
    let rows = store::list_rows(&mut conn, &asked.deed, run.id, outcome, (PAGE, skip)).await?;
    drop(conn);
    let verdicts: Vec<Verdict> = rows.iter().map(|(verdict, _)| verdict.clone()).collect();
    acts::witness(asked.db(), &asked.deed, &verdicts).await?;
    let total = count(&counts, |one, _| {
        outcome.is_none_or(|outcome| outcome == one)
    });
    let list = html! {
        (tabs(run, &counts, outcome))
        @if rows.is_empty() {
            (look::empty("この種類の行はありません", "上の見出しから、ほかの行を見られます。", None))
        } @else {
            (table(asked, run, &rows, outcome))
            (pager(run, outcome, page, rows.len(), total))
        }
    };
    Ok((counts, list))
}

fn here(run: &Run, outcome: Option<Outcome>, page: u32) -> String {
    let of = outcome.map_or("", Outcome::code);
    format!("{}?of={of}&page={page}", address(run.id))
}

fn tabs(run: &Run, counts: &Counts, now: Option<Outcome>) -> Markup {
    let kinds = [None]
        .into_iter()
        .chain(Outcome::ALL.iter().copied().map(Some));
    let sides: Vec<(String, &str, u64, bool)> = kinds
        .map(|kind| {
            let count = count(counts, |one, _| kind.is_none_or(|kind| kind == one));
            (
                here(run, kind, 1),
                kind.map_or("すべて", Outcome::word),
                count,
                kind == now,
            )
        })
        .collect();
    let tabs: Vec<Tab<'_>> = sides
        .iter()
        .map(|(href, label, count, current)| Tab {
            label,
            href,
            count: Some(*count),
            current: *current,
        })
        .collect();
    look::tabs("行の種類", &tabs)
}

fn pager(run: &Run, outcome: Option<Outcome>, page: u32, on_page: usize, total: u64) -> Markup {
    let first = u64::from((page - 1) * PAGE) + 1;
    let last = first + on_page as u64 - 1;
    let shown = format!("{total}行中 {first}–{last}行目");
    let (before, after) = (
        here(run, outcome, page.saturating_sub(1)),
        here(run, outcome, page + 1),
    );
    look::pager(&Pager {
        shown: &shown,
        before: (page > 1).then_some(before.as_str()),
        after: (last < total).then_some(after.as_str()),
    })
}

fn table(asked: &Asked, run: &Run, rows: &[(Verdict, Choice)], outcome: Option<Outcome>) -> Markup {
    let head = [
        Head::figures("行"),
        Head::new("登録番号"),
        Head::new("氏名"),
        Head::new("生年月日"),
        Head::new("どうなるか"),
        Head::new("ところと理由"),
    ];
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(verdict, choice)| {
            let [number, name, born] = &verdict.shown;
            vec![
                html! { (verdict.row) },
                html! { (number) },
                html! { (name) },
                html! { (born) },
                look::chip(tone(verdict.outcome), verdict.outcome.word()),
                html! { (why(asked, verdict)) (ask(run, verdict, *choice, outcome)) },
            ]
        })
        .collect();
    look::table("名簿の行", &head, &rows)
}

const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Add => Tone::Good,
        Outcome::Change => Tone::Notice,
        Outcome::Duplicate => Tone::Warning,
        Outcome::Refused => Tone::Danger,
        Outcome::Same | Outcome::Nobody => Tone::Plain,
    }
}

/// Each reason beside its cell, each change from what to what, each person alike.
fn why(asked: &Asked, verdict: &Verdict) -> Markup {
    // Whoever may not read records is told which fields change, not what stands in them.
    let reads = asked.may(Right::ReadPeople);
    html! {
        @for fault in &verdict.faults {
            p {
                @if !fault.heading.is_empty() {
                    strong { (fault.heading) }
                    @if fault.cell.is_empty() { "（空）" } @else { "「" (fault.cell) "」" }
                    "　"
                }
                (fault.words)
            }
        }
        @for told in &verdict.told {
            p {
                strong { (told.field) } "　"
                @if reads { (blank(&told.from)) " → " }
                (blank(&told.to))
            }
        }
        @for like in &verdict.likes { p { (who(like.who, reads)) "：" (like.reasons.join("・")) } }
    }
}

fn blank(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

fn who(who: Who, reads: bool) -> Markup {
    match who {
        Who::Row(row) => html! { (row) "行目の方" },
        Who::Person(person) if reads => html! { a href={ "/people/" (person) } { "登録ずみの方" } },
        Who::Person(_) => html! { "登録ずみの方" },
        Who::Erased(_) => html! { "消去された方" },
    }
}

/// What to do with a probable duplicate, until it is taken in.
fn ask(run: &Run, verdict: &Verdict, choice: Choice, outcome: Option<Outcome>) -> Markup {
    if verdict.outcome != Outcome::Duplicate {
        return html! {};
    }
    if run.state != RunState::Judged {
        return html! { p { (choice.word()) } };
    }
    let registered = verdict
        .likes
        .iter()
        .any(|like| matches!(like.who, Who::Person(_)));
    let action = format!("{}/choice", address(run.id));
    let row = verdict.row.to_string();
    let of = outcome.map_or("", Outcome::code);
    let about = format!("{row}行目");
    html! {
        p { "いまの扱い：" strong { (choice.word()) } }
        div.row-acts {
            @for one in Choice::ALL.iter().filter(|one| **one != Choice::Open && **one != choice) {
                @if *one != Choice::Same || registered {
                    (look::act(Weight::Quiet, one.word(), &about, &action,
                        &[("row", &row), ("choice", one.code()), ("of", of)]))
                }
            }
        }
    }
}

/// What was said of a row.
#[derive(Deserialize)]
pub struct Said {
    row: Option<u32>,
    choice: Option<String>,
    of: Option<String>,
}

/// Keeps what was said.
pub async fn choose(
    asked: Asked,
    Path(run): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, Problem> {
    let run = find(&asked, &run).await?;
    let choice = said.choice.as_deref().and_then(Choice::from_code);
    let (Some(row), Some(choice)) = (said.row, choice) else {
        return Err(Problem::NotFound);
    };
    match acts::choose(asked.db(), &asked.deed, run.id, row, choice).await {
        Ok(()) => {
            let words = format!("{row}行目を「{}」にしました。", choice.word());
            let outcome = said.of.as_deref().and_then(Outcome::from_code);
            Ok(asked.redirect(&here(&run, outcome, 1), Flash::done(&words)))
        }
        Err(refusal) => told(&asked, run.id, refusal),
    }
}

/// The rows that go back, as a file.
pub async fn file(asked: Asked, Path(run): Path<String>) -> Result<Response, Problem> {
    let run = run_of(&run)?;
    match acts::list_back(asked.db(), &asked.deed, run).await {
        Ok((file, ending)) => {
            let name = format!("mimamori-refused-{run}.{ending}");
            Ok(download(&name, file))
        }
        Err(refusal) => told(&asked, run, refusal),
    }
}
