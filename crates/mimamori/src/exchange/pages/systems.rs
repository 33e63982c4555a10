//! The programs that may come in, for the town's administrator.

mod form;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use self::form::{Choices, Typed};
use crate::clock::in_japan;
use crate::exchange::systems::{self, NewSystem, Refusal, System, TOKEN_DAYS, Token};
use crate::front::look::{
    self, Choice, Entry, Field, Head, Link, Problems, Tone, Weight, act, buttons, chip, section,
    table, text_link,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{RowId, StaffId};
use crate::staff::{self, Account, AccountState};

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Staff(refusal) => refusal.into(),
            Refusal::Db(db::Error::Changed) => Problem::changed("/staff/systems"),
            Refusal::Db(error) => error.into(),
            Refusal::Beyond(_) | Refusal::Rate | Refusal::Span => {
                Problem::refused("選べない内容です。前の画面にもどって、選びなおしてください。")
            }
        }
    }
}

/// Every program, and the form for a new one.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    list_page(&asked, &Typed::new(), &Problems::default()).await
}

async fn list_page(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let mut conn = asked.read().await?;
    let mut accounts = staff::list_accounts(&mut conn, scope, keys).await?;
    accounts.retain(Account::is_system);
    let systems = systems::list_systems(&mut conn, scope).await?;
    drop(conn);
    let choices = Choices::of(asked).await?;
    let pairs = accounts
        .iter()
        .filter_map(|one| Some((one, systems.iter().find(|of| of.id == one.id)?)));
    let rows: Vec<Vec<Markup>> = pairs.map(|(one, of)| row(one, of, &choices)).collect();
    let body = html! {
        p { "病院・消防・介護ソフトなど、ほかのシステムから自動でつなぐための設定です。人のアカウントと同じ権限の決まりが働き、見たものはすべて記録に残ります。つなぎ方の説明は、" a href="/api/v1" { "接続の説明書" } "にあります。" }
        @if rows.is_empty() { (look::empty("まだありません", "下の欄から、つなぐシステムを加えてください。", None)) }
        @else { (table("外部システム", &["名前", "どこのシステムか", "できること", "状態"].map(Head::new), &rows)) }
        (section("システムを加える", html! {
            (look::problem_summary(problems))
            (look::form("/staff/systems", html! {
                (form::fields(&choices, typed, problems, true))
                (buttons("加える", Some(Link::new("職員の一覧へ", "/staff"))))
            }))
        }))
    };
    asked.page(Place::Staff, "外部システム", body)
}

fn row(account: &Account, system: &System, choices: &Choices) -> Vec<Markup> {
    let href = format!("/staff/systems/{}", account.id);
    vec![
        text_link(Link::new(&account.card.name, &href)),
        html! { (choices.word(&account.place)) },
        html! { @for grant in &system.grants.0 { div { (grant.words) } } },
        state(account),
    ]
}

fn state(account: &Account) -> Markup {
    match account.state {
        AccountState::Suspended => chip(Tone::Warning, "停止中"),
        _ => chip(Tone::Good, "利用中"),
    }
}

/// Lets a program in.
pub async fn add(
    asked: Asked,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(fields);
    let choices = Choices::of(&asked).await?;
    let (new, mut problems) = form::read(&typed);
    let place = choices.place(typed.get("where"));
    if place.is_none() {
        problems.add("where", "どこのシステムかを選んでください。");
    }
    if let (Some(place), Some(new)) = (&place, &new) {
        form::check_grants(place.role, &new.grants, &mut problems);
    }
    let (Some(new), Some(place), true) = (new, place, problems.is_empty()) else {
        return Err(Problem::Refused(
            list_page(&asked, &typed, &problems).await?,
        ));
    };
    let id = systems::add_system(asked.db(), &asked.deed, place, new).await?;
    let flash = Flash::done("加えました。つづけて、トークンを作ってください。");
    Ok(asked.redirect(&format!("/staff/systems/{id}"), flash))
}

