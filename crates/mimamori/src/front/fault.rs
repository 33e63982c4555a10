//! What goes wrong for another program: RFC 9457, with words that say how to mend it.

use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::problem::{Problem, incident};
use crate::networks::VaultError;
use crate::scope::NoRight;

/// One field that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// Its place in the body: `contacts/0/phones/1`.
    pub field: String,
    /// What is wrong with it.
    pub detail: String,
}

/// An answer instead of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The status.
    pub status: StatusCode,
    /// A short name that programs tell faults apart by; also where the guide speaks of it.
    pub code: &'static str,
    /// The fault in a few words, always the same for a code.
    pub title: &'static str,
    /// What to do about it; names no person.
    pub detail: String,
    /// The fields that can't be taken.
    pub errors: Vec<Wrong>,
    /// Seconds after which to try again.
    pub retry_after: Option<i64>,
}

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident $status:ident $code:literal $title:literal),* $(,)?) => {
        impl Fault {
            $($(#[$doc])* pub fn $name(detail: impl Into<String>) -> Fault {
                Fault {
                    status: StatusCode::$status,
                    code: $code,
                    title: $title,
                    detail: detail.into(),
                    errors: Vec::new(),
                    retry_after: None,
                }
            })*

            /// Every fault: status, code and title, as the guide lists them.
            pub const ALL: &[(StatusCode, &'static str, &'static str)] =
                &[$((StatusCode::$status, $code, $title)),*];
        }
    };
}

faults! {
    /// The request itself can't be read.
    unreadable BAD_REQUEST "unreadable" "要求を読み取れません",
    /// There is no token, or none that opens anything.
    token UNAUTHORIZED "token" "トークンが使えません",
    /// The system may not do that.
    forbidden FORBIDDEN "forbidden" "許可されていません",
    /// Another center's person: the purpose has to be said first.
    purpose FORBIDDEN "purpose_needed" "目的の記録が必要です",
    /// Not there, or another town's.
    not_found NOT_FOUND "not_found" "見つかりません",
    /// The path does not know the method.
    method METHOD_NOT_ALLOWED "method" "この方法では呼び出せません",
    /// It took too long.
    timeout REQUEST_TIMEOUT "timeout" "時間切れです",
    /// The state of things does not allow it.
    conflict CONFLICT "conflict" "いまの状態ではできません",
    /// Somebody saved in between.
    changed PRECONDITION_FAILED "changed" "先に変更されています",
    /// The body is larger than any may be.
    too_large PAYLOAD_TOO_LARGE "too_large" "本文が大きすぎます",
    /// The body is not JSON by its own word.
    media UNSUPPORTED_MEDIA_TYPE "media" "本文の形式がちがいます",
    /// Fields that can't be taken.
    fields UNPROCESSABLE_ENTITY "fields" "入力に誤りがあります",
    /// A change without the version it was made from.
    version PRECONDITION_REQUIRED "version_needed" "If-Match が必要です",
    /// Too many requests, or too many misses.
    slowed TOO_MANY_REQUESTS "slowed" "しばらくお待ちください",
    /// A fault of the program.
    broken INTERNAL_SERVER_ERROR "broken" "処理できませんでした",
}

impl Fault {
    /// The same fault with one more field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>, detail: impl Into<String>) -> Fault {
        self.errors.push(Wrong {
            field: field.into(),
            detail: detail.into(),
        });
        self
    }

    /// The same fault with the seconds to wait.
    #[must_use]
    pub fn after(mut self, seconds: i64) -> Fault {
        self.retry_after = Some(seconds.max(1));
        self
    }

    /// Where the guide explains the code.
    pub fn address(code: &str) -> String {
        format!("/api/v1#{code}")
    }
}

/// The body of the answer.
#[derive(Serialize)]
struct Told<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "<[Wrong]>::is_empty")]
    errors: &'a [Wrong],
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let told = Told {
            r#type: Fault::address(self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            errors: &self.errors,
        };
        let body = serde_json::to_vec(&told).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        let problem = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, problem);
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Whoever speaks another format (FHIR) finds the fault itself here.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Fault {
        match problem {
            Problem::NotFound => Fault::not_found(NOT_THERE),
            Problem::Forbidden => Fault::from(NoRight),
            Problem::SignIn { .. } => {
                Fault::token("Authorization ヘッダーに、有効なトークンを入れてください。")
            }
            Problem::Refused(_) => {
                Fault::fields("この内容では受け付けられません。入力を確かめてください。")
            }
            Problem::Changed(_) => Fault::changed(CHANGED),
            Problem::Slowed(words) => Fault::slowed(words),
            Problem::Broken(error) => Fault::broken(format!(
                "申し訳ありません。処理の途中で問題が起きました。続くときは、受付番号 {} を町の管理者にお伝えください。",
                incident(&error)
            )),
        }
    }
}

const NOT_THERE: &str = "この記録はありません。番号（ID）を確かめてください。";
const CHANGED: &str = "読んだあとに、ほかの人が保存しました。もう一度読み、その ETag を If-Match に入れて送ってください。";

impl From<NoRight> for Fault {
    fn from(_: NoRight) -> Fault {
        Fault::forbidden(
            "このシステムには、この操作が許可されていません。必要なときは町の管理者にご相談ください。",
        )
    }
}

macro_rules! through_problem {
    ($($error:ty),*) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Fault {
                Problem::from(error).into()
            }
        }
    )*};
}

through_problem!(VaultError, seal::SealError);

impl From<db::Error> for Fault {
    fn from(error: db::Error) -> Fault {
        match error {
            db::Error::Changed => Fault::changed(CHANGED),
            error => Problem::Broken(error.into()).into(),
        }
    }
}

impl From<JsonRejection> for Fault {
    fn from(rejection: JsonRejection) -> Fault {
        match rejection.status() {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Fault::media("Content-Type を application/json にして送ってください。")
            }
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            StatusCode::UNPROCESSABLE_ENTITY => Fault::fields(
                "本文の項目が、説明書（/api/v1/openapi.json）の形と合いません。項目の名前と型を確かめてください。",
            )
            .at(place(&rejection.body_text()), "型または値が合いません。"),
            _ => Fault::unreadable("本文をJSONとして読み取れません。文字コードはUTF-8にしてください。"),
        }
    }
}

fn too_large() -> Fault {
    Fault::too_large("本文が長すぎます。1件ずつに分けて送ってください。")
}

/// The place that serde names before its first colon, as far as it names one; values never stand
/// there.
fn place(text: &str) -> String {
    let said = text
        .strip_prefix("Failed to deserialize the JSON body into the target type: ")
        .and_then(|rest| rest.split_once(": "));
    let named = said.map(|(place, _)| place);
    named
        .filter(|place| !place.contains(' ') && place.len() < 100)
        .unwrap_or_default()
        .replace('.', "/")
}

impl From<BytesRejection> for Fault {
    fn from(_: BytesRejection) -> Fault {
        too_large()
    }
}

impl From<PathRejection> for Fault {
    fn from(_: PathRejection) -> Fault {
        Fault::not_found(NOT_THERE)
    }
}

impl From<QueryRejection> for Fault {
    fn from(_: QueryRejection) -> Fault {
        Fault::unreadable(
            "アドレスの「?」から後ろを読み取れません。項目の名前と値を確かめてください。",
        )
    }
}
