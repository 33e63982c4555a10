//! Pages of somebody's own: how it opens, what stands on it, and the counter's side.

mod counter;
mod entry;
mod page;

use axum::http::HeaderMap;
use maud::Markup;
use seal::SecretToken;

use super::rules::{Place, Refusal};
use crate::app::App;
use crate::deed::Deed;
use crate::front::look::{self, PublicShell};
use crate::front::{Access, Doors, Problem, Visitor, cookie_value};
use crate::networks::Town;
use crate::scope::Right;

/// The doors of own pages.
pub fn doors(doors: Doors) -> Doors {
    let (all, may) = (Access::Public, Access::Needs(Right::Supporters));
    doors
        .get("/m/{short}", all, entry::at_home)
        .get("/m/{short}/tablet", all, entry::at_tablet)
        .post("/m/{short}", all, entry::enter)
        .post("/m/{short}/leaving", all, entry::leave)
        .get("/m/{short}/page", all, page::page)
        .post("/m/{short}/days/{lesson}", all, page::sign_up)
        .post("/m/{short}/signups/{signup}", all, page::answer)
        .get("/station/supporters/{supporter}/own", may, counter::page)
        .post("/station/supporters/{supporter}/own", may, counter::set)
        .post(
            "/station/supporters/{supporter}/own/closing",
            may,
            counter::shut,
        )
}

/// Pages a minute from one address: a tablet that a queue passes, and some telephones behind one line.
const A_MINUTE: i64 = 120;

/// The cookie of an open page.
const COOKIE: &str = "mimamori-own";

/// Whose town.
struct Stand {
    deed: Deed,
    town: Town,
}

impl Stand {
    async fn of(visitor: &Visitor, short: &str) -> Result<Stand, Problem> {
        if visitor.count("own") > A_MINUTE {
            let words = "1分ほど待ってから、もう一度開いてください。";
            return Err(Problem::Slowed(words.to_owned()));
        }
        let (deed, town) = visitor.in_town(short).await?;
        Ok(Stand { deed, town })
    }

    /// Where it begins, and begins anew.
    fn start(&self, place: Place) -> String {
        match place {
            Place::Home => format!("/m/{}", self.town.short),
            Place::Tablet => format!("/m/{}/tablet", self.town.short),
        }
    }

    fn page(&self, title: &str, body: Markup) -> Markup {
        let shell = PublicShell {
            network_name: &self.town.name,
            ..PublicShell::default()
        };
        look::public_page(&shell, title, body)
    }

    /// The cookie of a visit; an empty one takes it away.
    fn cookie(&self, app: &App, secret: &str) -> String {
        let secure = if app.config.behind_tls {
            "; Secure"
        } else {
            ""
        };
        let short = &self.town.short;
        let age = if secret.is_empty() { "; Max-Age=0" } else { "" };
        format!("{COOKIE}={secret}; Path=/m/{short}; HttpOnly; SameSite=Strict{age}{secure}")
    }

    /// The screen goes back by itself once nobody is before it, with scripts and without.
    fn goes_back(&self, place: Place) -> (&'static str, String) {
        let seconds = place.seconds();
        ("refresh", format!("{seconds}; url={}", self.start(place)))
    }
}

/// The visit that the browser is in.
fn visit_of(headers: &HeaderMap) -> Option<[u8; 32]> {
    Some(SecretToken::read(cookie_value(headers, COOKIE)?)?.hash())
}

/// What is said of a refusal at the counter.
fn told(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::NotFour => "数字4けたで入れてください。",
        Refusal::Easy => {
            "ほかの人に当てられやすい番号です。誕生日などの日付、生まれた年、1234や1111や1212のような並び、電話番号の終わりの4けたのほかから選んでもらってください。"
        }
        Refusal::NoCard => {
            "使えるカードがないか、いまは入会していません。先に「カードを作って渡す」を押してください。"
        }
        _ => return None,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Courses(refusal)) => refusal.into(),
            (_, Refusal::Supporters(refusal)) => refusal.into(),
            (_, Refusal::SignUps(refusal)) => refusal.into(),
            (_, Refusal::Change(refusal)) => refusal.into(),
            (_, Refusal::Vouchers(refusal)) => refusal.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some(words), _) => Problem::refused(words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}
