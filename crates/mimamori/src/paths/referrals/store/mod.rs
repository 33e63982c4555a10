//! Referrals and what organisations offer ↔ rows.

mod keeping;
mod organisations;
mod referrals;
mod twins;

pub use keeping::{forget_in, reseal_some};
pub use organisations::{list_organisations, save_organisation};
pub use referrals::{find, insert, list_for_person, list_made, put_void};
pub use twins::BELONGING;

use db::Error;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
