//! Notices, steps, signs, agreements, mails and settings ↔ rows.

mod agreements;
mod figures;
mod forget;
mod list;
mod mails;
mod notices;
mod quarters;
mod reseal;
mod settings;
mod signs;
mod steps;

pub use agreements::{
    counted_of, find_agreement, find_by_link, insert_agreement, list_agreements, list_asking,
    save_agreement, save_asked, save_link,
};
pub use figures::{Lateness, list_lateness, list_passed};
pub use forget::{forget_before, forget_in, forget_one, hand_over, list_of_record};
pub use list::{
    count_late, count_open, explains, list_after, list_at_house, list_beside, list_ended,
    list_for_person, list_late, list_open, list_related,
};
pub use mails::{Queued, count_mails_to, insert_mail, list_due, list_mail_states, save_mail};
pub use notices::{
    find, find_by_hash, insert, origin_token, place_token, pressure, save, teller_token,
};
pub use quarters::{Quarter, find_quarter, put_quarter};
pub use reseal::reseal_some;
pub use settings::{find_settings, put_settings};
pub use signs::{list_signs, put_sign};
pub use steps::{insert_step, list_steps};

use db::Error;
use seal::{Place, SealError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::rules::Refusal;
use crate::deed::Deed;

/// A value that is written anew with its row keeps to version 0: what binds it is its row.
const fn place(table: &'static str, column: &'static str, row: i64) -> Place {
    Place {
        table,
        column,
        row,
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
