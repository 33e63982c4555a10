//! Which column goes where.

use std::collections::HashMap;

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::{about, address, find, stop_button, told, way, whole};
use crate::front::look::{self, Choice, Link, Problems, Tone};
use crate::front::{Asked, Problem};
use crate::people::import::acts::{self, OldNumbers};
use crate::people::import::rules::{
    Field, Guess, Mapping, Refusal, RunState, Sheet, Sureness, read,
};
use crate::people::import::store::{self, FileKind, Run};

const TITLE: &str = "列を確かめる";
/// Values shown of each column.
const SAMPLES: usize = 3;

/// `c0=name`, `c1=` …: the field of each column.
pub type Chosen = HashMap<String, String>;

/// The columns as guessed, or as chosen before.
pub async fn page(asked: Asked, Path(run): Path<String>) -> Result<Response, Problem> {
    let run = find(&asked, &run).await?;
    if !matches!(run.state, RunState::Columns | RunState::Judged) {
        return Ok(Redirect::to(&address(run.id)).into_response());
    }
    let Some(sheet) = opened(&asked, &run).await? else {
        return told(&asked, run.id, Refusal::Expired).map(|_| gone());
    };
    let mapping = run.mapping.clone();
    Ok(
        page_of(&asked, &run, &sheet, &mapping, &Problems::default())
            .await?
            .into_response(),
    )
}

fn gone() -> Response {
    Redirect::to("/people/import").into_response()
}

async fn opened(asked: &Asked, run: &Run) -> Result<Option<Sheet>, Problem> {
    let mut conn = asked.read().await?;
    let file = store::find_file(&mut conn, &asked.deed, run.id, FileKind::Given).await?;
    let sheet = file
        .map(|file| read(&file))
        .transpose()
        .map_err(Refusal::from)?;
    Ok(sheet)
}

async fn page_of(
    asked: &Asked,
    run: &Run,
    sheet: &Sheet,
    mapping: &Mapping,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let guesses = acts::guesses(&mut asked.read().await?, &asked.deed, sheet).await?;
    let action = format!("{}/columns", address(run.id));
    let unknown = mapping.iter().filter(|field| field.is_none()).count();
    let body = html! {
        (look::problem_summary(problems))
        (way(run))
        (about(run))
        p { (sheet.layout.words()) "。見出しは" (sheet.head.number) "行目です。それぞれの列をどこに入れるかを確かめてください。" }
        @if unknown > 0 {
            (look::notice(Tone::Notice, "取り込まない列があります", html! {
                p { (unknown) "列は、どこに入れるかを選ばないかぎり取り込みません。" }
            }))
        }
        (look::form(&action, html! {
            (table(sheet, mapping, &guesses))
            (look::buttons("この対応で行を確かめる", Some(Link::new("ほかのファイルにする", "/people/import"))))
        }))
        (stop_button(run))
    };
    whole(asked, TITLE, body)
}

fn table(sheet: &Sheet, mapping: &Mapping, guesses: &[Guess]) -> Markup {
    let fields: Vec<(String, String)> = Field::all()
        .into_iter()
        .map(|field| (field.code(), field.word()))
        .collect();
    let mut choices = vec![Choice::new("", "取り込まない")];
    choices.extend(fields.iter().map(|(code, word)| Choice::new(code, word)));
    let head = ["見出し", "はじめの値", "入れるところ", "見立て"].map(look::Head::new);
    let headings = sheet.headings();
    let rows: Vec<Vec<Markup>> = headings.iter().enumerate().map(|(at, heading)| {
        let field = mapping.get(at).copied().flatten();
        let guess = guesses.get(at).copied();
        vec![
            html! { @if heading.trim().is_empty() { "（見出しなし・" (at + 1) "列目）" } @else { (heading) } },
            samples(sheet, at),
            select(at, heading, field, &choices),
            sureness(guess, field),
        ]
    }).collect();
    look::table("列の対応", &head, &rows)
}

fn samples(sheet: &Sheet, at: usize) -> Markup {
    let values = sheet.samples(at, SAMPLES);
    html! {
        @if values.is_empty() { "（空）" }
        @for (at, value) in values.iter().enumerate() { @if at > 0 { br; } (value) }
    }
}

fn select(at: usize, heading: &str, field: Option<Field>, choices: &[Choice<'_>]) -> Markup {
    let (name, value) = (format!("c{at}"), field.map(Field::code).unwrap_or_default());
    let label = format!("「{}」を入れるところ", heading.trim());
    html! {
        select id=(look::field_id(&name)) name=(name) aria-label=(label) {
            @for choice in choices {
                option value=(choice.value) selected[choice.value == value] { (choice.label) }
            }
        }
    }
}

fn sureness(guess: Option<Guess>, field: Option<Field>) -> Markup {
    match guess {
        Some(guess) if guess.field != field => look::chip(Tone::Plain, "選び直し"),
        Some(Guess {
            sureness: Sureness::Sure,
            ..
        }) => look::chip(Tone::Good, "見出しのとおり"),
        Some(Guess {
            sureness: Sureness::Likely,
            ..
        }) => look::chip(Tone::Notice, "たぶん"),
        Some(Guess {
            sureness: Sureness::Remembered,
            ..
        }) => look::chip(Tone::Good, "前回のとおり"),
        _ => look::chip(Tone::Warning, "わからない"),
    }
}

/// Keeps the columns and judges every row.
pub async fn save(
    asked: Asked,
    Path(run): Path<String>,
    Form(chosen): Form<Chosen>,
    numbers: OldNumbers,
) -> Result<Response, Problem> {
    let run = find(&asked, &run).await?;
    let Some(sheet) = opened(&asked, &run).await? else {
        return told(&asked, run.id, Refusal::Expired).map(|_| gone());
    };
    let columns = 0..sheet.head.cells.len();
    let mapping: Mapping = columns
        .map(|at| {
            chosen
                .get(&format!("c{at}"))
                .and_then(|code| Field::from_code(code))
        })
        .collect();
    match acts::settle_columns(asked.db(), &asked.deed, run.id, mapping.clone()).await {
        Ok(()) => {}
        Err(Refusal::Columns(words)) => {
            let mut problems = Problems::default();
            problems.add("c0", words);
            return Err(Problem::Refused(
                page_of(&asked, &run, &sheet, &mapping, &problems).await?,
            ));
        }
        Err(other) => return told(&asked, run.id, other),
    }
    match acts::judge(asked.db(), &asked.deed, run.id, numbers).await {
        Ok(()) => Ok(Redirect::to(&address(run.id)).into_response()),
        Err(refusal) => told(&asked, run.id, refusal),
    }
}
