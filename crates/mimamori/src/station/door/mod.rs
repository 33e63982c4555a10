//! The door: who came to a day, as what, and what came of every try.
//!
//! Somebody is ticked on the list of those who signed up, shows a card, reads out a number, is found by
//! name, or just comes by.
//!
//! Promises (`tests/house/station/door/`, and beside the rules):
//! - every try is kept with what came of it, and what is sent twice is kept once;
//! - one touch takes somebody in who signed up, and one takes it back;
//! - a day whose roll was not taken to its end is "not recorded"; nobody was absent on it;
//! - names of people who just came by are sealed, and forgotten after a year.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Coming, Who, come, come_in, come_late, end_in, end_roll, forget_old, leave, note, reopen_roll,
    undo,
};
pub use pages::doors;
pub use rules::{Attendance, MOST_NAME, Outcome, Part, Refusal, Roll, Tried, Way};
pub use store::{
    count_tries, find, list_here, list_taken, list_tries, reseal_attendances, roll_of,
};
