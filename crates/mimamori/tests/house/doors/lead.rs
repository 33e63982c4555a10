//! The doors around who runs and who leads a center.

use mimamori::ids::{PersonId, RowId};
use mimamori::people::{self, views};
use mimamori::scope::Role;

use super::{GONE, OK, Row};
use crate::town::{Network, Town};

pub const DOORS: &[Row] = &[
    ("GET", "/town/centers/{center}/operator", "A", OK),
    ("POST", "/town/centers/{center}/operator", "A", OK),
    ("POST", "/town/centers/{center}/operator/changes", "A", OK),
    (
        "POST",
        "/town/centers/{center}/operator/changes/{day}/stays",
        "A",
        GONE,
    ),
    (
        "POST",
        "/town/centers/{center}/operator/changes/{day}/cancel",
        "A",
        GONE,
    ),
    // people/views
    ("GET", "/center", "H", OK),
    ("GET", "/center/views", "H", OK),
    ("GET", "/center/views/{view}", "H", OK),
    ("POST", "/center/views/{view}/understood", "H", OK),
    ("POST", "/center/views/{view}/question", "H", OK),
    ("POST", "/people/{person}/canary", "H", OK),
    ("GET", "/views", "C", OK),
    ("POST", "/views/{view}/answer", "C", MINE),
    ("GET", "/town/views", "A", OK),
];

/// It is one account's own; to its colleagues it is not there.
const MINE: &[u16] = &[404, 422];

/// A sight that the nurse said a purpose for.
pub async fn view(town: &Town, place: &Network, person: PersonId) -> RowId {
    let nurse = town.deed_at(place, Role::CenterStaff).await;
    people::open_for(town.db(), &nurse, person, "転居の相談".to_owned())
        .await
        .unwrap();
    let head = place.staff(Role::CenterHead);
    let mut conn = town.db().read().await.unwrap();
    let listed = views::list_for(&mut conn, &nurse, place.center, head);
    listed.await.unwrap()[0].id
}
