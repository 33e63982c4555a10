//! The page behind a QR: whom to call now, how to speak with the person, and where to write to.
//! Nothing about the person, and the same words whether the QR is in use or shut off. An address
//! that leads nowhere has one page, whether it was never given out or can't be one.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use seal::SecretToken;
use serde::Deserialize;

use super::form::{self, Typed};
use super::unread;
use super::words::{self, Words};
use crate::audit::{self, Fields, Line, Verb};
use crate::board::acts::{self, Behind};
use crate::deed::Deed;
use crate::front::look::{self, Choice, Field, PublicShell, Tone, dial};
use crate::front::{Problem, Visitor};
use crate::networks::{self, PhoneNow, Text};
use crate::scope::Scope;
use crate::tags;

/// Which language is wanted.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub lang: String,
}

/// Pages behind QRs a minute from one address. A finder opens two or three; a town hall or a telephone
/// company's many customers may share an address. At this rate 2 to the power of 128 addresses are not
/// guessed; the limit only spares the database.
const A_MINUTE: i64 = 60;

/// The page.
pub async fn page(
    visitor: Visitor,
    Path(secret): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = words::words_of(&wanted.lang);
    if let Some(page) = slowed(&visitor) {
        return Ok(page);
    }
    let Some(scan) = lead(&visitor, &secret).await? else {
        return Ok((StatusCode::NOT_FOUND, unread::page()).into_response());
    };
    witness(&visitor, &scan).await?;
    let typed = Typed {
        key: SecretToken::new_short(&mut scan.deed.dice.clone())
            .text()
            .to_owned(),
        ..Typed::default()
    };
    let page = shown(words, &scan, &secret, &typed, None);
    Ok(form::may_ask_position(StatusCode::OK, page))
}

/// Takes the finder's words in, and leads to where the answers appear.
pub async fn send(
    visitor: Visitor,
    Path(secret): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let words = words::words_of(&typed.lang);
    if let Some(page) = slowed(&visitor) {
        return Ok(page);
    }
    let scan = lead(&visitor, &secret).await?;
    let key = SecretToken::read(&typed.key);
    let (Some(mut scan), Some(key)) = (scan, key) else {
        return Ok((StatusCode::NOT_FOUND, unread::page()).into_response());
    };
    if typed.real == "yes" {
        scan.behind.drill = None;
    }
    let (db, public_url) = (&visitor.app.db, &visitor.app.config.public_url);
    let done = acts::take_in(
        db,
        &scan.deed,
        &scan.behind,
        key.hash(),
        typed.said(),
        &visitor.origin,
        public_url,
    );
    match done.await {
        Ok(()) if scan.behind.person.is_none() => Ok(sent(words, &scan).into_response()),
        Ok(()) => {
            let network = scan.deed.network();
            let to = format!("/found/{network}.{}{}", key.text(), words.href);
            Ok(Redirect::to(&to).into_response())
        }
        Err(refusal) => match form::told(&refusal, words) {
            Some((status, why)) => {
                let page = shown(words, &scan, &secret, &typed, Some(why));
                Ok(form::may_ask_position(status, page))
            }
            None => Err(refusal.into()),
        },
    }
}

/// Where too many come from one address: how to help all the same.
fn slowed(visitor: &Visitor) -> Option<Response> {
    let slowed = visitor.count("board") > A_MINUTE;
    slowed.then(|| (StatusCode::TOO_MANY_REQUESTS, unread::slowed()).into_response())
}

/// What is shown of a town.
pub struct Town {
    name: String,
    phone: Option<PhoneNow>,
}

impl Town {
    /// The town's name and the number to call now; not a center's, which would tell where somebody
    /// lives.
    pub async fn read(visitor: &Visitor, scope: &Scope) -> Result<Town, Problem> {
        let mut conn = visitor.app.db.read().await?;
        let town = networks::find_town(&mut conn, scope).await?;
        let name = town.map(|town| town.name).unwrap_or_default();
        Ok(Town {
            name: match name.is_empty() {
                true => "見守りネットワーク".to_owned(),
                false => name,
            },
            phone: networks::phone_now(&mut conn, scope, None, visitor.now).await?,
        })
    }

