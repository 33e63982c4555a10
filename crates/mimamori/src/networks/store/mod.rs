//! Networks, centers, areas, hours, organisations, texts, keys ↔ rows.

mod answers;
mod areas;
mod centers;
mod hours;
mod keys;
mod organisations;
mod texts;
mod towns;

use db::Error;
use words::phone::Phone;

pub use answers::{PhoneNow, is_open, next_working_day, phone_now};
pub use areas::{center_for, list_areas, read_lines};
pub(super) use areas::{find_area, insert_area, remove_areas};
pub use centers::{find_center, list_centers};
pub(super) use centers::{insert_center, save_center};
pub use hours::calendar_of;
pub(super) use hours::{insert_day, insert_hours, remove_day, remove_hours};
pub use keys::{find_move, key_made_at, put_move};
pub(super) use keys::{find_newest_key, insert_key, list_live_keys, retire_key};
pub use organisations::{find_organisation, list_organisations};
pub(super) use organisations::{insert_organisation, save_organisation};
pub use texts::{Words, find_words, words_of};
pub(super) use texts::{insert_words, remove_words, save_words};
pub use towns::{find_town, find_town_by_short, list_towns};
pub(super) use towns::{insert_town, save_town};

/// A phone as its column has it; empty where there is none.
fn phone_text(phone: Option<&Phone>) -> String {
    phone.map(Phone::to_string).unwrap_or_default()
}

/// The phone of a column; empty is none.
fn phone_of(text: &str) -> Result<Option<Phone>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let phone = Phone::parse(text).map_err(|_| Error::Shape("not a phone".to_owned()))?;
    Ok(Some(phone))
}
