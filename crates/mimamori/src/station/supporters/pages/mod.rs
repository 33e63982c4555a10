//! Pages of supporters: the list, joining, one of them, whom of the register they are.

mod aways;
mod cards;
mod fees;
mod form;
mod list;
mod new;
mod one;
mod said;
mod tie;

use axum::extract::Path;
use axum::response::Response;

use super::acts::Forget;
use super::rules::{Away, Refusal};
use crate::front::look::Problems;
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::SupporterId;
use crate::scope::Right;

const SUPPORTERS: Access = Access::Needs(Right::Supporters);

/// The doors of supporters. `above`: what rooms above forget of whoever is erased.
pub fn doors(doors: Doors, above: &'static [Forget]) -> Doors {
    let may = SUPPORTERS;
    doors
        .get("/station/supporters", may, list::page)
        .post("/station/supporters/search", may, list::search)
        .get("/station/supporters/new", may, new::blank)
        .post("/station/supporters/new", may, new::join)
        .get("/station/supporters/{supporter}", may, one::page)
        .get("/station/supporters/{supporter}/edit", may, new::edit)
        .post("/station/supporters/{supporter}/edit", may, new::save)
        .post("/station/supporters/{supporter}/leaving", may, one::leave)
        .post("/station/supporters/{supporter}/staying", may, one::stay)
        .post(
            "/station/supporters/{supporter}/return",
            may,
            one::come_back,
        )
        .post(
            "/station/supporters/{supporter}/erasure",
            may,
            move |asked: Asked, id: Path<SupporterId>, sent: one::Sent| {
                one::erase(asked, id, sent, above)
            },
        )
        .get("/station/supporters/{supporter}/tie", may, tie::page)
        .post("/station/supporters/{supporter}/tie", may, tie::send)
        .post("/station/supporters/{supporter}/untie", may, tie::undo)
        .get("/k/{short}", Access::Public, cards::found)
        .post("/station/supporters/{supporter}/cards", may, cards::give)
        .post(
            "/station/supporters/{supporter}/cards/{card}",
            may,
            cards::settle,
        )
        .get("/station/supporters/rules", may, fees::rules)
        .post("/station/supporters/rules", may, fees::set_rules)
        .get("/station/supporters/{supporter}/fees", may, fees::page)
        .post(
            "/station/supporters/{supporter}/fees/payment",
            may,
            fees::pay,
        )
        .post(
            "/station/supporters/{supporter}/fees/waiving",
            may,
            fees::waive,
        )
        .post(
            "/station/supporters/{supporter}/fees/undoing",
            may,
            fees::undo,
        )
        .post("/station/supporters/{supporter}/aways", may, aways::tell)
        .post(
            "/station/supporters/{supporter}/aways/{away}",
            may,
            aways::change,
        )
        .post(
            "/station/supporters/{supporter}/aways/{away}/remove",
            may,
            aways::remove,
        )
}

/// The address of a supporter's page.
fn path(id: SupporterId) -> String {
    format!("/station/supporters/{id}")
}

fn meets(away: &Away) -> String {
    let (days, kind) = (away.days(), away.kind.word());
    format!(
        "前に聞いたお休み（{days}、{kind}）と重なっています。どちらが正しいかを確かめ、前のお休みの終わりの日を変えるか、取り消してから書いてください。"
    )
}

/// What is said of a refusal beside the field it is about: the field, and the words.
fn told(refusal: &Refusal) -> Option<(&'static str, String)> {
    let (field, words) = match refusal {
        Refusal::TooMany => (
            "name",
            "登録できる人数がいっぱいです。町の管理者にご相談ください。",
        ),
        Refusal::NotThen => (
            "day",
            "この日にはできません。入会の日より後で、1年先までの日にしてください。",
        ),
        Refusal::StandsSo => (
            "day",
            "もうそのようになっています。画面を開き直して、いまの状態を確かめてください。",
        ),
        Refusal::NoReason => ("reason", "理由を書いてください。"),
        Refusal::Reason(bad) => return Some(("reason", bad.to_string())),
        Refusal::Tied => (
            "q",
            "結びつきが変わっています。画面を開き直して、いまの状態を確かめてください。",
        ),
        Refusal::Another => (
            "q",
            "この登録者は、もう別のサポーターに結びつけてあります。同じ方が2回入会していないか、一覧で確かめてください。",
        ),
        Refusal::HasCard => (
            "card",
            "使えるカードがもう1枚あります。画面を開き直して、いまの状態を確かめてください。",
        ),
        Refusal::PaidAlready => (
            "year",
            "この年度の会費は、もう受け取っているか、免除になっています。2回受け取らないよう、上の表で確かめてください。",
        ),
        Refusal::NotPaid => (
            "reason",
            "この年度は、受け取っても免除してもいません。上の表で確かめてください。",
        ),
        Refusal::NotInThen => ("year", "この年度は入会していません。"),
        Refusal::Amount => ("amount", "1円から100000円までの額を入れてください。"),
        Refusal::NotPaidThen => (
            "on",
            "今日までの日にしてください。前の年度より前の日は受け付けられません。",
        ),
        Refusal::Backwards => (
            "away_until",
            "お休みの終わりの日が、初めの日より前になっています。",
        ),
        Refusal::FarAway => ("away_from", "今日から2年以内の日にしてください。"),
        Refusal::Meets(away) => return Some(("away_from", meets(away))),
        Refusal::NotFound
        | Refusal::Changed
        | Refusal::NoRight(_)
        | Refusal::People(_)
        | Refusal::Seal(_)
        | Refusal::Db(_) => return None,
    };
    Some((field, words.to_owned()))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::Changed) => Problem::changed("/station/supporters"),
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::People(refusal)) => refusal.into(),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some((_, words)), _) => Problem::refused(&words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}

/// On to the supporter's page where it was done; else the words stand beside their field, for the form
/// to come back.
fn settled(
    asked: &Asked,
    id: SupporterId,
    done: Result<(), Refusal>,
    flash: &str,
    problems: &mut Problems,
) -> Result<Option<Response>, Problem> {
    settled_at(asked, &path(id), done, flash, problems)
}

/// The same on another page.
fn settled_at(
    asked: &Asked,
    page: &str,
    done: Result<(), Refusal>,
    flash: &str,
    problems: &mut Problems,
) -> Result<Option<Response>, Problem> {
    match done {
        Ok(()) => Ok(Some(asked.redirect(page, Flash::done(flash)))),
        Err(Refusal::Changed) => Err(Problem::changed(page)),
        Err(refusal) => match told(&refusal) {
            Some((field, words)) => {
                problems.add(field, words);
                Ok(None)
            }
            None => Err(refusal.into()),
        },
    }
}
