//! Pages: coming in, one's own account, everybody's accounts, who may see what.

mod account;
mod audit;
mod contractors;
mod door;
mod factor;
mod invite;
mod join;
mod list;
mod one;
mod rights;
mod sign_in;
mod why;

pub use why::why_words;

use jiff::Timestamp;
use maud::{Markup, html};

use super::acts::Refusal;
use super::rules::{Account, AccountState, PasswordFault, Unplanned};
use crate::clock::in_japan;
use crate::front::look::{self, Tone, chip};
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let manage = Access::Needs(Right::ManageStaff);
    doors
        .get("/login", Access::Public, sign_in::show)
        .post("/login", Access::Public, sign_in::enter)
        .get("/t/{short}", Access::Public, sign_in::show_of)
        .get("/login/code", Access::HalfSignedIn, factor::ask)
        .post("/login/code", Access::HalfSignedIn, factor::take)
        .get("/login/factor", Access::HalfSignedIn, factor::offer)
        .post("/login/factor", Access::HalfSignedIn, factor::confirm)
        .post("/logout", Access::HalfSignedIn, door::leave)
        .get("/join/{token}", Access::Public, join::show)
        .post("/join/{token}", Access::Public, join::accept)
        .get("/account", Access::SignedIn, account::show)
        .get("/account/password", Access::SignedIn, account::ask_password)
        .post(
            "/account/password",
            Access::SignedIn,
            account::change_password,
        )
        .post("/account/codes", Access::SignedIn, account::draw_codes)
        .post(
            "/account/sessions/others/end",
            Access::SignedIn,
            account::end_others,
        )
        .post(
            "/account/sessions/{session}/end",
            Access::SignedIn,
            account::end_one,
        )
        .get("/rights", Access::SignedIn, rights::show)
        .get("/audit", Access::Needs(Right::ReadAudit), audit::show)
        .room(contractors::doors)
        .get("/staff", manage, list::show)
        .get("/staff/invite", manage, invite::show)
        .post("/staff/invite", manage, invite::send)
        .get("/staff/{staff}", manage, one::show)
        .post("/staff/{staff}/place", manage, one::move_to)
        .post("/staff/{staff}/suspend", manage, one::suspend)
        .post("/staff/{staff}/reactivate", manage, one::reactivate)
        .post("/staff/{staff}/factor/reset", manage, one::reset_factor)
        .post("/staff/{staff}/invite", manage, invite::send_again)
        .post(
            "/staff/{staff}/sessions/{session}/end",
            manage,
            one::end_session,
        )
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Slowed(seconds) => Problem::Slowed(wait_words(seconds)),
            Refusal::Db(db::Error::Changed) => Problem::changed("/staff"),
            Refusal::Db(error) => error.into(),
            Refusal::Seal(_) => {
                Problem::refused("画面が古くなっています。もう一度はじめからお試しください。")
            }
            Refusal::NotHashed(error) => Problem::Broken(error.into()),
            other => Problem::refused(&words(&other)),
        }
    }
}

