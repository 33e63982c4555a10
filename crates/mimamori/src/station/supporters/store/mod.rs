//! Supporters ↔ rows.

mod forget;
mod reseal;
mod rows;
mod twins;

pub use forget::{below, forget_in, forget_supporter};
pub use reseal::reseal_supporters;
pub use rows::{count, find, insert, list, list_matching, list_of_person, save};
pub use twins::{hand_over, list_since};
