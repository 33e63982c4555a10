//! The pages of the register. Opening a record goes through [`gate`]: purpose, then audit, then sight.

mod areas;
mod edit;
mod forms;
mod gap;
mod gate;
mod history;
mod list;
pub(super) mod names;
mod new;
mod photo;
mod purpose;
mod record;
pub mod said;
mod sights;
mod standing;
pub(super) mod typed;

pub use gap::{heard_of, said_of, unasked};
pub use gate::{Stop, admit, enter, witness};
pub use names::{Names, center_code};
pub use record::{stamp, told};
pub use sights::{Told, list_sights, told_of};

use axum::Form;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;

use super::rules::{Care, Consent, Contacts, Finder, Identity, MOST_BYTES, Medical, Refusal};
use super::search;
use crate::front::{Access, Asked, Doors, Problem};
use crate::ids::PersonId;
use crate::people::acts::{Erased, Met};
use crate::scope::Right;

const READ: Access = Access::Needs(Right::ReadPeople);
const TOWN: Access = Access::Needs(Right::ManageTown);
const EDIT: Access = Access::Needs(Right::EditPeople);

/// What rooms above do for the register.
#[derive(Clone, Copy)]
pub struct FromAbove {
    /// Knows who was erased.
    pub erased: Erased,
    /// Counts first contacts.
    pub met: Met,
}

/// The doors of the register.
pub fn doors(doors: Doors, above: FromAbove) -> Doors {
    let photo_limit = DefaultBodyLimit::max(MOST_BYTES + 64 * 1024);
    doors
        .get("/people", READ, list::page)
        .get("/people/new", EDIT, new::page)
        .post(
            "/people/new",
            EDIT,
            move |asked: Asked, form: Form<typed::Typed>| new::save(asked, form, above),
        )
        .get("/people/{person}", READ, record::page)
        .get("/people/{person}/purpose", READ, purpose::page)
        .post("/people/{person}/purpose", READ, purpose::save)
        .get("/people/{person}/history", READ, history::page)
        .get("/people/{person}/sights", READ, sights::page)
        .post("/people/{person}/confirm", EDIT, edit::confirm)
        .get("/people/{person}/state", EDIT, standing::page)
        .post("/people/{person}/state", EDIT, standing::save_state)
        .post(
            "/people/{person}/state/{version}/undoing",
            EDIT,
            standing::undo_state,
        )
        .post("/people/{person}/center", EDIT, standing::save_center)
        .get("/people/{person}/photo", EDIT, photo::page)
        .post(
            "/people/{person}/photo",
            EDIT,
            photo::save.layer(photo_limit),
        )
        .post("/people/{person}/photo/remove", EDIT, photo::remove)
        .get("/town/areas", TOWN, areas::page)
        .post("/town/areas/settling", TOWN, areas::settle)
        .room(group_doors)
        .room(search::doors)
}

fn group_doors(doors: Doors) -> Doors {
    doors
        .get(
            "/people/{person}/identity/edit",
            EDIT,
            edit::page::<Identity>,
        )
        .post(
            "/people/{person}/identity/edit",
            EDIT,
            edit::save::<Identity>,
        )
        .get(
            "/people/{person}/contacts/edit",
            EDIT,
            edit::page::<Contacts>,
        )
        .post(
            "/people/{person}/contacts/edit",
            EDIT,
            edit::save::<Contacts>,
        )
        .get("/people/{person}/medical/edit", EDIT, edit::page::<Medical>)
        .post("/people/{person}/medical/edit", EDIT, edit::save::<Medical>)
        .get("/people/{person}/care/edit", EDIT, edit::page::<Care>)
        .post("/people/{person}/care/edit", EDIT, edit::save::<Care>)
        .get("/people/{person}/finder/edit", EDIT, edit::page::<Finder>)
        .post("/people/{person}/finder/edit", EDIT, edit::save::<Finder>)
        .get("/people/{person}/consent/edit", EDIT, edit::page::<Consent>)
        .post("/people/{person}/consent/edit", EDIT, edit::save::<Consent>)
}

/// What no page can mend; pages answer [`Refusal::Changed`] themselves, with both versions.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            Refusal::NoPurpose => Problem::refused(
                "別のセンターの登録者です。先にその方のページで「目的を書いて開く」から目的を書いてください。",
            ),
            Refusal::Unasked => Problem::refused(
                "まだうかがっていないことがあるので、「変わりない」とは記録できません。前の画面にもどり、うかがって記入してください。",
            ),
            Refusal::Changed { .. } => Problem::Broken(refusal.into()),
        }
    }
}

/// The person of an address; anything else is not there.
fn person_of(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
