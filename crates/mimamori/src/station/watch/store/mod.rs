//! Observations ↔ rows.

mod forget;
mod reseal;
mod rows;
mod twins;

pub use forget::{forget_in, forget_supporter_in};
pub use reseal::reseal_some;
pub use rows::{Seen, explains, find, insert, list_about, list_lately, list_seen, save};
pub use twins::BELONGING;
