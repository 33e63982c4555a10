//! One account, as its administrator sees it.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::account::{named_session, sessions_table};
use super::invite::{Choices, InviteForm, place_field, place_fields};
use super::list::{names, work_place};
use super::{state_chip, words};
use crate::clock::in_japan;
use crate::front::look::{
    Entry, Problems, Weight, act, buttons, form, hidden, problem_summary, record, section,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::StaffId;
use crate::scope::Actor;
use crate::staff::acts::{self, Refusal};
use crate::staff::rules::{Account, AccountState};
use crate::staff::store;

async fn find(asked: &Asked, staff: StaffId) -> Result<Account, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let found = store::find_account(&mut asked.read().await?, scope, keys, staff).await?;
    found.filter(|of| !of.is_system()).ok_or(Problem::NotFound)
}

/// The page.
pub async fn show(asked: Asked, Path(staff): Path<StaffId>) -> Result<Markup, Problem> {
    let account = find(&asked, staff).await?;
    let typed = InviteForm {
        role: account.place.role.code().to_owned(),
        center: account
            .place
            .center
            .map(|id| id.to_string())
            .unwrap_or_default(),
        organisation: account
            .place
            .organisation
            .map(|id| id.to_string())
            .unwrap_or_default(),
        version: account.version.to_string(),
        ..InviteForm::default()
    };
    page(&asked, &account, &typed, &Problems::default()).await
}

async fn page(
    asked: &Asked,
    account: &Account,
    typed: &InviteForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let names = names(asked).await?;
    let scope = &asked.deed.scope;
    let sessions = store::list_sessions(&mut asked.read().await?, scope, account.id).await?;
    let choices = Choices::of(asked).await?;
    let base = format!("/staff/{}", account.id);
    let myself = scope.actor == Actor::Staff(account.id);
    let factor = if account.second_factor.is_some() {
        "設定済み"
    } else {
        "なし"
    };
    let body = html! {
        (record(&[
            Entry::new("状態", state_chip(account, asked.deed.now)),
            Entry::new("役割", html! { (account.place.role.word()) }),
            Entry::new("所属", html! { (work_place(account, &names)) }),
            Entry::new("メールアドレス", html! { @if account.is_tablet() { "なし（端末）" } @else { (account.card.email) } }),
            Entry::new("期間", html! { (term_words(account)) }),
            Entry::new("二段階認証", html! { (factor) }),
        ]))
        @if myself {
            p { "ご自分のアカウントです。役割や状態は、ほかの管理者だけが変えられます。" }
        } @else {
            (section("状態を変える", state_acts(account, &base)))
            (section("役割を変える", html! {
                (problem_summary(problems))
                p { "変えると、この人のログインはすべて終了し、次のログインから新しい役割になります。" }
                (form(&format!("{base}/place"), html! {
                    (place_fields(&choices, typed, problems))
                    (hidden("version", &typed.version))
                    (buttons("役割を変える", None))
                }))
            }))
        }
        (section("ログイン中の画面", sessions_table(&sessions, |row| {
            act(Weight::Quiet, "終了する", &row.origin, &format!("{base}/sessions/{}/end", row.name()), &[])
        })))
    };
    asked.page(Place::Staff, &account.card.name, body)
}

/// From when until when the place holds.
fn term_words(account: &Account) -> String {
    let day = |day: Date| day.strftime("%Y年%-m月%-d日").to_string();
    let begins = day(in_japan(account.term.begins_at).date());
    match account.term.last_day() {
        Some(last) => format!(
            "{begins}から{}まで（受託法人の交代）。続けて働くときは、役割を選びなおすと新しくはじまります。",
            day(last)
        ),
        None => format!("{begins}から"),
    }
}

