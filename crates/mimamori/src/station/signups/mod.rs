//! Sign-ups: who comes to a day of a course, who waits, and to whom a place that falls free is offered.
//!
//! Somebody who signs up is a supporter or a guest, of whom only a name and a telephone are known; who
//! of the register they are is known by the supporter alone.
//!
//! Promises (`tests/house/station/signups/`, and beside the rules):
//! - as many as a day holds are in, however many ask at the same moment; the others wait in the order
//!   in which they came, nobody is lost and nobody stands there twice;
//! - a place that falls free is offered to the first who waits, with a time to answer that is never at
//!   night and shorter as the day nears; who does not answer makes room for the next;
//! - why somebody is in, waits or is out is kept, and said in plain words to whoever asks;
//! - whoever signed up and was not told that the day is held otherwise, or not, is on somebody's list;
//! - nobody loses a sign-up because a series is planned anew.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Standing, Wish, end, end_in, forget_guests, keep_up, mail_changes, set_hours, sign_up,
    sign_up_in, standing, take, take_in, tell,
};
pub use pages::doors;
pub use rules::{
    Guest, Happened, Refusal, Room, Signup, State, What, Who, answer_by, begins, ways,
};
pub use store::{
    find, find_standing, forget_in, list_coming, list_of_day, list_of_supporter, reseal_signups,
    room,
};