/// What a refusal says beside a field or on a page of its own.
fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotLetIn => "メールアドレスかパスワードがちがうようです。大文字と小文字も確かめてください。",
        Refusal::Slowed(seconds) => return wait_words(*seconds),
        Refusal::WrongCode => "コードがちがうようです。アプリに表示されている新しい6けたを入れてください。",
        Refusal::Password(fault) => return password_words(*fault),
        Refusal::EmailTaken => "このメールアドレスのアカウントが、もうこの町にあります。職員の一覧を確かめてください。",
        Refusal::PlaceNotWhole => {
            "センター職員にはセンターを、関係機関には機関を選んでください。ほかの役割では選びません。"
        }
        Refusal::Yourself => "自分のアカウントは、ここでは変えられません。ほかの管理者に頼んでください。",
        Refusal::LastAdmin => "町の管理者がいなくなります。先にほかの人を管理者にしてください。",
        Refusal::TermAhead(day) => {
            return format!(
                "このアカウントは{}から使えます。パスワードはそのままで、その日になったらログインしてください。",
                day.strftime("%-m月%-d日")
            );
        }
        Refusal::TermOver(last) => {
            return format!(
                "このアカウントは{}で終わりました。続けて働くときは、町の管理者に申し出てください。",
                last.strftime("%Y年%-m月%-d日")
            );
        }
        Refusal::Unplanned(why) => unplanned_words(*why),
        Refusal::WrongState => "アカウントの状態が変わっています。一覧を開きなおして確かめてください。",
        Refusal::InvitationOver => {
            "この招待のリンクは使えません。使い終わったか、72時間を過ぎています。町の管理者に新しいリンクを頼んでください。"
        }
        Refusal::NotFound
        | Refusal::NoRight(_)
        | Refusal::NotHashed(_)
        | Refusal::Seal(_)
        | Refusal::Db(_) => "いまは処理できませんでした。もう一度お試しください。",
    }
    .to_owned()
}

fn unplanned_words(why: Unplanned) -> &'static str {
    match why {
        Unplanned::Name => "法人の名前を80文字までで入れてください。",
        Unplanned::TooSoon => {
            "あした以降の日にしてください。すぐに止めるときは、職員の画面で1人ずつ停止します。"
        }
        Unplanned::TooFar => "2年より先の日は予定できません。",
        Unplanned::Another => "もう予定している変更があります。先にそれを取りやめてください。",
        Unplanned::NotYet => {
            "きょうか、それより前の日を入れてください。これからの変更は、下の「変更を予定する」で入れます。"
        }
    }
}

fn wait_words(seconds: i64) -> String {
    let wait = match seconds {
        ..=90 => format!("{seconds}秒"),
        _ => format!("{}分", (seconds + 59) / 60),
    };
    format!(
        "入力のまちがいが続いたため、少しお待ちいただいています。{wait}ほどしてから、もう一度お試しください。"
    )
}

fn password_words(fault: PasswordFault) -> String {
    match fault {
        PasswordFault::Short(typed) => {
            format!("パスワードは12文字以上にしてください（いま{typed}文字）。短い言葉をいくつか並べると覚えやすくなります。")
        }
        PasswordFault::Long => "パスワードは128文字までにしてください。".to_owned(),
        PasswordFault::Common => {
            "よく使われる言葉や並びのパスワードは、すぐに当てられます。別の言葉をいくつか並べてください。".to_owned()
        }
        PasswordFault::Own => "ご自分の名前やメールアドレスに近いパスワードは使えません。".to_owned(),
    }
}

/// The state of an account as a chip; a term that does not hold comes before it.
fn state_chip(account: &Account, now: Timestamp) -> Markup {
    if account.term.is_over(now) {
        return chip(Tone::Warning, "終わりました");
    }
    if account.term.is_ahead(now) {
        let day = in_japan(account.term.begins_at).strftime("%-m月%-d日から");
        return chip(Tone::Notice, &day.to_string());
    }
    match account.state {
        AccountState::Invited => chip(Tone::Notice, "招待中"),
        AccountState::Active => chip(Tone::Good, "利用中"),
        AccountState::Suspended => chip(Tone::Warning, "停止中"),
    }
}

/// A time with the full time behind it.
fn moment(at: Timestamp) -> Markup {
    let here = in_japan(at);
    let said = here.strftime("%-m月%-d日 %H:%M").to_string();
    let full = here.strftime("%Y年%-m月%-d日 %H:%M:%S").to_string();
    look::moment(&said, &full, &at.to_string())
}

/// Recovery codes, once.
fn codes_list(codes: &[String]) -> Markup {
    html! {
        p { "スマートフォンが使えないときに、6けたのコードの代わりに使う予備コードです。1つにつき1回使えます。" }
        p { strong { "この画面でしか見られません。" } "印刷するか書き写して、鍵のかかる場所に保管してください。" }
        ol.codes { @for code in codes { li { code { (code) } } } }
    }
}
