//! Cases and what belongs to them ↔ rows.

mod cases;
mod count;
mod documents;
mod doubled;
mod entries;
mod forget;
mod handovers;
mod helped;
mod list;
mod people;
mod reseal;
mod settings;

pub use cases::{find, find_as_program, find_by_number, insert, may_see, next_number, save};
pub use count::{Load, count, count_unreviewed, list_load, list_unreviewed, works_at};
pub use documents::{find_document, insert_document, list_documents, remove_document};
pub use doubled::{Pair, list_doubled, list_elsewhere};
pub use entries::{NewEntry, find_entry, insert_entry, list_entries, list_steps_done, save_entry};
pub use forget::{delete, forget_names, forget_person, list_forgotten, list_of_nobody_before};
pub use handovers::{
    find_handover, insert_handover, list_handovers, list_incoming, list_outgoing, save_handover,
};
pub use helped::{Led, list_led, mark_of, set_helped};
pub use list::{
    Listed, PAGE, Which, list, list_below, list_for_origin, list_for_person, list_open_after,
    list_with_words,
};
pub use people::{add_person, count_people, hand_over, list_people, list_since, remove_person};
pub use reseal::reseal_some;
pub use settings::{find_settings, save_settings};

use db::Error;
use jiff::civil::Date;
use seal::{Place, SealError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::deed::Deed;

pub(super) fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

pub(super) fn day(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("a day of cases"))
}

/// Seals a value at its place.
pub(super) fn close<T: Serialize>(
    deed: &Deed,
    place: &Place,
    value: &T,
) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(value).map_err(|_| SealError::Malformed)?;
    Ok(deed.keys.seal(place, &plain, &mut deed.dice.clone()))
}

/// Opens a value at its place.
pub(super) fn open<T: DeserializeOwned>(
    deed: &Deed,
    place: &Place,
    sealed: &[u8],
) -> Result<T, SealError> {
    let plain = deed.keys.open(place, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
}

/// The account behind a deed; 0 for the program.
pub(super) fn who(deed: &Deed) -> i64 {
    deed.scope.actor.account().map_or(0, |account| account.0)
}
