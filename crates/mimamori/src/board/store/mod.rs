//! Findings, finders, links, messages, proofs, drills and settings ↔ rows.

mod drills;
mod finds;
mod forget;
mod messages;
mod parties;
mod proofs;
mod reseal;
mod settings;
mod strays;
mod twins;

pub use drills::{
    end_drill, find_drill_of, find_running, insert_drill, list_over, list_taking_part,
};
pub use finds::{
    Month, find_find, find_open_of, forget_words, insert_find, list_forgettable, list_months,
    list_of_drill, meet, point_to, remove_find, save_answered, save_false, save_in_use,
    save_mailed,
};
pub use forget::forget_in;
pub use messages::{insert_message, list_messages, origin_token, pressure};
pub use parties::{
    find_finder, find_link, insert_finder, insert_link, list_links, save_link_opened,
};
pub use proofs::{
    find_proof, forget_proofs, has_dead_proofs, insert_proof, list_asked, remove_proofs,
};
pub use reseal::reseal_some;
pub use settings::{find_settings, save_settings};
pub use strays::{forget_strays, has_old_strays, insert_stray, stray};
pub use twins::follow_inquiries;

use db::Error;
use seal::{Place, SealError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::rules::Refusal;
use crate::deed::Deed;
use crate::ids::RowId;

/// A place that is written once and never again.
const fn place(table: &'static str, column: &'static str, row: RowId) -> Place {
    Place {
        table,
        column,
        row: row.0,
        version: 0,
    }
}

fn close<T: Serialize>(deed: &Deed, place: &Place, value: &T) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(value).map_err(|_| SealError::Malformed)?;
    Ok(deed.keys.seal(place, &plain, &mut deed.dice.clone()))
}

fn open<T: DeserializeOwned>(deed: &Deed, place: &Place, sealed: &[u8]) -> Result<T, Refusal> {
    let plain = deed.keys.open(place, sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?)
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
