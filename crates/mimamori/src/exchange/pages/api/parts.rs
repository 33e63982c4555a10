//! What handlers for programs take out of a request, refused as [`Fault`]s.

use std::str::FromStr;

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::exchange::rules::Reader;
use crate::front::Fault;

/// The body as JSON.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Body<T>, Fault> {
        let Json(body) = Json::from_request(request, app).await?;
        Ok(Body(body))
    }
}

/// The id in the path; what is none is not there.
pub struct Id<T>(pub T);

impl<T: FromStr + Send> FromRequestParts<App> for Id<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Id<T>, Fault> {
        let Path(text) = Path::<String>::from_request_parts(parts, app).await?;
        text.parse().map(Id).map_err(|_| not_there())
    }
}

/// Nothing of this town stands under that id.
pub fn not_there() -> Fault {
    crate::front::Problem::NotFound.into()
}

/// What stands behind the `?`.
pub struct Asking<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asking<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Asking<T>, Fault> {
        let Query(asking) = Query::from_request_parts(parts, app).await?;
        Ok(Asking(asking))
    }
}

/// The version that a change was made from: `If-Match: "3"`.
pub struct Version(pub i64);

impl FromRequestParts<App> for Version {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Version, Fault> {
        let Some(value) = parts.headers.get(IF_MATCH) else {
            return Err(Fault::version(
                "読んだときの ETag（例：\"3\"）を If-Match ヘッダーに入れて送ってください。ほかの人の変更を消さないためです。",
            ));
        };
        let text = value.to_str().ok();
        let text = text.and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
        let number = text.and_then(|text| text.parse().ok());
        number.map(Version).ok_or_else(|| {
            Fault::unreadable(
                "If-Match は、読んだときの ETag をそのまま（例：\"3\"）入れてください。",
            )
        })
    }
}

/// The version of what is shown.
pub fn etag(version: i64) -> [(HeaderName, HeaderValue); 1] {
    let text = format!("\"{version}\"");
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("\"0\""));
    [(ETAG, value)]
}

/// What was read, or every field that can't be taken.
pub fn read_or<T>(read: Option<T>, reader: Reader) -> Result<T, Fault> {
    let wrong = reader.wrong();
    match read.filter(|_| wrong.is_empty()) {
        Some(value) => Ok(value),
        None => {
            let fault = Fault::fields("読み取れない項目があります。errors を見て直してください。");
            Err(wrong
                .into_iter()
                .fold(fault, |fault, (field, words)| fault.at(field, words)))
        }
    }
}
