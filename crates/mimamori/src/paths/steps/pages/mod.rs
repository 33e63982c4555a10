//! Pages of paths: those of a center, of one person, one path, and the town's own kinds.

mod list;
mod of_case;
mod one;
mod person;
mod plans;
mod said;

pub use of_case::of_case;

use axum::response::Response;

use super::rules::Refusal;
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::Stop;
use crate::scope::Right;

const SUPPORT: Access = Access::Needs(Right::Support);
const TOWN: Access = Access::Needs(Right::ManageTown);

/// The doors of this part of the room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/paths", SUPPORT, list::page)
        .get("/people/{person}/paths", SUPPORT, person::page)
        .post("/people/{person}/paths", SUPPORT, person::begin)
        .get("/paths/{path}", SUPPORT, one::page)
        .post("/paths/{path}/steps/{number}", SUPPORT, one::act)
        .post("/paths/{path}/steps/{number}/undoing", SUPPORT, one::undo)
        .post("/paths/{path}/stop", SUPPORT, one::stop)
        .get("/town/paths", TOWN, plans::page)
        .get("/town/paths/new", TOWN, plans::blank)
        .post("/town/paths/new", TOWN, plans::add)
        .get("/town/paths/{plan}", TOWN, plans::one)
        .post("/town/paths/{plan}", TOWN, plans::save)
        .post("/town/paths/{plan}/close", TOWN, plans::close)
        .post("/town/paths/{plan}/reopen", TOWN, plans::reopen)
}

/// What is said of a refusal beside the field it is about: the field, and the words.
fn told(refusal: &Refusal) -> Option<(&'static str, &'static str)> {
    Some(match refusal {
        Refusal::Ahead => (
            "on",
            "日付が今日より先になっています。延期するときは「延期する」を押してください。",
        ),
        Refusal::TooEarly => (
            "on",
            "日付が早すぎます。済んだ日はつなぎを始めた日より後、延期の日は今日より後にしてください。",
        ),
        Refusal::NoOutcome => ("outcome", "どれか1つを選んでください。"),
        Refusal::NoTerm => (
            "first",
            "有効期間の始まりと終わりを入れてください（非該当のときは空けておきます）。",
        ),
        Refusal::NoWords => ("words", "理由を入れてください。"),
        Refusal::NoReasonForDelay => (
            "words",
            "申請から30日をこえています。遅れた理由を入れてください。",
        ),
        Refusal::CaseIsOver => (
            "began",
            "この支援は終了しています。続けるときは、先に支援を再開するか、支援とは別につなぎを始めてください。",
        ),
        Refusal::IsOver => ("on", "この段階、またはこのつなぎは、もう終わっています。"),
        Refusal::Changed
        | Refusal::Db(db::Error::Changed)
        | Refusal::People(crate::people::Refusal::Changed { .. }) => (
            "on",
            "そのあいだに、ほかの職員が変えました。いまの内容を見て、必要ならもう一度お願いします。",
        ),
        _ => return None,
    })
}

/// On to a page with what was done, or with why it was not.
fn on(asked: &Asked, path: &str, done: Result<Flash, Refusal>) -> Result<Response, Stop> {
    let flash = match done {
        Ok(flash) => flash,
        Err(refusal) => match told(&refusal) {
            Some((_, words)) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(path, flash))
}

fn person_of(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn row_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
