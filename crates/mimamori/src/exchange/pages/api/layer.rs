//! Around the doors for programs: every refusal under `/api/v1` is a problem in JSON, whoever gave
//! it, a limit, a panic, or nobody at all.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::front::Fault;

/// Lets other addresses and answers through untouched.
pub async fn speak(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    match is_api && refused && !is_problem(&response) {
        true => translated(&response),
        false => response,
    }
}

fn is_problem(response: &Response) -> bool {
    let content = response.headers().get(CONTENT_TYPE);
    content.is_some_and(|value| value.as_bytes() == b"application/problem+json")
}

fn translated(response: &Response) -> Response {
    let mut answer = of_status(response.status()).into_response();
    if let Some(allow) = response.headers().get(ALLOW) {
        answer.headers_mut().insert(ALLOW, allow.clone());
    }
    answer
}

fn of_status(status: StatusCode) -> Fault {
    match status {
        StatusCode::NOT_FOUND => {
            Fault::not_found("このアドレスはありません。説明書（/api/v1）で確かめてください。")
        }
        StatusCode::METHOD_NOT_ALLOWED => Fault::method(
            "このアドレスは、この方法では呼び出せません。使える方法は Allow ヘッダーにあります。",
        ),
        StatusCode::REQUEST_TIMEOUT => Fault::timeout(
            "時間がかかりすぎたため、取りやめました。少し待ってから、もう一度お送りください。",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Fault::too_large("本文が長すぎます。1件ずつに分けて送ってください。")
        }
        StatusCode::FORBIDDEN => Fault::forbidden(
            "ほかのサイトのページからは呼び出せません。サーバーのプログラムから呼び出してください。",
        ),
        status if status.is_client_error() => {
            Fault::unreadable("要求を読み取れません。説明書（/api/v1）で確かめてください。")
        }
        _ => Fault::broken(
            "申し訳ありません。処理の途中で問題が起きました。もう一度お試しになり、続くときは町の管理者にお伝えください。",
        ),
    }
}