/// A program as it is kept.
struct Kept {
    account: Account,
    system: System,
    tokens: Vec<Token>,
}

async fn find(asked: &Asked, id: StaffId) -> Result<Kept, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let mut conn = asked.read().await?;
    let account = staff::find_account(&mut conn, scope, keys, id).await?;
    let system = systems::find_system(&mut conn, scope, id).await?;
    Ok(Kept {
        account: account.ok_or(Problem::NotFound)?,
        system: system.ok_or(Problem::NotFound)?,
        tokens: systems::list_tokens(&mut conn, scope, id).await?,
    })
}

/// One program.
pub async fn show(asked: Asked, Path(id): Path<StaffId>) -> Result<Markup, Problem> {
    let kept = find(&asked, id).await?;
    let typed = Typed::of(&kept.account, &kept.system);
    one_page(&asked, &kept, &typed, &Problems::default()).await
}

async fn one_page(
    asked: &Asked,
    kept: &Kept,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let choices = Choices::of(asked).await?;
    let base = format!("/staff/systems/{}", kept.account.id);
    let now = asked.deed.now;
    let stopped = kept.account.state == AccountState::Suspended;
    let body = html! {
        (look::record(&[
            Entry::new("状態", state(&kept.account)),
            Entry::new("どこのシステムか", html! { (choices.word(&kept.account.place)) }),
            Entry::new("記録での番号", html! { code { (kept.account.id) } }),
        ]))
        (section("トークン", html! {
            p { "システムは、ここで作るトークンで名のります。新しいトークンに入れかえるときは、先に作って渡し、切りかわってから古いものを止めてください。" }
            (tokens(&kept.tokens, &base, now))
            (look::form(&format!("{base}/tokens"), html! {
                (look::select(&Field { name: "days", label: "使える期間", value: "365", ..Field::default() }, &spans()))
                (buttons("トークンを作る", None))
            }))
        }))
        (section("許可する内容", html! {
            (look::problem_summary(problems))
            (look::form(&base, html! {
                (form::fields(&choices, typed, problems, false))
                (look::hidden("version", typed.get("version")))
                (buttons("保存する", Some(Link::new("一覧へもどる", "/staff/systems"))))
            }))
        }))
        (section("利用を止める", match stopped {
            false => act(Weight::Quiet, "このシステムを止める", "", &format!("{base}/stop"), &[]),
            true => act(Weight::Secondary, "また使えるようにする", "", &format!("{base}/start"), &[]),
        }))
    };
    asked.page(Place::Staff, &kept.account.card.name, body)
}

fn spans() -> [Choice<'static>; 3] {
    [("365", "1年"), ("180", "180日"), ("90", "90日")].map(|(days, words)| Choice::new(days, words))
}

fn tokens(tokens: &[Token], base: &str, now: Timestamp) -> Markup {
    if tokens.is_empty() {
        return look::empty(
            "トークンはまだありません",
            "下のボタンで作ると、一度だけ表示します。",
            None,
        );
    }
    let head = [
        "はじめの文字",
        "作った日",
        "期限",
        "最後に使った時",
        "状態",
        "",
    ]
    .map(Head::new);
    let rows: Vec<Vec<Markup>> = tokens.iter().map(|one| token_row(one, base, now)).collect();
    table("トークン", &head, &rows)
}

fn token_row(token: &Token, base: &str, now: Timestamp) -> Vec<Markup> {
    let works = token.revoked_at.is_none() && now < token.ends_at;
    let state = match (token.revoked_at, works) {
        (Some(_), _) => chip(Tone::Warning, "停止"),
        (None, false) => chip(Tone::Warning, "期限切れ"),
        (None, true) => chip(Tone::Good, "使えます"),
    };
    let revoke = format!("{base}/tokens/{}/revoke", token.id);
    vec![
        html! { code { (token.hint) "…" } },
        html! { (day(token.made_at)) },
        html! { (day(token.ends_at)) },
        html! { (token.seen_at.map_or("まだありません".to_owned(), moment)) },
        state,
        html! { @if works { (act(Weight::Quiet, "止める", &token.hint, &revoke, &[])) } },
    ]
}

