//! The page behind a QR: whom to call now. Nothing about the person, and the same words whether
//! the QR is in use or shut off. An address that leads nowhere has one page, whether it was never
//! given out or can't be one.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use seal::SecretToken;
use serde::Deserialize;

use super::finder_words::{self, Words};
use super::unread;
use crate::audit::{self, Fields, Line, Verb};
use crate::front::look::{self, Icon, PublicShell, Tone};
use crate::front::{Problem, Visitor};
use crate::ids::{CarrierId, NetworkId};
use crate::networks::{self, PhoneNow, Text};
use crate::scope::Scope;
use crate::tags::rules::Visits;
use crate::tags::store;

/// Which language is wanted.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    lang: String,
}

/// Counts of visits; each running program has its own, in memory.
pub type Counted = Arc<Mutex<Visits>>;

/// The page.
pub async fn page(
    counted: Counted,
    visitor: Visitor,
    secret: String,
    wanted: Wanted,
) -> Result<Response, Problem> {
    let words = finder_words::words_of(&wanted.lang);
    if !admitted(&counted, &visitor) {
        return Err(Problem::Slowed(slowed(words)));
    }
    match lead(&visitor, &secret).await? {
        Some(town) => Ok(shown(words, &town).into_response()),
        None => Ok((StatusCode::NOT_FOUND, unread::page()).into_response()),
    }
}

fn admitted(counted: &Counted, visitor: &Visitor) -> bool {
    let mut visits = counted.lock().unwrap_or_else(PoisonError::into_inner);
    visits.admit(&visitor.origin, visitor.now)
}

fn slowed(words: &Words) -> String {
    format!("{} {}", words.hurt, words.no_phone)
}

/// What is shown of a town.
struct Town {
    name: String,
    phone: Option<PhoneNow>,
    /// What the town itself says above the number.
    words: String,
}

/// The town behind a secret, after the line of the visit is durable. Where the visitor came from
/// is not written down.
async fn lead(visitor: &Visitor, secret: &str) -> Result<Option<Town>, Problem> {
    let Some(secret) = SecretToken::read(secret) else {
        return Ok(None);
    };
    let mut conn = visitor.app.db.read().await?;
    let Some((network, carrier)) = store::find_carrier_town(&mut conn, secret.hash()).await? else {
        return Ok(None);
    };
    drop(conn);
    witness(visitor, network, carrier).await?;
    let scope = Scope::public(network, String::new());
    let mut conn = visitor.app.db.read().await?;
    let name = networks::find_town(&mut conn, &scope)
        .await?
        .map(|town| town.name);
    let phone = networks::phone_now(&mut conn, &scope, None, visitor.now).await?;
    let words = networks::words_of(&mut conn, &scope, Text::FinderPage).await?;
    Ok(Some(Town {
        name: name.unwrap_or_default(),
        phone,
        words,
    }))
}

async fn witness(visitor: &Visitor, network: NetworkId, carrier: CarrierId) -> Result<(), Problem> {
    let deed = visitor
        .app
        .deed(Scope::public(network, String::new()))
        .await?;
    let mut conn = visitor.app.db.read().await?;
    let whose = store::find_owner(&mut conn, &deed, carrier).await?;
    drop(conn);
    let line = Line::new(Verb::Saw, whose, Fields::NOTHING).saying("QRコードの案内ページ");
    Ok(audit::witness(&visitor.app.db, &deed, line).await?)
}

fn shown(words: &Words, town: &Town) -> Markup {
    let name = if town.name.is_empty() {
        "見守りネットワーク"
    } else {
        &town.name
    };
    let body = html! {
        (look::notice(Tone::Danger, words.hurt_title, html! {
            p { (words.hurt) }
            (dial("tel:119", "119", words.ambulance))
        }))
        @match &town.phone {
            Some(now) => {
                @match words.call {
                    Some(call) => p { (call) },
                    None => @for line in town.words.lines() { p { (line) } },
                }
                (dial(&now.phone.tel_uri(), &now.phone.to_string(), name))
                p { (words.read_out) }
            }
            None => {
                p { (words.no_phone) }
                (dial("tel:110", "110", words.police))
            }
        }
        p { (words.private) }
    };
    let languages = finder_words::choice(words);
    let shell = PublicShell {
        network_name: name,
        languages: &languages,
    };
    look::public_page(&shell, words.title, body)
}

pub(super) fn dial(href: &str, shown: &str, label: &str) -> Markup {
    html! {
        p { a.dial href=(href) {
            (Icon::Phone) span.dial-number { (shown) } span.dial-label { (label) }
        } }
    }
}
