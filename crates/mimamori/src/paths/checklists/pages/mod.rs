//! Pages of checklists: those of one person, one of them, the form, and what a tablet shows.

mod chart;
mod form;
mod list;
mod one;
mod said;
mod tablet;

pub use one::open;
pub use said::{day, mark, measured_on_paper, told_on_paper};

use axum::response::Response;

use super::rules::Refusal;
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::Stop;
use crate::scope::Right;

const SUPPORT: Access = Access::Needs(Right::Support);

/// The doors of this part of the room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/people/{person}/checklists", SUPPORT, list::page)
        .post("/people/{person}/checklists", SUPPORT, list::begin)
        .get("/checklists/{checklist}", SUPPORT, one::page)
        .get("/checklists/{checklist}/answers", SUPPORT, form::page)
        .post("/checklists/{checklist}/answers", SUPPORT, form::save)
        .post("/checklists/{checklist}/handing", SUPPORT, tablet::hand)
        .post(
            "/checklists/{checklist}/withdrawal",
            SUPPORT,
            tablet::withdraw,
        )
        .post("/checklists/{checklist}/voiding", SUPPORT, one::put_void)
        .get("/answer/{token}", Access::Public, tablet::page)
        .post("/answer/{token}", Access::Public, tablet::answer)
}

/// What is said of a refusal on the page it happened on.
fn told(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Changed | Refusal::Db(db::Error::Changed) => Some(
            "そのあいだに、ほかの職員かタブレットで答えが変わりました。いまの内容を見て、必要ならもう一度お願いします。",
        ),
        Refusal::IsVoid => Some("この回答は取り消されています。"),
        Refusal::Ahead => Some("日付が今日より先になっています。"),
        _ => None,
    }
}

/// On to a page with what was done, or with why it was not.
fn on(asked: &Asked, path: &str, done: Result<Flash, Refusal>) -> Result<Response, Stop> {
    let flash = match done {
        Ok(flash) => flash,
        Err(refusal) => match told(&refusal) {
            Some(words) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(path, flash))
}

fn path(person: PersonId) -> String {
    format!("/people/{person}/checklists")
}

fn person_of(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn checklist_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
