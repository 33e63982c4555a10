//! Pages of the door.

mod code;
mod screen;
mod sent;
mod tries;

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const MAY: Access = Access::Needs(Right::Door);

/// The doors of the door.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/station/door", MAY, screen::today)
        .get("/station/days/{lesson}/door", MAY, screen::page)
        .post("/station/days/{lesson}/door", MAY, sent::come)
        .post("/station/days/{lesson}/door/code", MAY, code::read)
        .post("/station/days/{lesson}/door/search", MAY, screen::search)
        .post("/station/days/{lesson}/door/end", MAY, sent::end)
        .post("/station/days/{lesson}/door/reopen", MAY, sent::reopen)
        .get("/station/days/{lesson}/tries", MAY, tries::page)
        .post("/station/attendances/{attendance}/undo", MAY, sent::undo)
        .post("/station/attendances/{attendance}/left", MAY, sent::leave)
}

/// What is said of a refusal; nothing of one that is the program's own.
fn told(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::Changed => {
            "そのあいだに、ほかの職員が記録しました。いまの一覧を確かめてください。"
        }
        Refusal::StandsSo => "もうそのように記録されています。いまの一覧を確かめてください。",
        Refusal::NotHeld => {
            "始まる前の回と中止の回では、受付を終えられません。始まってから押してください。"
        }
        Refusal::NotFound
        | Refusal::Courses(_)
        | Refusal::Supporters(_)
        | Refusal::SignUps(_)
        | Refusal::NoRight(_)
        | Refusal::Seal(_)
        | Refusal::Db(_) => return None,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Courses(refusal)) => refusal.into(),
            (_, Refusal::Supporters(refusal)) => refusal.into(),
            (_, Refusal::SignUps(refusal)) => refusal.into(),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some(words), _) => Problem::refused(words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}
