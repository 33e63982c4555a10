//! Pages of leaving: one person's plan, the list of all, the letter, the town's terms.

mod begin;
mod letter;
mod list;
mod one;
mod said;
mod terms;

pub use letter::{Written, written};

use axum::response::Response;

use super::rules::{Refusal, State};
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::Stop;
use crate::scope::Right;

const EDIT: Access = Access::Needs(Right::EditPeople);
const MANAGE: Access = Access::Needs(Right::ManageTown);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/leaving", EDIT, list::page)
        .get("/people/{person}/leaving", EDIT, one::page)
        .post("/people/{person}/leaving", EDIT, begin::save)
        .get("/leaving/{leaving}/letter", EDIT, letter::page)
        .post("/leaving/{leaving}/approval", EDIT, one::approve)
        .post("/leaving/{leaving}/stop", EDIT, one::stop)
        .get("/town/leaving", MANAGE, terms::page)
        .post("/town/leaving/{term}", MANAGE, terms::save)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::People(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            other => Problem::Broken(other.into()),
        }
    }
}

/// What is said of a refusal on the page it happened on.
fn told(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Already(_) => Some(
            "この方の手続きは、もう始まっています。ちがう手続きにするときは、いまの手続きをとりやめてから始めてください。",
        ),
        Refusal::SamePerson => Some(
            "消去の確認は、手続きをした職員とは別の職員にお願いします。取りちがえを防ぐためです。",
        ),
        Refusal::Not(State::Erased) => Some("記録はもう消去されています。"),
        Refusal::Not(State::Stopped) => Some("この手続きは、とりやめになっています。"),
        Refusal::Not(_) => Some("2人目の確認はもう済んでいます。"),
        Refusal::Ahead => Some("日付が今日より先になっています。"),
        Refusal::Changed | Refusal::Db(db::Error::Changed) => {
            Some("ほかの職員が先に変えました。いまの内容を見て、必要ならもう一度お願いします。")
        }
        Refusal::People(crate::people::Refusal::Changed { .. }) => Some(
            "そのあいだに、この方の登録の状態が変わりました。いまの内容を見て、必要ならもう一度お願いします。",
        ),
        _ => None,
    }
}

/// Back to a person's page with what was done, or with why it was not.
fn back(asked: &Asked, person: PersonId, done: Result<Flash, Refusal>) -> Result<Response, Stop> {
    let flash = match done {
        Ok(flash) => flash,
        Err(refusal) => match told(&refusal) {
            Some(words) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(&path(person), flash))
}

fn path(person: PersonId) -> String {
    format!("/people/{person}/leaving")
}

fn person_of(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn leaving_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
