//! The pages for anybody: the town's form, and an organisation's. They tell nothing of anybody, and the
//! answer is the same whatever was told.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use seal::SecretToken;
use serde::Deserialize;

use super::form::{self, Typed};
use super::words::{self, Words};
use crate::deed::Deed;
use crate::front::look::{self, Link, Problems, PublicShell, Tone, dial};
use crate::front::{Problem, Visitor};
use crate::ids::{NetworkId, RowId};
use crate::networks::{self, PhoneNow, Text};
use crate::notices::acts;
use crate::notices::rules::{NewNotice, Sign, Way};
use crate::notices::store;
use crate::scope::Scope;

/// Pages a minute from one address; many may share one. It only spares the database.
const A_MINUTE: i64 = 60;

/// Which language is wanted.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    lang: String,
}

/// Where somebody stands who tells.
struct Desk {
    deed: Deed,
    name: String,
    phone: Option<PhoneNow>,
    signs: Vec<Sign>,
    /// Where the form goes.
    action: String,
    /// The organisation whose link it is, with its name.
    organisation: Option<(RowId, String)>,
}

impl Desk {
    async fn of(visitor: &Visitor, network: NetworkId, action: String) -> Result<Desk, Problem> {
        // Where the visitor came from is not written down.
        let scope = Scope::public(network, String::new());
        let deed = visitor.app.deed(scope).await?;
        let mut conn = visitor.app.db.read().await?;
        let town = networks::find_town(&mut conn, &deed.scope).await?;
        Ok(Desk {
            name: town.map(|town| town.name).unwrap_or_default(),
            phone: networks::phone_now(&mut conn, &deed.scope, None, visitor.now).await?,
            signs: store::list_signs(&mut conn, &deed).await?,
            organisation: None,
            deed,
            action,
        })
    }

    /// Of a town's short name.
    async fn of_town(visitor: &Visitor, short: &str) -> Result<Desk, Problem> {
        let mut conn = visitor.app.db.read().await?;
        let town = networks::find_town_by_short(&mut conn, short).await?;
        drop(conn);
        let town = town.ok_or(Problem::NotFound)?;
        Desk::of(visitor, town.id, format!("/n/{}", town.short)).await
    }

    /// Of an organisation's link, `network.secret`: its own; the town's where it is no longer in use or
    /// never was; nothing where there is no such town.
    async fn of_link(visitor: &Visitor, token: &str) -> Result<Option<Desk>, Problem> {
        let read = token.split_once('.').and_then(|(network, secret)| {
            let network: NetworkId = network.parse().ok()?;
            Some((network, SecretToken::read(secret)?.hash()))
        });
        let Some((network, hash)) = read else {
            return Ok(None);
        };
        let scope = Scope::public(network, String::new());
        let town = networks::find_town(&mut visitor.app.db.read().await?, &scope).await?;
        let Some(town) = town else {
            return Ok(None);
        };
        let desk = Desk::of(visitor, network, format!("/n/{}", town.short)).await?;
        let mut conn = visitor.app.db.read().await?;
        let found = store::find_by_link(&mut conn, &desk.deed, hash).await?;
        Ok(Some(match found {
            Some(one) => Desk {
                organisation: Some((one.id, one.name)),
                action: format!("/n/o/{token}"),
                ..desk
            },
            None => desk,
        }))
    }

    fn page(&self, words: &Words, title: &str, body: Markup) -> Markup {
        let languages = words::choice(words);
        let shell = PublicShell {
            network_name: &self.name,
            languages: &languages,
            refresh: None,
        };
        look::public_page(&shell, title, body)
    }

    fn form(
        &self,
        words: &Words,
        typed: &Typed,
        why: Option<(&'static str, &'static str)>,
    ) -> Markup {
        let mut problems = Problems::default();
        if let Some((field, why)) = why {
            problems.add(field, why);
        }
        let body = html! {
            @if let Some((_, why)) = why {
                div role="alert" { (look::notice(Tone::Warning, why, html! {})) }
            }
            (form::danger(words))
            p { (words.lead) }
            p { (words.private) }
            @if let Some((_, name)) = &self.organisation { p { strong { (name) } } }
            (look::form(&self.action, html! {
                (look::hidden("key", typed.of("key")))
                (look::hidden("lang", words.code))
                (form::questions(words, &self.signs, typed, &problems))
                (look::buttons(words.send, None))
            }))
            (self.call(words))
        };
        self.page(words, words.title, body)
    }

    fn call(&self, words: &Words) -> Markup {
        html! {
            @if let Some(now) = &self.phone {
                p { (words.call) }
                (dial(&now.phone.tel_uri(), &now.phone.to_string(), &self.name))
            }
        }
    }

