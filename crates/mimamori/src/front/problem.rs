//! What goes wrong on a page, and the words for it.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::look::{self, PublicShell};
use super::shell::back_value;
use crate::networks::VaultError;
use crate::scope::NoRight;

/// Everything a page can answer instead of its page.
#[derive(Debug)]
pub enum Problem {
    /// Not there, or another town's.
    NotFound,
    /// The account may not do that.
    Forbidden,
    /// The session is over or there is none; after log-in it goes on at `back`.
    SignIn {
        /// Path to go on with.
        back: String,
    },
    /// The form again, as typed, with words beside the fields.
    Refused(Markup),
    /// Somebody saved in between: both versions, side by side.
    Changed(Markup),
    /// Too many tries; words that say when to go on.
    Slowed(String),
    /// A fault of the program: an incident number for the person, the cause in the log.
    Broken(anyhow::Error),
}

impl Problem {
    /// Refused in one sentence, where there is no form to show again.
    pub fn refused(words: &str) -> Problem {
        Problem::Refused(plain_page("この操作はできませんでした", words))
    }

    /// Somebody saved in between; the person looks at the page at `back` and decides anew.
    pub fn changed(back: &str) -> Problem {
        let body = html! {
            p { "開いているあいだに、ほかの人が先に保存しました。いまの内容を確かめてから、もう一度入力してください。" }
            p { a href=(back) { "いまの内容を見る" } }
        };
        Problem::Changed(look::public_page(
            &SHELL,
            "ほかの人が先に保存しました",
            body,
        ))
    }
}

impl From<db::Error> for Problem {
    fn from(error: db::Error) -> Problem {
        Problem::Broken(error.into())
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Problem {
        Problem::Broken(error.into())
    }
}

impl From<seal::SealError> for Problem {
    fn from(error: seal::SealError) -> Problem {
        Problem::Broken(error.into())
    }
}

impl From<NoRight> for Problem {
    fn from(_: NoRight) -> Problem {
        Problem::Forbidden
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Problem::NotFound => plain(
                StatusCode::NOT_FOUND,
                "見つかりません",
                "このページ、またはこの記録はありません。削除されたか、別の町のものかもしれません。",
            ),
            Problem::Forbidden => plain(
                StatusCode::FORBIDDEN,
                "この操作はできません",
                "いまのアカウントには、この操作をする権限がありません。必要なときは町の管理者にご相談ください。",
            ),
            Problem::SignIn { back } => {
                Redirect::to(&format!("/login?back={}", back_value(&back))).into_response()
            }
            Problem::Refused(page) => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
            Problem::Changed(page) => (StatusCode::CONFLICT, page).into_response(),
            Problem::Slowed(words) => plain(
                StatusCode::TOO_MANY_REQUESTS,
                "しばらくお待ちください",
                &words,
            ),
            Problem::Broken(error) => broken(&error),
        }
    }
}

/// The answer after a panic: the same page; the panic hook has logged where.
pub fn panicked() -> Response {
    broken(&anyhow::anyhow!("a handler panicked"))
}

/// Counts the incidents of this run, so that a page and a log line can be matched.
static INCIDENTS: AtomicU32 = AtomicU32::new(1);

/// The number is for the telephone; the cause is logged once, without personal data.
pub(super) fn incident(error: &anyhow::Error) -> String {
    let count = INCIDENTS.fetch_add(1, Ordering::Relaxed);
    let incident = format!("{}-{count}", std::process::id());
    tracing::error!(incident, cause = format!("{error:#}"), "a request broke");
    incident
}

fn broken(error: &anyhow::Error) -> Response {
    let incident = incident(error);
    let words = format!(
        "申し訳ありません。処理の途中で問題が起きました。入力は保存されていません。\
         もう一度お試しになり、続くときは受付番号 {incident} を管理者にお伝えください。"
    );
    plain(
        StatusCode::INTERNAL_SERVER_ERROR,
        "問題が起きました",
        &words,
    )
}

const SHELL: PublicShell<'static> = PublicShell {
    network_name: "見守りネットワーク",
    languages: &[],
    refresh: None,
};

fn plain(status: StatusCode, title: &str, words: &str) -> Response {
    (status, plain_page(title, words)).into_response()
}

fn plain_page(title: &str, words: &str) -> Markup {
    let body = html! {
        p { (words) }
        p { a href="/" { "最初の画面へ" } }
    };
    look::public_page(&SHELL, title, body)
}
