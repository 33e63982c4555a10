//! Where a finder reads the answers: an address that nobody else has.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::finder::{Town, Wanted, practice, public};
use super::form::{self, Typed};
use super::said;
use super::words::{self, Words};
use crate::board::acts::{self, Thread};
use crate::board::rules::{Message, Refusal, Reply, Side};
use crate::deed::Deed;
use crate::front::look::{self, Event, Link, Tone, Weight};
use crate::front::{Problem, Visitor};
use crate::networks::{self, Text};

/// A page that is open asks again so often; after [`RENEWED_FOR_MS`] only when pressed.
const RENEWS: u32 = 20;
/// Longer than anybody stands beside somebody they found.
const RENEWED_FOR_MS: i64 = 4 * 3_600_000;

/// A finder's thread with what surrounds it.
struct Open {
    deed: Deed,
    town: Town,
    thread: Thread,
    hash: [u8; 32],
}

async fn open(visitor: &Visitor, token: &str) -> Result<Option<Open>, Problem> {
    let Some((deed, hash)) = visitor.behind(token).await? else {
        return Ok(None);
    };
    let mut conn = visitor.app.db.read().await?;
    let thread = acts::read_thread(&mut conn, &deed, hash).await?;
    drop(conn);
    let Some(thread) = thread else {
        return Ok(None);
    };
    Ok(Some(Open {
        town: Town::read(visitor, &deed.scope).await?,
        deed,
        thread,
        hash,
    }))
}

/// The answers so far.
pub async fn page(
    visitor: Visitor,
    Path(token): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = words::words_of(&wanted.lang);
    let Some(open) = open(&visitor, &token).await? else {
        return Ok(gone(words));
    };
    let mut conn = visitor.app.db.read().await?;
    let lead = match words.is_japanese() {
        true => networks::words_of(&mut conn, &open.deed.scope, Text::FinderSent).await?,
        false => words.sent_lead.to_owned(),
    };
    drop(conn);
    let last = open.thread.messages.last();
    let fresh = last.is_some_and(|one| open.deed.at() - one.at.as_millisecond() < RENEWED_FOR_MS);
    let renews = (open.thread.open && fresh).then_some(RENEWS);
    let body = body(words, &open, &token, &lead, renews.is_some());
    Ok(public(words, &open.town, renews, words.sent, body).into_response())
}

fn body(words: &Words, open: &Open, token: &str, lead: &str, renews: bool) -> Markup {
    let here = format!("/found/{token}{}", words.href);
    let more = format!("/found/{token}/more{}", words.href);
    let (own, answers): (Vec<&Message>, Vec<&Message>) = open
        .thread
        .messages
        .iter()
        .partition(|one| one.side == Side::Finder);
    html! {
        @if open.thread.drill { (practice(words)) }
        @if open.thread.open {
            @for line in lead.lines() { p { (line) } }
        } @else { (look::notice(Tone::Good, words.ended, html! {})) }
        (look::section(words.answers, html! {
            div aria-live="polite" data-renews=[renews.then_some(RENEWS)] {
                @if answers.is_empty() { p { (words.no_answer) } }
                @else { (list(words, &open.town, &answers)) }
            }
            @if renews { p { (words.renews) } }
            p { (look::button_link(Weight::Secondary, Link::new(words.renew, &here))) }
        }))
        (open.town.dial(words))
        (look::section(words.yours, html! {
            (list(words, &open.town, &own))
            @if open.thread.open { p { (look::button_link(Weight::Secondary, Link::new(words.more, &more))) } }
        }))
    }
}

/// The newest first.
fn list(words: &Words, town: &Town, all: &[&Message]) -> Markup {
    let events: Vec<Event<'_>> = all
        .iter()
        .rev()
        .map(|one| Event {
            when: said::clock(one.at),
            who: match one.side {
                Side::Finder => words.yours,
                Side::Contact => words.from_family,
                Side::Desk => words.from_desk,
            },
            what: html! {
                @match one.said.reply() {
                    Some(Reply::Coming) => p { strong { (words.coming) } },
                    Some(Reply::Call) => { p { strong { (words.please_call) } } (town.dial(words)) }
                    None => {}
                }
                (said::texts(&one.said))
            },
        })
        .collect();
    look::timeline(&events)
}

/// The form for more.
pub async fn more(
    visitor: Visitor,
    Path(token): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = words::words_of(&wanted.lang);
    match open(&visitor, &token).await? {
        Some(open) if open.thread.open => Ok(more_page(
            words,
            &open,
            &token,
            &Typed::default(),
            StatusCode::OK,
            None,
        )),
        _ => Ok(gone(words)),
    }
}

fn more_page(
    words: &Words,
    open: &Open,
    token: &str,
    typed: &Typed,
    status: StatusCode,
    why: Option<&'static str>,
) -> Response {
    let back = format!("/found/{token}{}", words.href);
    let body = html! {
        @if open.thread.drill { (practice(words)) }
        @if let Some(why) = why { (form::why(why)) }
        (form::form(&format!("/found/{token}/more"), words, typed, html! {}))
        p { (look::text_link(Link::new(words.back, &back))) }
    };
    form::may_ask_position(status, public(words, &open.town, None, words.more, body))
}

/// Takes more words in.
pub async fn send_more(
    visitor: Visitor,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let words = words::words_of(&typed.lang);
    let Some(open) = open(&visitor, &token).await? else {
        return Ok(gone(words));
    };
    let (db, public_url) = (&visitor.app.db, &visitor.app.config.public_url);
    let (said, from) = (typed.said(), &visitor.origin);
    match acts::say_more(db, &open.deed, open.hash, said, from, public_url).await {
        Ok(()) | Err(Refusal::Ended) => {
            Ok(Redirect::to(&format!("/found/{token}{}", words.href)).into_response())
        }
        Err(refusal) => match form::told(&refusal, words) {
            Some((status, why)) => Ok(more_page(words, &open, &token, &typed, status, Some(why))),
            None => Err(refusal.into()),
        },
    }
}

/// Nothing is there, or no more; which of both is not said.
fn gone(words: &Words) -> Response {
    let body = html! {
        p { (words.gone) }
        (look::dial("tel:110", "110", words.police))
    };
    let languages = words::choice(words);
    let shell = look::PublicShell {
        network_name: "見守りネットワーク",
        languages: &languages,
        refresh: None,
    };
    let page = look::public_page(&shell, words.answers, body);
    (StatusCode::NOT_FOUND, page).into_response()
}
