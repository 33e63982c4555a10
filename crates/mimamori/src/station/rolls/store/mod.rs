//! A sheet ↔ its row.

mod keeping;
mod rows;

pub use keeping::{forget_before, reseal_sheets};
pub use rows::{find, insert, list_of_day, save};
