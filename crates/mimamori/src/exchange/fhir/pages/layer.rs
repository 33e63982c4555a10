//! Around FHIR's doors: every answer under `/fhir` is FHIR, whoever gave it, the guard, a limit or
//! a panic; and nobody gets a form of it that they did not ask for.

use axum::extract::Request;
use axum::http::header::{ACCEPT, ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::answer::sent;
use crate::exchange::fhir::rules::outcome;
use crate::front::Fault;

/// Lets other addresses through untouched.
pub async fn speak(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path != "/fhir" && !path.starts_with("/fhir/") {
        return next.run(request).await;
    }
    if !wants_json(request.headers()) || asks_for_another_form(request.uri()) {
        let words = "JSON（application/fhir+json、fhirVersion=4.0）だけを返します。";
        return sent(StatusCode::NOT_ACCEPTABLE, &outcome("not-supported", words));
    }
    let response = next.run(request).await;
    let content = response.headers().get(CONTENT_TYPE);
    let is_fhir =
        content.is_some_and(|value| value.as_bytes().starts_with(b"application/fhir+json"));
    if is_fhir {
        response
    } else {
        translated(&response)
    }
}

fn wants_json(headers: &HeaderMap) -> bool {
    let mut said = headers.get_all(ACCEPT).iter().peekable();
    said.peek().is_none() || said.any(|value| value.to_str().is_ok_and(reads_json))
}

fn reads_json(accept: &str) -> bool {
    accept.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let other_version = parts.any(|part| {
            part.strip_prefix("fhirVersion=")
                .is_some_and(|version| !version.starts_with("4.0"))
        });
        let kinds = [
            "application/fhir+json",
            "application/json",
            "application/*",
            "*/*",
            "text/json",
        ];
        kinds.contains(&kind.as_str()) && !other_version
    })
}

/// `_format` in an address stands for the header where a client can't set one.
fn asks_for_another_form(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    let mut formats = query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("_format="));
    formats.any(|format| !format.to_ascii_lowercase().contains("json"))
}

/// An answer that was not meant for FHIR: with the words that programs are told, where it has any;
/// else by its status alone, since the rest of it is for people.
fn translated(response: &Response) -> Response {
    let status = match response.status() {
        // To the log-in page, which a program has no use for; or a page.
        status if status.is_redirection() || status.is_success() => StatusCode::NOT_FOUND,
        status => status,
    };
    let (code, words) = said(status);
    let words = match response.extensions().get::<Fault>() {
        Some(fault) => &fault.detail,
        None => words,
    };
    let mut answer = sent(status, &outcome(code, words));
    for name in [WWW_AUTHENTICATE, RETRY_AFTER, ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// FHIR's code for a status, and words.
fn said(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::UNAUTHORIZED => ("login", "トークンがないか、使えません。"),
        StatusCode::FORBIDDEN => ("forbidden", "この要求は許可されていません。"),
        StatusCode::NOT_FOUND => (
            "not-found",
            "このアドレスには何もありません。GET /fhir/metadata で確かめてください。",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "not-supported",
            "この操作はできません。できるのは、読むことと検索だけです。",
        ),
        StatusCode::TOO_MANY_REQUESTS => ("throttled", "しばらくお待ちください。"),
        StatusCode::PAYLOAD_TOO_LARGE => ("too-long", "送られた本文が長すぎます。"),
        StatusCode::REQUEST_TIMEOUT => (
            "timeout",
            "時間がかかりすぎたため、取りやめました。少し待ってからお試しください。",
        ),
        status if status.is_client_error() => (
            "invalid",
            "要求を読み取れません。検索の本文は application/x-www-form-urlencoded で送ってください。",
        ),
        _ => (
            "exception",
            "申し訳ありません。処理の途中で問題が起きました。もう一度お試しになり、続くときは町の管理者にお伝えください。",
        ),
    }
}
