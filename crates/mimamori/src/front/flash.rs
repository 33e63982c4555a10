//! What was just done, shown once on the next page: carried by a cookie that lives a minute.
//!
//! Names of people don't belong into it: 「保存しました」, not 「佐藤さんを保存しました」.

use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::guard::cookie_value;
use super::look::{self, Tone, Undo};

const COOKIE: &str = "mimamori_flash";

/// A line for the next page: `asked.redirect("/staff", Flash::done("停止しました"))`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    good: bool,
    text: String,
    undo: Option<(String, String)>,
}

impl Flash {
    /// Something was done.
    pub fn done(text: &str) -> Flash {
        Flash {
            good: true,
            text: text.to_owned(),
            undo: None,
        }
    }

    /// Something was not done, and why.
    pub fn not_done(text: &str) -> Flash {
        Flash {
            good: false,
            text: text.to_owned(),
            undo: None,
        }
    }

    /// With a button that takes it back: its label, and where it posts to.
    pub fn undo(self, label: &str, action: &str) -> Flash {
        let undo = Some((label.to_owned(), action.to_owned()));
        Flash { undo, ..self }
    }

    /// As the frame of a page shows it.
    pub(super) fn shown(&self) -> look::Flash {
        let undo = self.undo.clone();
        look::Flash {
            tone: if self.good { Tone::Good } else { Tone::Warning },
            text: self.text.clone(),
            undo: undo.map(|(label, action)| Undo { label, action }),
        }
    }

    fn cookie(&self) -> String {
        let (label, action) = self.undo.clone().unwrap_or_default();
        let good = if self.good { "1" } else { "0" };
        let parts = [good, &self.text, &label, &action];
        let coded = parts.map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string());
        format!(
            "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
            coded.join(".")
        )
    }
}

/// The line that the last answer left for this page.
pub(super) fn read(headers: &HeaderMap) -> Option<Flash> {
    let value = cookie_value(headers, COOKIE)?;
    let mut parts = value.split('.').map(|part| {
        let text = percent_decode_str(part).decode_utf8();
        text.map(|text| text.into_owned()).unwrap_or_default()
    });
    let (good, text) = (parts.next()? == "1", parts.next()?);
    let undo = parts.next().zip(parts.next());
    let undo = undo.filter(|(_, action)| action.starts_with('/') && !action.starts_with("//"));
    Some(Flash { good, text, undo })
}

/// Takes the cookie away with the answer that showed it; leaves a new line alone.
pub(super) fn forget(mut response: Response) -> Response {
    let sets_anew = response
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .any(|value| value.as_bytes().starts_with(COOKIE.as_bytes()));
    if !sets_anew {
        let gone =
            HeaderValue::from_static("mimamori_flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        response.headers_mut().append(SET_COOKIE, gone);
    }
    response
}

/// 303 to another page, with a line for it.
pub(super) fn redirect(path: &str, flash: &Flash) -> Response {
    let headers = [(LOCATION, path.to_owned()), (SET_COOKIE, flash.cookie())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn sent_back(flash: &Flash) -> Option<Flash> {
        let cookie = flash.cookie();
        let pair = cookie.split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(axum::http::header::COOKIE, pair.parse().unwrap());
        read(&headers)
    }

    #[test]
    fn a_line_comes_back_as_it_was() {
        let plain = Flash::done("保存しました。");
        assert_eq!(sent_back(&plain).unwrap().text, "保存しました。");
        let undo = Flash::not_done("a;b=c.d").undo("元にもどす", "/staff/1/restore");
        assert_eq!(sent_back(&undo), Some(undo));
    }

    #[test]
    fn an_undo_leads_nowhere_else() {
        let away = Flash::done("x").undo("y", "//example.com/");
        assert_eq!(sent_back(&away).unwrap().undo, None);
    }
}