    /// The one big button, or what to do without a number.
    pub fn dial(&self, words: &Words) -> Markup {
        html! {
            @match &self.phone {
                Some(now) => (dial(&now.phone.tel_uri(), &now.phone.to_string(), &self.name)),
                None => { p { (words.no_phone) } (dial("tel:110", "110", words.police)) }
            }
        }
    }
}

/// Somebody stands before a QR.
struct Scan {
    deed: Deed,
    behind: Behind,
    town: Town,
    /// What the town itself says above the number.
    call: String,
}

/// What a secret leads to.
async fn lead(visitor: &Visitor, secret: &str) -> Result<Option<Scan>, Problem> {
    let Some(secret) = SecretToken::read(secret) else {
        return Ok(None);
    };
    let mut conn = visitor.app.db.read().await?;
    let Some((network, carrier)) = tags::find_carrier_town(&mut conn, secret.hash()).await? else {
        return Ok(None);
    };
    drop(conn);
    // Where the visitor came from is not written down.
    let scope = Scope::public(network, String::new());
    let deed = visitor.app.deed(scope).await?;
    let town = Town::read(visitor, &deed.scope).await?;
    let mut conn = visitor.app.db.read().await?;
    let behind = acts::behind(&mut conn, &deed, carrier).await?;
    let call = networks::words_of(&mut conn, &deed.scope, Text::FinderPage).await?;
    Ok(behind.map(|behind| Scan {
        deed,
        behind,
        town,
        call,
    }))
}

/// The line of the visit is durable before the page is shown.
async fn witness(visitor: &Visitor, scan: &Scan) -> Result<(), Problem> {
    let fields = match scan.behind.notes {
        Some(_) => Fields::FINDER,
        None => Fields::NOTHING,
    };
    let line = Line::new(Verb::Saw, scan.behind.person, fields).saying("QRコードの案内ページ");
    Ok(audit::witness(&visitor.app.db, &scan.deed, line).await?)
}

fn shown(
    words: &Words,
    scan: &Scan,
    secret: &str,
    typed: &Typed,
    why: Option<&'static str>,
) -> Markup {
    let drill = scan.behind.drill.is_some();
    let body = html! {
        @if drill { (practice(words)) }
        @if let Some(why) = why { (form::why(why)) }
        (look::notice(Tone::Danger, words.hurt_title, html! {
            p { (words.hurt) }
            (dial("tel:119", "119", words.ambulance))
        }))
        @if scan.town.phone.is_some() {
            @match words.is_japanese() {
                true => @for line in scan.call.lines() { p { (line) } },
                false => p { (words.call) },
            }
        }
        (scan.town.dial(words))
        @if scan.town.phone.is_some() { p { (words.read_out) } }
        @if let Some(notes) = &scan.behind.notes {
            (look::section(words.notes, html! { div lang="ja" {
                @for line in notes.lines() { p { (line) } }
            } }))
        }
        (look::section(words.write, html! {
            p { (words.write_lead) }
            (form::form(&format!("/q/{secret}"), words, typed, really(words, drill, typed)))
        }))
        p { (words.private) }
    };
    public(words, &scan.town, None, words.title, body)
}

/// Somebody really in trouble on the day of a drill.
fn really(words: &Words, drill: bool, typed: &Typed) -> Markup {
    let field = Field {
        name: "real",
        label: words.drill,
        ..Field::default()
    };
    html! { @if drill { (look::checks(&field, &[Choice::new("yes", words.drill_real)], &[&typed.real])) } }
}

/// The mark of practice.
pub fn practice(words: &Words) -> Markup {
    look::notice(
        Tone::Notice,
        words.drill,
        html! { p { (words.drill_lead) } },
    )
}

fn sent(words: &Words, scan: &Scan) -> Markup {
    let body = html! { p { (words.nobodys_lead) } (scan.town.dial(words)) };
    public(words, &scan.town, None, words.sent, body)
}

/// A page of a town for a finder.
pub fn public(
    words: &Words,
    town: &Town,
    refresh: Option<u32>,
    title: &str,
    body: Markup,
) -> Markup {
    let languages = words::choice(words);
    let shell = PublicShell {
        network_name: &town.name,
        languages: &languages,
        refresh,
    };
    look::public_page(&shell, title, body)
}
