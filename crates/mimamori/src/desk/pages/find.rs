//! The box on every page: it knows a number when it sees one, and looks for people otherwise.

use axum::Form;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use words::digits;

use super::counter;
use super::opened::Typed;
use super::seen::of_people;
use crate::front::look::{self, Link, Problems, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::search::{self, Filters, Unfound};
use crate::scope::Right;

/// What was typed into the box; `page` where a list of hits goes on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sought {
    q: String,
    page: String,
}

/// Digits of a number that was read out badly are still a number: from so many on. A telephone
/// begins with 0, a number never does.
const FEWEST_DIGITS: usize = 9;

fn is_number(text: &str) -> bool {
    digits::fold(text).is_ok_and(|digits| digits.len() >= FEWEST_DIGITS && !digits.starts_with('0'))
}

pub async fn answer(asked: Asked, Form(sought): Form<Sought>) -> Result<Response, Problem> {
    let at_desk = asked.may(Right::Desk);
    if at_desk && (is_number(&sought.q) || !asked.may(Right::Search) || sought.q.trim().is_empty())
    {
        return to_desk(&asked, sought.q).await;
    }
    Ok(people(&asked, sought).await?.into_response())
}

/// The counter with the number filled in: who calls is still to be chosen.
async fn to_desk(asked: &Asked, number: String) -> Result<Response, Problem> {
    let typed = Typed {
        number,
        ..Typed::default()
    };
    let body = counter::body(asked, &typed, html! {}, &Problems::default()).await?;
    Ok(asked.page(Place::Desk, "照会窓口", body)?.into_response())
}

/// People by name, reading, telephone, birth date or address.
async fn people(asked: &Asked, sought: Sought) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let found = search::find(&mut conn, &asked.deed, &sought.q, Filters::default()).await;
    drop(conn);
    let typed = search::Typed {
        q: sought.q,
        page: sought.page,
        ..search::Typed::default()
    };
    let list = match found {
        Ok(hits) => search::results(asked, "/find", &typed, &hits, link_of(asked)).await?,
        Err(Unfound::Unread(unread)) => look::notice(
            Tone::Warning,
            "読み取れませんでした",
            html! { p { (unread) } },
        ),
        Err(Unfound::Refusal(refusal)) => return Err(of_people(refusal)),
    };
    let body = html! {
        (list)
        @if asked.may(Right::Desk) {
            p { (look::button_link(Weight::Secondary, Link::new("番号で照会する", "/desk"))) }
        }
    };
    asked.page(Place::People, "さがす", body)
}

/// To the record for whoever may read it; the night desk opens an inquiry without a number.
fn link_of(asked: &Asked) -> impl Fn(PersonId) -> Option<String> {
    let (reads, at_desk) = (asked.may(Right::ReadPeople), asked.may(Right::Desk));
    move |person| match (reads, at_desk) {
        (true, _) => Some(format!("/people/{person}")),
        (false, true) => Some(format!("/desk/people/{person}")),
        (false, false) => None,
    }
}
