//! A form that arrived after the session had ended: it is kept on the log-in page and goes on from
//! there. Nothing of it is stored; the browser holds it in hidden fields all the way.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::Visitor;
use super::look::{Tone, hidden, notice};
use super::problem::Problem;
use super::sign_in::{SignInForm, sign_in_page};
use crate::networks;
use crate::staff::SessionCookie;

/// The name of the hidden field that carries it.
pub const KEPT: &str = "kept";

/// A form as it was sent: where to, and its fields in order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    path: String,
    fields: Vec<(String, String)>,
}

impl Kept {
    /// Reads the hidden field; only forms for this program's own deeds count.
    pub fn read(text: &str) -> Option<Kept> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        let own =
            kept.path.starts_with('/') && !kept.path.starts_with("//") && !kept.path.contains('\\');
        own.then_some(kept)
    }

    /// The hidden field for the next step of the log-in.
    pub fn field(&self) -> Markup {
        hidden(KEPT, &serde_json::to_string(self).unwrap_or_default())
    }

    /// The form again, with a button that sends it.
    pub fn form(&self) -> Markup {
        html! {
            form.sheet-form method="post" action=(self.path) {
                @for (name, value) in &self.fields { (hidden(name, value)) }
                button.button.primary type="submit" { "続ける" }
            }
        }
    }
}

/// The log-in page with the form in it.
pub(super) async fn answer(
    visitor: Visitor,
    cookie: Option<SessionCookie>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    let kept = match path.as_str() {
        "/logout" => None,
        _ => kept_of(path, request).await,
    };
    match page(&visitor, cookie, kept).await {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn kept_of(path: String, request: Request) -> Option<Kept> {
    let form: Form<Vec<(String, String)>> = Form::from_request(request, &()).await.ok()?;
    let mut fields = form.0;
    // A password is typed again rather than written into a page.
    fields.retain(|(name, _)| !name.contains("password"));
    Some(Kept { path, fields })
}

async fn page(
    visitor: &Visitor,
    cookie: Option<SessionCookie>,
    kept: Option<Kept>,
) -> Result<Markup, Problem> {
    let towns = networks::list_towns(&mut visitor.app.db.read().await?).await?;
    let town = cookie.and_then(|cookie| towns.iter().find(|town| town.id == cookie.network));
    let form = SignInForm {
        town: town.map(|town| town.short.clone()).unwrap_or_default(),
        kept: kept
            .as_ref()
            .map(|kept| serde_json::to_string(kept).unwrap_or_default())
            .unwrap_or_default(),
        ..SignInForm::default()
    };
    Ok(sign_in_page(
        &towns,
        &form,
        &Default::default(),
        Some(words(kept.is_some())),
    ))
}

fn words(kept: bool) -> Markup {
    let body = if kept {
        "しばらく操作がなかったため、ログアウトしました。入力した内容は残っています。ログインすると続きから送れます。"
    } else {
        "しばらく操作がなかったため、ログアウトしました。ファイルなどは残せないため、ログインしてからもう一度お送りください。"
    };
    notice(
        Tone::Notice,
        "もう一度ログインしてください",
        html! { p { (body) } },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_kept() {
        let read = |path: &str| Kept::read(&format!(r#"{{"path":"{path}","fields":[["a","b"]]}}"#));
        assert!(read("/people/1").is_some());
        for away in [
            "//example.com",
            "https://example.com",
            "people",
            "/\\\\example.com",
        ] {
            assert!(read(away).is_none(), "{away}");
        }
    }
}
