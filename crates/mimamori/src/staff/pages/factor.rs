//! The second factor: giving it, setting it up.

use axum::Form;
use axum::extract::Query;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use seal::TotpSecret;
use serde::Deserialize;

use super::account::own;
use super::sign_in::{Back, go_on, local};
use super::{codes_list, words};
use crate::front::look::{
    Field, Kind, Link, Problems, PublicShell, Step, StepState, Weight, button_link, buttons, field,
    form, hidden, problem_summary, public_page, qr, steps,
};
use crate::front::{Asked, Kept, Problem, agent_of, session_cookie};
use crate::staff::acts::{self, Refusal};
use crate::staff::rules::{Account, Stage};

/// A code, an offer it confirms, and where to go on.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct CodeForm {
    code: String,
    offer: String,
    password: String,
    back: String,
    kept: String,
}

/// The form for the code; whoever has none yet goes on to set it up.
pub async fn ask(asked: Asked, Query(back): Query<Back>) -> Result<Response, Problem> {
    if asked.session.stage == Stage::Full {
        return Ok(Redirect::to(local(&back.back)).into_response());
    }
    if own(&asked).await?.second_factor.is_none() {
        return Ok(Redirect::to("/login/factor").into_response());
    }
    let page = code_page(
        &asked.session.network_name,
        &back.back,
        "",
        &Problems::default(),
    );
    Ok(page.into_response())
}

/// The form for the code.
pub fn code_page(town: &str, back: &str, kept: &str, problems: &Problems) -> Markup {
    let shell = PublicShell {
        network_name: town,
        languages: &[],
        ..PublicShell::default()
    };
    let body = html! {
        (problem_summary(problems))
        (form("/login/code", html! {
            (code_field(problems, "スマートフォンの認証アプリに表示されている6けたです。使えないときは予備コードを入れてください。"))
            (hidden("back", back))
            @if !kept.is_empty() { (hidden("kept", kept)) }
            (buttons("確かめる", Some(Link::new("ログインからやり直す", "/login"))))
        }))
        p { "スマートフォンも予備コードも使えないときは、町の管理者にご相談ください。" }
    };
    public_page(&shell, "二段階認証", body)
}

fn code_field(problems: &Problems, hint: &str) -> Markup {
    field(&Field {
        name: "code",
        label: "認証コード",
        hint,
        required: true,
        kind: Kind::Text,
        autocomplete: "one-time-code",
        problem: problems.of("code"),
        ..Field::default()
    })
}

