//! What a handler is given: the program, the deed's means, who asks.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use db::{Conn, Db};
use jiff::Timestamp;
use maud::{Markup, html};
use seal::SecretToken;

use super::flash::{self, Flash};
use super::look::{self, Link};
use super::problem::Problem;
use crate::app::App;
use crate::deed::Deed;
use crate::ids::NetworkId;
use crate::networks::{self, Text, Town};
use crate::scope::{Right, Scope, counted_as};
use crate::staff::Session;

/// A request of somebody signed in; exists only behind a door that let it pass.
#[derive(Clone)]
pub struct Asked {
    /// The running program.
    pub app: App,
    /// Scope, time, keys, chance.
    pub deed: Deed,
    /// The session and its account.
    pub session: Session,
    /// What the last answer left to say on this page.
    pub flash: Option<Flash>,
}

impl Asked {
    /// The database.
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Conn, Problem> {
        Ok(self.app.db.read().await?)
    }

    /// The words of a text that hold in the town; read only where the town has changed any.
    pub async fn words(&self, text: Text) -> Result<String, Problem> {
        if !self.session.own_words {
            return Ok(text.default_words(self.session.operator).to_owned());
        }
        Ok(networks::words_of(&mut self.read().await?, &self.deed.scope, text).await?)
    }

    /// Refuses where the right is missing.
    pub fn need(&self, right: Right) -> Result<(), Problem> {
        Ok(self.deed.scope.need(right)?)
    }

    /// 303 to another page of this program, with a line for it.
    pub fn redirect(&self, path: &str, flash: Flash) -> Response {
        flash::redirect(path, &flash)
    }

    /// The way to take out the list of a page as it stands there: `tasks&state=open`; nothing for whoever
    /// may take out none.
    pub fn export(&self, list: &str) -> Markup {
        let href = format!("/exports?list={list}");
        html! {
            @if self.may(Right::Export) {
                p { (look::text_link(Link::new("この一覧をファイルに書き出す", &href))) }
            }
        }
    }

    /// Whether the account has the right.
    pub fn may(&self, right: Right) -> bool {
        self.deed.scope.rights.has(right)
    }
}

impl FromRequestParts<App> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Asked, Problem> {
        // Taken, not copied: a handler asks for it once.
        parts.extensions.remove().ok_or(Problem::Forbidden)
    }
}

/// A request on a public page.
#[derive(Clone)]
pub struct Visitor {
    /// The running program.
    pub app: App,
    /// The time of the request.
    pub now: Timestamp,
    /// Network address of the visitor.
    pub origin: String,
}

impl Visitor {
    /// Counts once more what came from this address in the minute under way; the address itself is
    /// not kept.
    pub fn count(&self, what: &'static str) -> i64 {
        let from = counted_as(&self.origin);
        self.app.rates.pass(&from, what, self.now)
    }

    /// The means of somebody without an account who opens a page of a town by its short name, and the
    /// town. Where they come from is not written down.
    pub async fn in_town(&self, short: &str) -> Result<(Deed, Town), Problem> {
        let mut conn = self.app.db.read().await?;
        let card = networks::find_town_by_short(&mut conn, short).await?;
        let network = card.ok_or(Problem::NotFound)?.id;
        // The keys may ask for a connection of their own.
        drop(conn);
        let deed = self.app.deed(Scope::public(network, String::new())).await?;
        let town = networks::find_town(&mut self.app.db.read().await?, &deed.scope).await?;
        Ok((deed, town.ok_or(Problem::NotFound)?))
    }

    /// The means of somebody without an account whose address says `network.secret`, and the hash
    /// of the secret. Where they come from is not written down.
    pub async fn behind(&self, token: &str) -> Result<Option<(Deed, [u8; 32])>, Problem> {
        let parts = token.split_once('.');
        let read = parts.and_then(|(network, secret)| {
            let network: NetworkId = network.parse().ok()?;
            Some((network, SecretToken::read(secret)?.hash()))
        });
        let Some((network, hash)) = read else {
            return Ok(None);
        };
        let scope = Scope::public(network, String::new());
        let town = networks::find_town(&mut self.app.db.read().await?, &scope).await?;
        if town.is_none() {
            return Ok(None);
        }
        Ok(Some((self.app.deed(scope).await?, hash)))
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Visitor, Problem> {
        parts.extensions.get().cloned().ok_or(Problem::Forbidden)
    }
}