fn day(at: Timestamp) -> String {
    in_japan(at).strftime("%Y年%-m月%-d日").to_string()
}

fn moment(at: Timestamp) -> String {
    in_japan(at).strftime("%Y年%-m月%-d日 %H:%M").to_string()
}

/// Keeps what a program may do.
pub async fn save(
    asked: Asked,
    Path(id): Path<StaffId>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, kept) = (Typed(fields), find(&asked, id).await?);
    let (new, mut problems) = form::read(&typed);
    if let Some(new) = &new {
        form::check_grants(kept.account.place.role, &new.grants, &mut problems);
    }
    let Some(new) = new.filter(|_| problems.is_empty()) else {
        return Err(Problem::Refused(
            one_page(&asked, &kept, &typed, &problems).await?,
        ));
    };
    let version = typed.get("version").parse().unwrap_or(0);
    let works = kept.account.state != AccountState::Suspended;
    systems::change_system(asked.db(), &asked.deed, id, version, new, works).await?;
    Ok(back(&asked, id, "保存しました。"))
}

fn back(asked: &Asked, id: StaffId, words: &str) -> Response {
    asked.redirect(&format!("/staff/systems/{id}"), Flash::done(words))
}

async fn switch(asked: Asked, id: StaffId, works: bool, words: &str) -> Result<Response, Problem> {
    let kept = find(&asked, id).await?;
    let same = NewSystem {
        name: kept.account.card.name,
        grants: kept.system.grants,
        addresses: kept.system.addresses,
        per_minute: kept.system.per_minute,
    };
    let version = kept.system.version;
    systems::change_system(asked.db(), &asked.deed, id, version, same, works).await?;
    Ok(back(&asked, id, words))
}

/// Stops a program at once.
pub async fn stop(asked: Asked, Path(id): Path<StaffId>) -> Result<Response, Problem> {
    switch(asked, id, false, "止めました。トークンはどれも使えません。").await
}

/// Lets a stopped program in again.
pub async fn start(asked: Asked, Path(id): Path<StaffId>) -> Result<Response, Problem> {
    switch(asked, id, true, "また使えるようにしました。").await
}

/// How long a new token lasts.
#[derive(Deserialize)]
pub struct Span {
    #[serde(default)]
    days: String,
}

/// Makes a token and shows it once.
pub async fn make_token(
    asked: Asked,
    Path(id): Path<StaffId>,
    Form(span): Form<Span>,
) -> Result<Response, Problem> {
    let days = span.days.parse().unwrap_or(TOKEN_DAYS[0]);
    let token = systems::make_token(asked.db(), &asked.deed, id, days).await?;
    let body = html! {
        p { "次のトークンを、システムを担当する方だけに、安全な方法で渡してください。" strong { "この画面でしか見られません。" } "なくしたときは、新しく作って入れかえます。" }
        p { code.secret { (token) } }
        p { "要求のたびに " code { "Authorization: Bearer （トークン）" } " の形で付けます。はじめに " code { "GET /api/v1/me" } " で確かめられます。" }
        (look::button_link(Weight::Primary, Link::new("システムの画面へ", &format!("/staff/systems/{id}"))))
    };
    Ok(asked
        .page(Place::Staff, "新しいトークン", body)?
        .into_response())
}

/// Takes a token back.
pub async fn revoke_token(
    asked: Asked,
    Path((id, token)): Path<(StaffId, RowId)>,
) -> Result<Response, Problem> {
    systems::revoke_token(asked.db(), &asked.deed, id, token).await?;
    Ok(back(&asked, id, "トークンを止めました。もう使えません。"))
}
