//! Seeing the change: who comes less than they used to, of those who agreed to being looked at.
//!
//! A supporter agrees at the counter, each signal by itself, and takes it back there at once. Nothing is
//! looked at without it. Once a week those whose coming has changed are put before the professionals on
//! watch, each with the reason; the `rhythm` crate finds them from plain facts.
//!
//! Leans on: people, notices, station::courses, station::supporters, station::signups, station::door.
//!
//! Promises (`tests/house/station/change.rs`, and beside the rules):
//! - each signal is agreed to by itself, with day, way and who wrote it down, and anybody at the counter
//!   reads it to the supporter;
//! - what is taken back is looked at no more from that moment, earlier days included, and what lists said
//!   by it is forgotten;
//! - no list is longer than its center follows up, and no sum is kept beside anybody;
//! - what was answered trains nothing: figures change by a deliberate act, with the effect on last year's
//!   lists shown first;
//! - whoever left or was erased is not looked at.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Gathered, Picture, Who, agree, answer, draw_up, gather, keep_up, picture, set, set_number,
    take_back, weigh,
};
pub use pages::doors;
pub use rules::{
    Agreed, Consent, Known, Listed, Refusal, Settings, Signal, State, Strip, Told, Way, Week,
    Words, agreed, day_of, monday, number_of,
};
pub use store::{
    find_settings, forget_in, forget_supporter_in, list_lines_of, list_of, list_week,
    reseal_consents, reseal_lines,
};
