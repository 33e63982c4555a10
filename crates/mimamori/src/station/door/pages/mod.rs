//! Pages of the door.

mod code;
mod offline;
mod screen;
mod sent;
mod today;
mod tries;

use super::rules::Refusal;
use crate::clock::in_japan;
use crate::front::{Access, Asked, Doors, Problem};
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};

const MAY: Access = Access::Needs(Right::Door);

/// The doors of the door.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/station/door", MAY, today::page)
        .get("/station/days/{lesson}/door", MAY, screen::page)
        .post("/station/days/{lesson}/door", MAY, sent::come)
        .post("/station/days/{lesson}/door/code", MAY, code::read)
        .post("/station/days/{lesson}/door/frame", MAY, offline::frame)
        .post("/station/days/{lesson}/door/late", MAY, offline::late)
        .get("/station/door/offline", Access::Public, offline::page)
        .get("/station/door.js", Access::Public, offline::script)
        .get(
            "/station/door.webmanifest",
            Access::Public,
            offline::manifest,
        )
        .post("/station/days/{lesson}/door/search", MAY, screen::search)
        .post("/station/days/{lesson}/door/end", MAY, sent::end)
        .post("/station/days/{lesson}/door/reopen", MAY, sent::reopen)
        .get("/station/days/{lesson}/tries", MAY, tries::page)
        .post("/station/attendances/{attendance}/undo", MAY, sent::undo)
        .post("/station/attendances/{attendance}/left", MAY, sent::leave)
}

/// The day, if whoever asks stands at its door: a tablet shows who comes today, and never where somebody
/// was or will be.
async fn day_here(asked: &Asked, id: RowId) -> Result<CourseDay, Problem> {
    let day = courses::find_day(&mut asked.read().await?, &asked.deed, id).await?;
    let today = day.day == in_japan(asked.deed.now).date();
    match today || asked.may(Right::Supporters) {
        true => Ok(day),
        false => Err(Problem::NotFound),
    }
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
