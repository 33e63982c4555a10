//! Figures of the Station: courses, people, first-timers, visits; who carried it; what was noticed here
//! and what came of it.
//!
//! Leans on: notices, consultations, cases, paths, station::courses, station::supporters,
//! station::signups, station::door, station::watch, station::change, station::vouchers.
//!
//! Promises (`tests/house/station/figures.rs`, and beside the rules):
//! - a person is counted once, as far as they are known, and a visit each time;
//! - a day of which nobody wrote down who came is "not recorded", and never nobody;
//! - what leaves the town is a year that is over, made of blocks of which none is small, also for whoever
//!   subtracts, and stays as it was first given (decision 0040);
//! - what came of a notice is told to nobody who may not see the case, unless it is of five and more.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{Left, Report, gather, leave, noticed_in, report, yen_in};
pub use pages::doors;
pub use rules::{
    Block, By, Came, Counted, FEWEST, Facts, Figures, Given, Held, Named, Noticed, Party, Refusal,
    Row, Turns, Whose, Yen, figures, leaving, outside_notes,
};
