//! One's own account: password, second factor, sessions.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{codes_list, moment, words};
use crate::front::look::{
    Entry, Field, Head, Kind, Link, Problems, Tone, Weight, act, button_link, buttons, chip, empty,
    field, form, problem_summary, record, section, table, text_link,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::StaffId;
use crate::staff::acts::{self, Refusal};
use crate::staff::rules::{Account, SessionRow, check_password};
use crate::staff::store;

pub(super) async fn own(asked: &Asked) -> Result<Account, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let mut conn = asked.read().await?;
    let found = store::find_account(&mut conn, scope, keys, asked.session.staff).await?;
    found.ok_or(Problem::NotFound)
}

/// The page.
pub async fn show(asked: Asked) -> Result<Markup, Problem> {
    asked.page(
        Place::Nowhere,
        "自分のアカウント",
        body(&asked, &Problems::default()).await?,
    )
}

async fn body(asked: &Asked, problems: &Problems) -> Result<Markup, Problem> {
    let account = own(asked).await?;
    let mut conn = asked.read().await?;
    let sessions = store::list_sessions(&mut conn, &asked.deed.scope, account.id).await?;
    let codes = store::count_recovery_codes(&mut conn, &asked.deed.scope, account.id).await?;
    Ok(html! {
        (problem_summary(problems))
        (record(&[
            Entry::new("名前", html! { (account.card.name) }),
            Entry::new("メールアドレス", html! { (account.card.email) }),
            Entry::new("役割", html! { (account.place.role.word()) "　" (text_link(Link::new("役割ごとにできること", "/rights"))) }),
        ]))
        (section("パスワード", html! { (button_link(Weight::Secondary, Link::new("パスワードを変える", "/account/password"))) }))
        (section("二段階認証", factor_part(&account, codes, problems)))
        (section("ログイン中の画面", sessions_part(asked, &sessions)))
    })
}

fn factor_part(account: &Account, codes: i64, problems: &Problems) -> Markup {
    if account.second_factor.is_none() {
        return html! {
            p { "設定すると、パスワードを知られても、スマートフォンがなければ入れなくなります。" }
            (button_link(Weight::Secondary, Link::new("二段階認証を設定する", "/login/factor")))
        };
    }
    html! {
        p { (chip(Tone::Good, "設定済み")) "　残っている予備コード：" (codes) "個" }
        (button_link(Weight::Secondary, Link::new("認証アプリを替える", "/login/factor")))
        (form("/account/codes", html! {
            (field(&Field { name: "password", label: "いまのパスワード",
                hint: "予備コードを作り直すと、前の予備コードは使えなくなります。", required: true,
                kind: Kind::Password, autocomplete: "current-password",
                problem: problems.of("password"), ..Field::default() }))
            (buttons("予備コードを作り直す", None))
        }))
    }
}

fn sessions_part(asked: &Asked, sessions: &[SessionRow]) -> Markup {
    let others = sessions.iter().any(|row| row.hash != asked.session.hash);
    html! {
        (sessions_table(sessions, |row| {
            let action = format!("/account/sessions/{}/end", row.name());
            match row.hash == asked.session.hash {
                true => chip(Tone::Good, "この画面"),
                false => act(Weight::Quiet, "終了する", &row.agent, &action, &[]),
            }
        }))
        @if others {
            (act(Weight::Secondary, "この画面のほかをすべて終了する", "", "/account/sessions/others/end", &[]))
        }
    }
}

/// The sessions of an account, each with its act.
pub(super) fn sessions_table(
    sessions: &[SessionRow],
    last: impl Fn(&SessionRow) -> Markup,
) -> Markup {
    if sessions.is_empty() {
        return empty(
            "ログイン中の画面はありません",
            "ログインすると、ここに並びます。",
            None,
        );
    }
    let rows: Vec<Vec<Markup>> = sessions
        .iter()
        .map(|row| {
            vec![
                html! { (browser(&row.agent)) },
                html! { (row.origin) },
                moment(row.made_at),
                moment(row.seen_at),
                last(row),
            ]
        })
        .collect();
    let head = ["ブラウザー", "接続元", "はじめ", "最後の操作", ""].map(Head::new);
    table("ログイン中の画面", &head, &rows)
}

/// The browser's name in one word, as far as it can be told.
fn browser(agent: &str) -> &str {
    let known = ["Edg", "Firefox", "Chrome", "Safari"];
    let name = known.into_iter().find(|name| agent.contains(name));
    match name {
        Some("Edg") => "Edge",
        Some(name) => name,
        None => "不明なブラウザー",
    }
}

