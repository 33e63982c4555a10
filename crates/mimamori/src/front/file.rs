//! A file that whoever asked for it keeps; it is never shown in the page's place.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A workbook or a table of text, as its name ends; the name says nothing of anybody.
pub fn download(name: &str, bytes: Vec<u8>) -> Response {
    let kind = match name.ends_with(".xlsx") {
        true => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        false => "text/csv",
    };
    let named = format!("attachment; filename=\"{name}\"");
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, named),
    ];
    (headers, bytes).into_response()
}