fn state_acts(account: &Account, base: &str) -> Markup {
    html! {
        @match account.state {
            AccountState::Invited => {
                p { "まだはじめていません。リンクの期限が切れたときや、なくしたときは、新しいリンクを作れます。" }
                (act(Weight::Secondary, "新しい招待のリンクを作る", "", &format!("{base}/invite"), &[]))
                (act(Weight::Quiet, "招待を取り消す", "", &format!("{base}/suspend"), &[]))
            }
            AccountState::Active => {
                p { "停止すると、すぐにログインできなくなります。あとで再開できます。" }
                (act(Weight::Secondary, "停止する", "", &format!("{base}/suspend"), &[]))
            }
            AccountState::Suspended => {
                p { "停止しています。再開すると、またログインできます。" }
                (act(Weight::Secondary, "再開する", "", &format!("{base}/reactivate"), &[]))
            }
        }
        @if account.second_factor.is_some() {
            p { "スマートフォンも予備コードもなくしたときは、本人だと確かめてから解除します。本人は次のログインで設定しなおします。" }
            (act(Weight::Quiet, "二段階認証を解除する", "", &format!("{base}/factor/reset"), &[]))
        }
    }
}

/// Gives another role or center.
pub async fn move_to(
    asked: Asked,
    Path(staff): Path<StaffId>,
    Form(typed): Form<InviteForm>,
) -> Result<Response, Problem> {
    let account = find(&asked, staff).await?;
    let choices = Choices::of(&asked).await?;
    let mut problems = Problems::default();
    let Some(place) = typed.place() else {
        problems.add("role", "役割を選んでください。");
        return Err(Problem::Refused(
            page(&asked, &account, &typed, &problems).await?,
        ));
    };
    if !choices.holds(&place) {
        problems.add(place_field(place.role), words(&Refusal::PlaceNotWhole));
        return Err(Problem::Refused(
            page(&asked, &account, &typed, &problems).await?,
        ));
    }
    let version = typed.version.parse().unwrap_or_default();
    match acts::move_account(asked.db(), &asked.deed, staff, version, place).await {
        Ok(()) => Ok(back(&asked, staff, Flash::done("役割を変えました。"))),
        Err(Refusal::LastAdmin) => {
            problems.add("role", words(&Refusal::LastAdmin));
            Err(Problem::Refused(
                page(&asked, &account, &typed, &problems).await?,
            ))
        }
        Err(Refusal::Db(db::Error::Changed)) => Err(Problem::changed(&format!("/staff/{staff}"))),
        Err(other) => Err(other.into()),
    }
}

fn back(asked: &Asked, staff: StaffId, flash: Flash) -> Response {
    asked.redirect(&format!("/staff/{staff}"), flash)
}

/// Stops the account.
pub async fn suspend(asked: Asked, Path(staff): Path<StaffId>) -> Result<Response, Problem> {
    acts::suspend(asked.db(), &asked.deed, staff).await?;
    let flash =
        Flash::done("停止しました。").undo("元にもどす", &format!("/staff/{staff}/reactivate"));
    Ok(back(&asked, staff, flash))
}

/// Lets the account in again.
pub async fn reactivate(asked: Asked, Path(staff): Path<StaffId>) -> Result<Response, Problem> {
    acts::reactivate(asked.db(), &asked.deed, staff).await?;
    let flash =
        Flash::done("再開しました。").undo("元にもどす", &format!("/staff/{staff}/suspend"));
    Ok(back(&asked, staff, flash))
}

/// Takes the second factor away.
pub async fn reset_factor(asked: Asked, Path(staff): Path<StaffId>) -> Result<Response, Problem> {
    acts::reset_factor(asked.db(), &asked.deed, staff).await?;
    Ok(back(
        &asked,
        staff,
        Flash::done("二段階認証を解除しました。"),
    ))
}

/// Ends one of the account's sessions.
pub async fn end_session(
    asked: Asked,
    Path((staff, session)): Path<(StaffId, String)>,
) -> Result<Response, Problem> {
    let row = named_session(&asked, staff, &session).await?;
    acts::end_session(asked.db(), &asked.deed, staff, row.hash).await?;
    Ok(back(&asked, staff, Flash::done("ログインを終了しました。")))
}