/// A session by its name on the page.
pub(super) async fn named_session(
    asked: &Asked,
    staff: StaffId,
    name: &str,
) -> Result<SessionRow, Problem> {
    let mut conn = asked.read().await?;
    let sessions = store::list_sessions(&mut conn, &asked.deed.scope, staff).await?;
    sessions
        .into_iter()
        .find(|row| row.name() == name)
        .ok_or(Problem::NotFound)
}

/// Ends one of one's own sessions.
pub async fn end_one(asked: Asked, Path(session): Path<String>) -> Result<Response, Problem> {
    let row = named_session(&asked, asked.session.staff, &session).await?;
    acts::end_session(asked.db(), &asked.deed, asked.session.staff, row.hash).await?;
    Ok(asked.redirect("/account", Flash::done("ログインを終了しました。")))
}

/// Ends all of one's own sessions but this one.
pub async fn end_others(asked: Asked) -> Result<Response, Problem> {
    acts::end_other_sessions(asked.db(), &asked.deed, &asked.session).await?;
    Ok(asked.redirect(
        "/account",
        Flash::done("この画面のほかのログインを終了しました。"),
    ))
}

/// The password given again.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PasswordForm {
    password: String,
    new_password: String,
    new_password_again: String,
}

/// Ten new recovery codes, shown once.
pub async fn draw_codes(
    asked: Asked,
    Form(typed): Form<PasswordForm>,
) -> Result<Response, Problem> {
    let staff = asked.session.staff;
    let verified = acts::verify_own_password(asked.db(), &asked.deed, staff, typed.password).await;
    if let Err(refusal @ (Refusal::NotLetIn | Refusal::Slowed(_))) = &verified {
        let mut problems = Problems::default();
        problems.add("password", own_words(refusal));
        let body = body(&asked, &problems).await?;
        return Err(Problem::Refused(asked.page(
            Place::Nowhere,
            "自分のアカウント",
            body,
        )?));
    }
    verified?;
    let codes = acts::new_recovery_codes(asked.db(), &asked.deed, &asked.session).await?;
    let body = html! {
        (codes_list(&codes))
        (button_link(Weight::Primary, Link::new("控えたので、もどる", "/account")))
    };
    Ok(asked
        .page(Place::Nowhere, "新しい予備コード", body)?
        .into_response())
}

fn own_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotLetIn => "いまのパスワードとちがうようです。".to_owned(),
        other => words(other),
    }
}

/// The form for a new password.
pub async fn ask_password(asked: Asked) -> Result<Markup, Problem> {
    password_page(&asked, &Problems::default())
}

fn password_page(asked: &Asked, problems: &Problems) -> Result<Markup, Problem> {
    let password = |name, label, hint, autocomplete| {
        field(&Field {
            name,
            label,
            hint,
            required: true,
            kind: Kind::Password,
            autocomplete,
            problem: problems.of(name),
            ..Field::default()
        })
    };
    let body = html! {
        (problem_summary(problems))
        (form("/account/password", html! {
            (password("password", "いまのパスワード", "", "current-password"))
            (password("new_password", "新しいパスワード", "12文字以上。短い言葉をいくつか並べると、長くても覚えやすくなります。", "new-password"))
            (password("new_password_again", "新しいパスワード（もう一度）", "", "new-password"))
            p { "変えると、この画面のほかのログインはすべて終了します。" }
            (buttons("パスワードを変える", Some(Link::new("やめる", "/account"))))
        }))
    };
    asked.page(Place::Nowhere, "パスワードを変える", body)
}

/// Takes the new password.
pub async fn change_password(
    asked: Asked,
    Form(typed): Form<PasswordForm>,
) -> Result<Response, Problem> {
    let account = own(&asked).await?;
    let mut problems = Problems::default();
    let current = typed.password.clone();
    match acts::verify_own_password(asked.db(), &asked.deed, account.id, current).await {
        Err(refusal @ (Refusal::NotLetIn | Refusal::Slowed(_))) => {
            problems.add("password", own_words(&refusal))
        }
        other => other?,
    }
    if let Err(fault) = check_password(&typed.new_password, &account.card) {
        problems.add("new_password", super::password_words(fault));
    } else if typed.new_password != typed.new_password_again {
        problems.add(
            "new_password_again",
            "1回目とちがうようです。同じパスワードをもう一度入れてください。",
        );
    }
    if !problems.is_empty() {
        let page = password_page(&asked, &problems)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let hash = acts::hash_password(&asked.deed, typed.new_password).await?;
    acts::change_password(asked.db(), &asked.deed, &asked.session, hash).await?;
    Ok(asked.redirect(
        "/account",
        Flash::done("パスワードを変えました。ほかのログインは終了しました。"),
    ))
}
