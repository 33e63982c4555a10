//! Choosing a file.

use axum::extract::Multipart;
use axum::response::Redirect;
use maud::{Markup, html};

use super::{MOST_BYTES, address, whole};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Problems, Tone};
use crate::front::{Asked, Problem};
use crate::people::import::acts;
use crate::people::import::rules::{Refusal, RunState};
use crate::people::import::store::{self, Run};

const TITLE: &str = "名簿を取り込む";
/// Runs shown below the form.
const RECENT: u32 = 20;

/// The form, and what was brought in before.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    sheet(&asked, &Problems::default()).await
}

async fn sheet(asked: &Asked, problems: &Problems) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let runs = store::list_runs(&mut conn, &asked.deed, RECENT).await?;
    let body = html! {
        (look::problem_summary(problems))
        p { "ExcelかCSVの名簿を読み、列と行を確かめてから取り込みます。最後の「取り込む」を押すまで、登録は変わりません。" }
        (look::upload_form("/people/import", html! {
            (look::file(&Field {
                name: "file",
                label: "名簿のファイル",
                hint: "Excel（.xlsx）、CSV、タブ区切り。CSVの文字コードは自動で見分けます。30MB、100,000行まで。",
                problem: problems.of("file"),
                required: true,
                ..Field::default()
            }, ".csv,.tsv,.txt,.xlsx"))
            (look::buttons("読み込む", None))
        }))
        p { "ファイルは封をして保ち、取り込みが終わったとき、または24時間後に消します。" }
        @if !runs.is_empty() { (look::section("これまでの取り込み", list(&runs))) }
    };
    whole(asked, TITLE, body)
}

fn list(runs: &[Run]) -> Markup {
    let head = [
        Head::new("受け取り"),
        Head::new("ファイル"),
        Head::new("いま"),
        Head::figures("行"),
        Head::figures("書き込み"),
    ];
    let rows: Vec<Vec<Markup>> = runs
        .iter()
        .map(|run| {
            let at = in_japan(run.at)
                .strftime("%Y年%-m月%-d日 %H:%M")
                .to_string();
            vec![
                html! { a href=(address(run.id)) { (at) } },
                html! { (run.name) },
                look::chip(tone(run.state), run.state.word()),
                html! { (run.rows_read) },
                html! { (run.done) "人" },
            ]
        })
        .collect();
    look::table("これまでの取り込み", &head, &rows)
}

const fn tone(state: RunState) -> Tone {
    match state {
        RunState::Done => Tone::Good,
        RunState::Columns | RunState::Judged => Tone::Notice,
        RunState::Taking => Tone::Warning,
        RunState::Dropped => Tone::Plain,
    }
}

/// Receives the file, or says why it can't be read.
pub async fn save(asked: Asked, parts: Multipart) -> Result<Redirect, Problem> {
    let refused = match received(parts).await {
        None => format!(
            "ファイルを受け取れませんでした。{}MBまでのファイルを選んでください。",
            MOST_BYTES / 1024 / 1024
        ),
        Some((name, file)) => match acts::begin(asked.db(), &asked.deed, name, file).await {
            Ok(run) => return Ok(Redirect::to(&format!("{}/columns", address(run)))),
            Err(Refusal::Unreadable(why)) => why.to_string(),
            Err(other) => return Err(other.into()),
        },
    };
    let mut problems = Problems::default();
    problems.add("file", refused);
    Err(Problem::Refused(sheet(&asked, &problems).await?))
}

/// The file's name and bytes; `None` where the body is no form or too large.
async fn received(mut parts: Multipart) -> Option<(String, Vec<u8>)> {
    while let Some(part) = parts.next_field().await.ok()? {
        if part.name() == Some("file") {
            let name = part
                .file_name()
                .unwrap_or_default()
                .chars()
                .take(120)
                .collect();
            return Some((name, part.bytes().await.ok()?.to_vec()));
        }
    }
    None
}
