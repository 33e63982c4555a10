//! A case is found by its number, by words in it, or by its person through the register's search. Whoever is found
//! is named only where a case of theirs may be seen: who supports whom is not asked out of it.

use axum::Form;
use maud::{Markup, html};

use super::list::{search_form, table};
use super::typed::Typed;
use crate::audit::{self, Fields, Line, Verb};
use crate::cases::rules::{Case, Refusal};
use crate::cases::store;
use crate::front::look::{self, Link, Problems, Tone};
use crate::front::{Asked, Place, Problem};
use crate::people::search::{self, Filters, Unfound};

const MOST: usize = 80;

/// The cases that were found.
pub async fn search_for(asked: Asked, Form(typed): Form<Typed>) -> Result<Markup, Problem> {
    let mut problems = Problems::default();
    let asked_for = typed.line("q", MOST, &mut problems);
    // Not the words: who is asked for by name stands in no line that outlives their record.
    let line = Line::new(Verb::Searched, None, Fields::NOTHING).saying("支援をさがす");
    audit::witness(asked.db(), &asked.deed, line).await?;
    let cases = match number(&asked_for) {
        Some(number) => of_number(&asked, number).await?,
        None => of_words(&asked, &asked_for).await?,
    };
    let found = match cases.is_empty() {
        true => look::notice(
            Tone::Notice,
            "見つかりませんでした",
            html! {
                p { "この言葉で見られる支援はありません。名前の一部や、書いた言葉、支援の番号（数字だけ）でもさがせます。" }
            },
        ),
        false => table(&asked, &cases, "見つかった支援").await?,
    };
    let body = html! {
        (search_form()) (found)
        p { (look::text_link(Link::new("支援の一覧にもどる", "/cases"))) }
    };
    asked.page(Place::Cases, "支援をさがす", body)
}

/// 「12」「第12号」; longer digits are a telephone.
fn number(text: &str) -> Option<i64> {
    let text = text.trim_start_matches('第').trim_end_matches('号').trim();
    let digits = words::digits::fold(text).ok()?;
    let short = !digits.is_empty() && digits.len() <= 6 && !digits.starts_with('0');
    digits.parse().ok().filter(|_| short)
}

async fn of_number(asked: &Asked, number: i64) -> Result<Vec<Case>, Problem> {
    let mut conn = asked.read().await?;
    match store::find_by_number(&mut conn, &asked.deed, number).await {
        Ok(case) => Ok(vec![case]),
        Err(Refusal::NotFound) => Ok(Vec::new()),
        Err(other) => Err(other.into()),
    }
}

async fn of_words(asked: &Asked, text: &str) -> Result<Vec<Case>, Problem> {
    let mut conn = asked.read().await?;
    let mut cases: Vec<Case> = Vec::new();
    // One sign stands in every text.
    if text.chars().count() > 1 {
        cases = store::list_with_words(&mut conn, &asked.deed, text).await?;
    }
    let hits = search::find(&mut conn, &asked.deed, text, Filters::default()).await;
    let hits = match hits {
        Ok(hits) => hits,
        Err(Unfound::Unread(_)) => return Ok(cases),
        Err(Unfound::Refusal(refusal)) => return Err(refusal.into()),
    };
    for hit in hits {
        for case in store::list_for_person(&mut conn, &asked.deed, hit.person).await? {
            if cases.iter().all(|one| one.id != case.id) {
                cases.push(case);
            }
        }
    }
    Ok(cases)
}
