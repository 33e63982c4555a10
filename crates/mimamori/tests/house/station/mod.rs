//! Stories of the Station's courses.

mod anew;
mod cards;
mod change;
mod changed;
mod door;
mod fees;
mod figures;
mod held;
mod joined;
mod listed;
mod mailed;
mod met;
mod own;
mod planned;
mod race;
mod read;
mod rolls;
mod signed;
mod signups;
mod supporters;
mod tablet;
mod voices;
mod vouchers;
mod watch;
mod watched;
mod web;

use mimamori::audit;
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::station::courses::{self, CourseDay};

use crate::town::Town;

pub use held::{NOTE, TEACHER, days, details, fridays, held, plan};
pub use joined::{equipped, given, joined, known, tied, waived};
pub use listed::listed;
pub use own::at_home;
pub use rolls::marked;
pub use signed::{came, coming, signed, sitting, wish};
pub use voices::spoken;
pub use watched::observed;

/// What the town's audit lines say, the newest first.
pub async fn said(town: &Town) -> String {
    let deed = town.deed().await;
    let entries = crate::desk::entries(town).await;
    let said = entries
        .iter()
        .map(|one| audit::open_detail(&deed.keys, one).unwrap());
    said.collect::<Vec<_>>().join("\n")
}

pub async fn day(town: &Town, deed: &Deed, id: RowId) -> CourseDay {
    let mut conn = town.db().read().await.unwrap();
    courses::find_day(&mut conn, deed, id).await.unwrap()
}
