//! Doors of `paths`, and the ids that they are tried with.

use mimamori::ids::{PersonId, RowId};
use mimamori::paths::checklists::{self, Sheet, Way};
use mimamori::scope::Role;

use super::{GONE, OK, Row};
use crate::town::{Network, Town};

/// Every door of the room.
pub const DOORS: &[Row] = &[
    ("GET", "/people/{person}/checklists", "C", OK),
    ("POST", "/people/{person}/checklists", "C", OK),
    ("GET", "/checklists/{checklist}", "C", OK),
    ("GET", "/checklists/{checklist}/answers", "C", OK),
    ("POST", "/checklists/{checklist}/answers", "C", OK),
    ("POST", "/checklists/{checklist}/handing", "C", OK),
    ("POST", "/checklists/{checklist}/withdrawal", "C", OK),
    ("POST", "/checklists/{checklist}/voiding", "C", OK),
    ("GET", "/answer/{token}", "public", GONE),
    ("POST", "/answer/{token}", "public", GONE),
    ("POST", "/papers/checklists/{checklist}", "C", OK),
];

/// What stands in the place of each `{id}`.
pub struct Ids {
    pub checklist: RowId,
}

impl Ids {
    pub async fn of(town: &Town, place: &Network, person: PersonId) -> Ids {
        let nurse = town.deed_at(place, Role::CenterStaff).await;
        let begun = checklists::begin(town.db(), &nurse, person, Sheet::Kihon, Way::Paper);
        Ids {
            checklist: begun.await.unwrap(),
        }
    }
}
