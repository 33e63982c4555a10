//! Address and password.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{factor, words};
use crate::app::App;
use crate::front::look::{Problems, PublicShell, Tone, notice, public_page};
use crate::front::{Kept, Problem, SignInForm, Visitor, agent_of, session_cookie, sign_in_page};
use crate::networks::{self, TownCard};
use crate::scope::Scope;
use crate::staff::acts::{self, Opened, Refusal};
use crate::staff::rules::Stage;

/// Where to go on, out of the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Back {
    pub back: String,
}

/// The form.
pub async fn show(visitor: Visitor, Query(back): Query<Back>) -> Result<Markup, Problem> {
    let typed = SignInForm {
        back: back.back,
        ..SignInForm::default()
    };
    Ok(sign_in_page(
        &towns(&visitor).await?,
        &typed,
        &Problems::default(),
        None,
    ))
}

/// The form with the town chosen: an address to keep among the favourites.
pub async fn show_of(visitor: Visitor, Path(short): Path<String>) -> Result<Markup, Problem> {
    let towns = towns(&visitor).await?;
    let known = towns.iter().any(|town| town.short == short);
    if !known {
        return Err(Problem::NotFound);
    }
    let typed = SignInForm {
        town: short,
        ..SignInForm::default()
    };
    Ok(sign_in_page(&towns, &typed, &Problems::default(), None))
}

async fn towns(visitor: &Visitor) -> Result<Vec<TownCard>, Problem> {
    Ok(networks::list_towns(&mut visitor.app.db.read().await?).await?)
}

/// Takes address and password.
pub async fn enter(
    visitor: Visitor,
    headers: HeaderMap,
    Form(typed): Form<SignInForm>,
) -> Result<Response, Problem> {
    let towns = towns(&visitor).await?;
    let (town, problems) = check(&towns, &typed);
    let Some(town) = town.filter(|_| problems.is_empty()) else {
        return Ok(again(
            &towns,
            &typed,
            &problems,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    let scope = Scope::public(town.id, visitor.origin.clone());
    let deed = visitor.app.deed(scope).await?;
    let (email, password) = (typed.email.clone(), typed.password.clone());
    let tried =
        acts::try_password(&visitor.app.db, &deed, email, password, agent_of(&headers)).await;
    let status = match &tried {
        Err(Refusal::Slowed(_)) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    match tried {
        Ok(opened) => Ok(go_on(
            &visitor.app,
            &town.name,
            &opened,
            &typed.back,
            &typed.kept,
        )),
        Err(
            refusal @ (Refusal::NotLetIn
            | Refusal::Slowed(_)
            | Refusal::TermAhead(_)
            | Refusal::TermOver(_)),
        ) => {
            let mut problems = Problems::default();
            problems.add("password", words(&refusal));
            Ok(again(&towns, &typed, &problems, status))
        }
        Err(other) => Err(other.into()),
    }
}

fn check<'a>(towns: &'a [TownCard], typed: &SignInForm) -> (Option<&'a TownCard>, Problems) {
    let mut problems = Problems::default();
    let town = match towns {
        [only] => Some(only),
        towns => towns.iter().find(|town| town.short == typed.town),
    };
    if town.is_none() {
        problems.add("town", "町を選んでください。");
    }
    if typed.email.trim().is_empty() {
        problems.add("email", "メールアドレスを入れてください。");
    }
    if typed.password.is_empty() {
        problems.add("password", "パスワードを入れてください。");
    }
    (town, problems)
}

fn again(
    towns: &[TownCard],
    typed: &SignInForm,
    problems: &Problems,
    status: StatusCode,
) -> Response {
    (status, sign_in_page(towns, typed, problems, None)).into_response()
}

/// After the password or the second factor: the next step, the kept form, or the page asked for.
pub fn go_on(app: &App, town: &str, opened: &Opened, back: &str, kept: &str) -> Response {
    let cookie = [(SET_COOKIE, session_cookie(app, &opened.cookie))];
    let page = match (opened.stage, opened.has_factor) {
        (Stage::Half, true) => factor::code_page(town, back, kept, &Problems::default()),
        (Stage::Half, false) => factor::setup_ahead(town, back, kept),
        (Stage::Full, _) => match Kept::read(kept) {
            Some(kept) => kept_page(town, &kept),
            None => return (cookie, Redirect::to(local(back))).into_response(),
        },
    };
    (cookie, page).into_response()
}

/// The form that waited, ready to be sent.
pub fn kept_page(town: &str, kept: &Kept) -> Markup {
    let shell = PublicShell {
        network_name: town,
        languages: &[],
        ..PublicShell::default()
    };
    let body = html! {
        (notice(Tone::Good, "ログインしました", html! {
            p { "先ほど入力した内容は、まだ送られていません。「続ける」を押すと送ります。" }
        }))
        (kept.form())
        p { a href="/" { "送らずに最初の画面へ" } }
    };
    public_page(&shell, "入力の続き", body)
}

/// Only paths of this program are gone on to.
pub fn local(back: &str) -> &str {
    // Browsers drop tabs and line ends before they read an address: "/\t/example.com" is "//…".
    let plain = |byte: u8| (0x21..=0x7e).contains(&byte) && byte != b'\\';
    let own = back.starts_with('/') && !back.starts_with("//") && back.bytes().all(plain);
    if own { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_pages_are_gone_on_to() {
        assert_eq!(local("/people/1"), "/people/1");
        for away in [
            "//example.com",
            "https://example.com",
            "/\\example.com",
            "/\t/example.com",
            "/\n/example.com",
            "/\r\n/example.com",
            "",
        ] {
            assert_eq!(local(away), "/");
        }
    }
}
