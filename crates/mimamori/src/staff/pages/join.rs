//! An invitation is opened and accepted.

use axum::Form;
use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use seal::SecretToken;
use serde::Deserialize;

use super::sign_in::go_on;
use super::words;
use crate::deed::Deed;
use crate::front::look::{
    Field, Kind, Problems, PublicShell, buttons, field, form, problem_summary, public_page,
};
use crate::front::{Problem, Visitor, agent_of, lasting_cookie};
use crate::networks::{self, Town, VaultError};
use crate::scope::Scope;
use crate::staff::acts::{self, Refusal};
use crate::staff::rules::{Account, Card, Stage, check_password};

/// The form as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct JoinForm {
    name: String,
    password: String,
    password_again: String,
}

/// A link that works: its town, its account, its secret.
struct Opened {
    deed: Deed,
    town: Town,
    account: Account,
    secret: SecretToken,
}

async fn open(visitor: &Visitor, token: &str) -> Result<Opened, Problem> {
    let over = || Problem::refused(&words(&Refusal::InvitationOver));
    let (network, secret) = token.split_once('.').ok_or_else(over)?;
    let (network, secret) = (network.parse().ok(), SecretToken::read(secret));
    let (network, secret) = network.zip(secret).ok_or_else(over)?;
    let scope = Scope::public(network, visitor.origin.clone());
    let deed = match visitor.app.deed(scope).await {
        Err(VaultError::NoTown) => return Err(over()),
        deed => deed?,
    };
    let account = acts::find_invited(&visitor.app.db, &deed, &secret).await?;
    let town = networks::find_town(&mut visitor.app.db.read().await?, &deed.scope).await?;
    let town = town.ok_or(Problem::NotFound)?;
    Ok(Opened {
        deed,
        town,
        account,
        secret,
    })
}

/// The form of an invitation.
pub async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Markup, Problem> {
    let opened = open(&visitor, &token).await?;
    if opened.account.is_tablet() {
        return Ok(tablet(&opened, &token));
    }
    let typed = JoinForm {
        name: opened.account.card.name.clone(),
        ..JoinForm::default()
    };
    Ok(page(&opened, &token, &typed, &Problems::default()))
}

fn page(opened: &Opened, token: &str, typed: &JoinForm, problems: &Problems) -> Markup {
    let shell = PublicShell {
        network_name: &opened.town.name,
        languages: &[],
        ..PublicShell::default()
    };
    let password = |name, label, hint| {
        field(&Field {
            name,
            label,
            hint,
            required: true,
            kind: Kind::Password,
            autocomplete: "new-password",
            problem: problems.of(name),
            ..Field::default()
        })
    };
    let body = html! {
        p { (opened.town.name) "に「" (opened.account.place.role.word()) "」として招待されています。" }
        p { "ログインに使うメールアドレス：" strong { (opened.account.card.email) } }
        (problem_summary(problems))
        (form(&format!("/join/{token}"), html! {
            (field(&Field { name: "name", label: "お名前", hint: "同僚に見える名前です。", value: &typed.name,
                required: true, autocomplete: "name", problem: problems.of("name"), ..Field::default() }))
            (password("password", "パスワード", "12文字以上。短い言葉をいくつか並べると、長くても覚えやすくなります。"))
            (password("password_again", "パスワード（もう一度）", ""))
            (buttons("はじめる", None))
        }))
    };
    public_page(&shell, "はじめての設定", body)
}

/// Accepts the invitation and signs in.
pub async fn accept(
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(typed): Form<JoinForm>,
) -> Result<Response, Problem> {
    let opened = open(&visitor, &token).await?;
    if opened.account.is_tablet() {
        return begin_tablet(&visitor, &opened, &headers).await;
    }
    let problems = check(&opened, &typed);
    if !problems.is_empty() {
        let page = page(&opened, &token, &typed, &problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (db, deed) = (&visitor.app.db, &opened.deed);
    let hash = acts::hash_password(deed, typed.password).await?;
    let name = typed.name.trim().to_owned();
    let staff = acts::accept(db, deed, &opened.secret, name, hash).await?;
    let stage = match opened.account.must_have_factor(opened.town.second_factor) {
        true => Stage::Half,
        false => Stage::Full,
    };
    let session = acts::open_session(db, deed, staff, stage, agent_of(&headers)).await?;
    Ok(go_on(&visitor.app, &opened.town.name, &session, "/", ""))
}

/// The tablet that shows this becomes the door's.
fn tablet(opened: &Opened, token: &str) -> Markup {
    let shell = PublicShell {
        network_name: &opened.town.name,
        ..PublicShell::default()
    };
    let body = html! {
        p { "いま見ているこの端末を、「" (opened.account.card.name) "」として、講座の受付に使えるようにします。" }
        p { "この端末では、今日の講座に来た方の受付だけができます。だれの記録も見られません。" }
        p { "ご自分のスマートフォンやパソコンでは押さないでください。使うのをやめるとき、端末をなくしたときは、町の管理者が「職員」の画面で止めます。" }
        (form(&format!("/join/{token}"), buttons("この端末を受付に使う", None)))
    };
    public_page(&shell, "受付のタブレット", body)
}

async fn begin_tablet(
    visitor: &Visitor,
    opened: &Opened,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let (db, deed) = (&visitor.app.db, &opened.deed);
    let staff = acts::accept_tablet(db, deed, &opened.secret).await?;
    let session = acts::open_session(db, deed, staff, Stage::Full, agent_of(headers)).await?;
    let cookie = [(SET_COOKIE, lasting_cookie(&visitor.app, &session.cookie))];
    Ok((cookie, Redirect::to("/station/door")).into_response())
}

fn check(opened: &Opened, typed: &JoinForm) -> Problems {
    let mut problems = Problems::default();
    let name = typed.name.trim();
    if name.is_empty() || name.chars().count() > 60 {
        problems.add("name", "お名前を60文字までで入れてください。");
    }
    let card = Card {
        name: name.to_owned(),
        email: opened.account.card.email.clone(),
    };
    if let Err(fault) = check_password(&typed.password, &card) {
        problems.add("password", super::password_words(fault));
    } else if typed.password != typed.password_again {
        problems.add(
            "password_again",
            "1回目とちがうようです。同じパスワードをもう一度入れてください。",
        );
    }
    problems
}
