//! Pairs, the walk that finds them, merges ↔ rows.

pub mod merges;
pub mod pairs;
mod reseal;
pub mod walk;

pub use reseal::{reseal_merges, reseal_some};

use serde::Serialize;
use serde::de::DeserializeOwned;

use db::Error;
use seal::{Place, SealError};

use crate::deed::Deed;
use crate::ids::StaffId;

fn close<T: Serialize>(deed: &Deed, place: &Place, value: &T) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(value).map_err(|_| SealError::Malformed)?;
    Ok(deed.keys.seal(place, &plain, &mut deed.dice.clone()))
}

fn open<T: DeserializeOwned>(deed: &Deed, place: &Place, sealed: &[u8]) -> Result<T, SealError> {
    let plain = deed.keys.open(place, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

/// 0 stands for the program.
fn staff_of(number: i64) -> Option<StaffId> {
    (number != 0).then_some(StaffId(number))
}