    /// The answer: with danger the call comes before the thanks.
    async fn sent(
        &self,
        visitor: &Visitor,
        words: &Words,
        in_danger: bool,
    ) -> Result<Markup, Problem> {
        let mut conn = visitor.app.db.read().await?;
        let lead = match words.is_japanese() {
            true => networks::words_of(&mut conn, &self.deed.scope, Text::NoticeSent).await?,
            false => words.sent_lead.to_owned(),
        };
        let again = format!("{}{}", self.action, words.href);
        let body = html! {
            @if in_danger { (form::danger(words)) }
            @for line in lead.lines() { p { (line) } }
            (self.call(words))
            p { (look::text_link(Link::new(words.more, &again))) }
        };
        let title = if in_danger {
            words.danger_title
        } else {
            words.sent
        };
        Ok(self.page(words, title, body))
    }
}

/// The town's form.
pub async fn page(
    visitor: Visitor,
    Path(short): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Problem> {
    let words = words::words_of(&wanted.lang);
    admit(&visitor, words)?;
    let desk = Desk::of_town(&visitor, &short).await?;
    Ok(fresh(&desk, words))
}

/// Takes a notice in.
pub async fn send(
    visitor: Visitor,
    Path(short): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed::new(typed);
    let words = words::words_of(typed.of("lang"));
    admit(&visitor, words)?;
    let desk = Desk::of_town(&visitor, &short).await?;
    take(&visitor, &desk, words, &typed).await
}

/// An organisation's form.
pub async fn link_page(
    visitor: Visitor,
    Path(token): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = words::words_of(&wanted.lang);
    admit(&visitor, words)?;
    Ok(match Desk::of_link(&visitor, &token).await? {
        Some(desk) if desk.organisation.is_some() => fresh(&desk, words).into_response(),
        Some(desk) => over(&desk, words, Typed::default()),
        None => gone(words),
    })
}

/// Takes an organisation's notice in.
pub async fn link_send(
    visitor: Visitor,
    Path(token): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed::new(typed);
    let words = words::words_of(typed.of("lang"));
    admit(&visitor, words)?;
    match Desk::of_link(&visitor, &token).await? {
        Some(desk) if desk.organisation.is_some() => take(&visitor, &desk, words, &typed).await,
        Some(desk) => Ok(over(&desk, words, typed)),
        None => Ok(gone(words)),
    }
}

fn fresh(desk: &Desk, words: &Words) -> Markup {
    desk.form(words, &keyed(desk, Typed::default()), None)
}

/// With a key of its own, so that what is sent twice is taken in once.
fn keyed(desk: &Desk, typed: Typed) -> Typed {
    let key = SecretToken::new_short(&mut desk.deed.dice.clone());
    typed.with("key", key.text())
}

/// The town's own form in the place of an organisation's that is over, with what was typed.
fn over(desk: &Desk, words: &Words, typed: Typed) -> Response {
    let page = desk.form(words, &keyed(desk, typed), Some(("", words.over)));
    (StatusCode::NOT_FOUND, page).into_response()
}

async fn take(
    visitor: &Visitor,
    desk: &Desk,
    words: &Words,
    typed: &Typed,
) -> Result<Response, Problem> {
    let Some(key) = SecretToken::read(typed.of("key")) else {
        let page = desk.form(words, typed, Some(("signs", words.nothing)));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let agreement = desk.organisation.as_ref().map(|(id, _)| *id);
    let new = NewNotice {
        way: agreement.map_or(Way::Web, |_| Way::Link),
        words: typed.words(words.code),
        danger: typed.danger(),
        agreement,
        origin: visitor.origin.clone(),
        hash: Some(key.hash()),
        center: None,
        person: None,
        task: None,
    };
    match acts::tell(&visitor.app.db, &desk.deed, new).await {
        Ok(received) => Ok(desk
            .sent(visitor, words, received.danger)
            .await?
            .into_response()),
        Err(refusal) => match words.why(&refusal) {
            Some(why) => {
                let status = match refusal {
                    crate::notices::rules::Refusal::Wait => StatusCode::TOO_MANY_REQUESTS,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                Ok((status, desk.form(words, typed, Some(why))).into_response())
            }
            None => Err(refusal.into()),
        },
    }
}

fn admit(visitor: &Visitor, words: &Words) -> Result<(), Problem> {
    match visitor.count("notices") <= A_MINUTE {
        true => Ok(()),
        false => Err(Problem::Slowed(format!("{} {}", words.wait, words.danger))),
    }
}

fn gone(words: &Words) -> Response {
    let languages = words::choice(words);
    let shell = PublicShell {
        network_name: "見守りネットワーク",
        languages: &languages,
        refresh: None,
    };
    let body = html! { (form::danger(words)) p { (words.gone) } };
    let page = look::public_page(&shell, words.title, body);
    (StatusCode::NOT_FOUND, page).into_response()
}
