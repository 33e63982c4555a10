//! What a finder writes: the same fields on the page behind the QR and where they write more.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::words::Words;
use crate::board::rules::{Position, Refusal, Said};
use crate::front::Problem;
use crate::front::look::{self, Field, Kind, Tone, field};

/// The form as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub key: String,
    pub lang: String,
    pub place: String,
    pub how: String,
    pub phone: String,
    pub position: String,
    /// `yes` where it is no practice although a drill runs.
    pub real: String,
}

impl Typed {
    /// What is said. A position that can't be read as one goes with the place.
    pub fn said(&self) -> Said {
        let position = Position::read(&self.position);
        let place = match position {
            None if !self.position.trim().is_empty() => {
                format!("{} {}", self.place, self.position)
            }
            _ => self.place.clone(),
        };
        Said {
            place,
            words: self.how.clone(),
            phone: self.phone.clone(),
            position,
            reply: String::new(),
        }
    }
}

/// The fields and the button.
pub fn form(action: &str, words: &Words, typed: &Typed, extra: Markup) -> Markup {
    let text = |name, label, hint, value, kind| {
        field(&Field {
            name,
            label,
            hint,
            value,
            kind,
            ..Field::default()
        })
    };
    look::form(
        action,
        html! {
            (look::hidden("key", &typed.key))
            (look::hidden("lang", words.code))
            (text("place", words.place, words.place_hint, &typed.place, Kind::Textarea))
            (text("how", words.how, words.how_hint, &typed.how, Kind::Textarea))
            (position(words, &typed.position))
            (text("phone", words.phone, words.phone_hint, &typed.phone, Kind::Tel))
            (extra)
            (look::buttons(words.send, None))
        },
    )
}

/// Shown by the script, which alone can fill it; the button asks the telephone when it is pressed
/// and never before.
fn position(words: &Words, value: &str) -> Markup {
    html! {
        div hidden data-position data-asking=(words.position_asking) data-found=(words.position_found)
            data-failed=(words.position_failed) {
            (field(&Field { name: "position", label: words.position, value, ..Field::default() }))
            p { button.button.secondary type="button" { (words.position_ask) } }
            p role="status" {}
        }
    }
}

/// Why it was not taken in, in the finder's language, and with which status.
pub fn told(refusal: &Refusal, words: &Words) -> Option<(StatusCode, &'static str)> {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match refusal {
        Refusal::Nothing => Some((unprocessable, words.nothing)),
        Refusal::TooLong => Some((unprocessable, words.too_long)),
        Refusal::Wait => Some((StatusCode::TOO_MANY_REQUESTS, words.wait)),
        _ => None,
    }
}

/// The same above the form.
pub fn why(words: &str) -> Markup {
    html! { div role="alert" { (look::notice(Tone::Warning, words, html! {})) } }
}

/// A page on which the telephone may be asked where it is: this header opens what every other page
/// forbids.
pub fn may_ask_position(status: StatusCode, page: Markup) -> Response {
    let policy = HeaderValue::from_static(
        "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
    );
    let name = HeaderName::from_static("permissions-policy");
    (status, [(name, policy)], page).into_response()
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound | Refusal::Ended => Problem::NotFound,
            Refusal::NoRight(_) | Refusal::Desk(crate::desk::Refusal::NoRight(_)) => {
                Problem::Forbidden
            }
            Refusal::Desk(crate::desk::Refusal::NotFound)
            | Refusal::People(crate::people::Refusal::NotFound) => Problem::NotFound,
            other => Problem::Broken(other.into()),
        }
    }
}
