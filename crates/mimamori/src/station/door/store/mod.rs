//! What happens at the door ↔ rows.

mod keeping;
mod rows;
mod tries;

pub use keeping::{forget_before, reseal_attendances};
pub use rows::{count_here, find, insert, list_here, save};
pub use tries::{
    begin_try, count_tries, end_roll, find_try, last_try, list_taken, list_tries, reopen_roll,
    roll_of, settle_try,
};

use db::Error;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
