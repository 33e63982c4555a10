//! Pages of supporters: the list, joining, one of them, whom of the register they are.

mod form;
mod list;
mod new;
mod one;
mod said;
mod tie;

use axum::response::Response;

use super::rules::Refusal;
use crate::front::look::Problems;
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::SupporterId;
use crate::scope::Right;

const SUPPORTERS: Access = Access::Needs(Right::Supporters);

/// The doors of supporters.
pub fn doors(doors: Doors) -> Doors {
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
        .post("/station/supporters/{supporter}/erasure", may, one::erase)
        .get("/station/supporters/{supporter}/tie", may, tie::page)
        .post("/station/supporters/{supporter}/tie", may, tie::send)
        .post("/station/supporters/{supporter}/untie", may, tie::undo)
}

/// The address of a supporter's page.
fn path(id: SupporterId) -> String {
    format!("/station/supporters/{id}")
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
    match done {
        Ok(()) => Ok(Some(asked.redirect(&path(id), Flash::done(flash)))),
        Err(Refusal::Changed) => Err(Problem::changed(&path(id))),
        Err(refusal) => match told(&refusal) {
            Some((field, words)) => {
                problems.add(field, words);
                Ok(None)
            }
            None => Err(refusal.into()),
        },
    }
}
