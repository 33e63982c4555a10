//! The box on every page: it knows a number when it sees one.

use axum::Form;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;
use words::digits;

use super::counter;
use super::opened::Typed;
use crate::front::look::{self, Problems, Tone};
use crate::front::{Asked, Place, Problem};
use crate::scope::Right;

/// What was typed into the box.
#[derive(Deserialize)]
pub struct Box {
    q: String,
}

/// Digits of a number that was read out badly are still a number: from so many on.
const FEWEST_DIGITS: usize = 9;

pub async fn answer(asked: Asked, Form(typed): Form<Box>) -> Result<Response, Problem> {
    let is_number = digits::fold(&typed.q).is_ok_and(|digits| digits.len() >= FEWEST_DIGITS);
    if is_number && asked.may(Right::Desk) {
        return to_desk(&asked, typed.q, html! {}).await;
    }
    let words = look::notice(Tone::Notice, "番号としては読めません", html! {
        p { "番号は11けたの数字です。町の古い番号のときは、そのまま下で「照会する」を押してください。" }
    });
    to_desk(&asked, typed.q, words).await
}

/// The counter with the number filled in: who calls is still to be chosen.
async fn to_desk(asked: &Asked, number: String, words: maud::Markup) -> Result<Response, Problem> {
    asked.need(Right::Desk)?;
    let typed = Typed { number, ..Typed::default() };
    let body = counter::body(asked, &typed, words, &Problems::default()).await?;
    Ok(asked.page(Place::Desk, "照会窓口", body)?.into_response())
}
