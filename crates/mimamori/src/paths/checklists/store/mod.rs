//! Checklists ↔ rows.

mod checklists;
mod forget;
mod reseal;
mod twins;

pub use checklists::{find, find_by_link, insert, list_for_person, save};
pub use forget::forget_in;
pub use reseal::reseal_some;
pub use twins::BELONGING;