/// Takes the code.
pub async fn take(
    asked: Asked,
    headers: HeaderMap,
    Form(typed): Form<CodeForm>,
) -> Result<Response, Problem> {
    let town = asked.session.network_name.clone();
    if asked.session.stage == Stage::Full {
        return Ok(Redirect::to(local(&typed.back)).into_response());
    }
    let agent = agent_of(&headers);
    match acts::try_factor(asked.db(), &asked.deed, &asked.session, &typed.code, agent).await {
        Ok(opened) => Ok(go_on(&asked.app, &town, &opened, &typed.back, &typed.kept)),
        Err(refusal @ (Refusal::WrongCode | Refusal::Slowed(_))) => {
            let mut problems = Problems::default();
            problems.add("code", words(&refusal));
            let page = code_page(&town, &typed.back, &typed.kept, &problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// Between the password and the first set-up, with what waits to be sent carried along.
pub fn setup_ahead(town: &str, back: &str, kept: &str) -> Markup {
    let shell = PublicShell {
        network_name: town,
        languages: &[],
        ..PublicShell::default()
    };
    let body = html! {
        p { "医療情報を見る役割のため、パスワードのほかに、スマートフォンの認証アプリでの確認（二段階認証）が必要です。" }
        (form("/login/factor", html! {
            (hidden("back", back))
            @if !kept.is_empty() { (hidden("kept", kept)) }
            (buttons("設定をはじめる", None))
        }))
    };
    public_page(&shell, "二段階認証の設定", body)
}

/// A new secret to set up.
pub async fn offer(asked: Asked) -> Result<Response, Problem> {
    let typed = CodeForm {
        back: "/".to_owned(),
        ..CodeForm::default()
    };
    show_offer(&asked, &typed, &Problems::default()).await
}

async fn show_offer(
    asked: &Asked,
    typed: &CodeForm,
    problems: &Problems,
) -> Result<Response, Problem> {
    let account = own(asked).await?;
    if account.second_factor.is_some() && asked.session.stage == Stage::Half {
        return Ok(Redirect::to("/login/code").into_response());
    }
    let held = acts::open_offer(&asked.deed, &asked.session, &typed.offer).ok();
    let (secret, offer) = match held {
        Some(secret) => (secret, typed.offer.clone()),
        None => acts::offer_factor(&asked.deed, &asked.session),
    };
    let page = offer_page(asked, &account, &secret, &offer, typed, problems)?;
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, page).into_response())
}

fn offer_page(
    asked: &Asked,
    account: &Account,
    secret: &TotpSecret,
    offer: &str,
    typed: &CodeForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let town = &asked.session.network_name;
    let uri = secret.uri(town, &account.card.email)?;
    let base32 = secret.to_base32();
    let shell = PublicShell {
        network_name: town,
        languages: &[],
        ..PublicShell::default()
    };
    let body = html! {
        (progress(StepState::Now))
        (problem_summary(problems))
        ol {
            li { "スマートフォンに認証アプリ（Google Authenticator、Microsoft Authenticator など）を入れます。" }
            li { "アプリで次のQRコードを読み取ります。" }
        }
        div.qr { (picture(&uri)?) }
        p { "読み取れないときは、次の文字をアプリに入れてください（鍵の種類は「時刻ベース」）。" }
        p { code.secret { (grouped(&base32)) } }
        (form("/login/factor", html! {
            (code_field(problems, "アプリに表示された6けたを入れてください。"))
            @if account.second_factor.is_some() { (password_field(problems)) }
            (hidden("offer", offer))
            (hidden("back", &typed.back))
            @if !typed.kept.is_empty() { (hidden("kept", &typed.kept)) }
            (buttons("設定する", None))
        }))
    };
    Ok(public_page(&shell, "二段階認証の設定", body))
}

fn password_field(problems: &Problems) -> Markup {
    field(&Field {
        name: "password",
        label: "いまのパスワード",
        hint: "新しい設定に替えるため、もう一度確かめます。",
        required: true,
        kind: Kind::Password,
        autocomplete: "current-password",
        problem: problems.of("password"),
        ..Field::default()
    })
}

fn progress(setup: StepState) -> Markup {
    let codes = if setup == StepState::Done {
        StepState::Now
    } else {
        StepState::Later
    };
    let step = |label, state| Step {
        label,
        state,
        href: None,
    };
    steps(
        "二段階認証の設定",
        &[
            step("パスワード", StepState::Done),
            step("認証アプリ", setup),
            step("予備コード", codes),
        ],
    )
}

/// In groups of four, as it is typed in.
fn grouped(base32: &str) -> String {
    let letters: Vec<char> = base32.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

fn picture(uri: &str) -> Result<Markup, Problem> {
    let lost = || Problem::Broken(anyhow::anyhow!("the secret is too long for a QR"));
    qr(uri, "認証アプリで読み取るQRコード").ok_or_else(lost)
}

/// Takes the first code of the offered secret, or, without one, shows the offer.
pub async fn confirm(
    asked: Asked,
    headers: HeaderMap,
    Form(typed): Form<CodeForm>,
) -> Result<Response, Problem> {
    if typed.offer.is_empty() {
        return show_offer(&asked, &typed, &Problems::default()).await;
    }
    let mut problems = Problems::default();
    if let Err(refusal) = may_replace(&asked, &typed).await {
        problems.add("password", words(&refusal));
        return show_offer(&asked, &typed, &problems).await;
    }
    let (db, agent) = (asked.db(), agent_of(&headers));
    let confirmed = acts::confirm_factor(
        db,
        &asked.deed,
        &asked.session,
        &typed.offer,
        &typed.code,
        agent,
    )
    .await;
    match confirmed {
        Ok((opened, codes)) => {
            let cookie = [(SET_COOKIE, session_cookie(&asked.app, &opened.cookie))];
            Ok((
                cookie,
                codes_page(&asked.session.network_name, &codes, &typed),
            )
                .into_response())
        }
        Err(Refusal::WrongCode) => {
            problems.add("code", words(&Refusal::WrongCode));
            show_offer(&asked, &typed, &problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Whoever replaces a second factor gives the password again: a browser left open is not enough.
async fn may_replace(asked: &Asked, typed: &CodeForm) -> Result<(), Refusal> {
    let account = own(asked).await.map_err(|_| Refusal::NotFound)?;
    if account.second_factor.is_none() || asked.session.stage == Stage::Half {
        return Ok(());
    }
    let password = typed.password.clone();
    acts::verify_own_password(asked.db(), &asked.deed, account.id, password).await
}

fn codes_page(town: &str, codes: &[String], typed: &CodeForm) -> Markup {
    let shell = PublicShell {
        network_name: town,
        languages: &[],
        ..PublicShell::default()
    };
    let body = html! {
        (progress(StepState::Done))
        (codes_list(codes))
        @match Kept::read(&typed.kept) {
            Some(kept) => { p { "先ほど入力した内容は、まだ送られていません。" } (kept.form()) }
            None => (button_link(Weight::Primary, Link::new("控えたので、はじめる", local(&typed.back)))),
        }
    };
    public_page(&shell, "予備コード", body)
}
