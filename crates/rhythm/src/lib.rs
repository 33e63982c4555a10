//! Who comes less than they used to: pure, no names, no clock, no chance.
//!
//! - [`facts`]: what is handed in. [`Book`] checks it and lays it ready.
//! - [`Tide`]: the ebb of the whole town, taken out of everybody's expectation.
//! - [`look`](Book::look): one person on one day: [`Outcome::Change`] with [`Line`]s that add up
//!   to the shown sum, or why nothing can be said.
//! - [`week`](Book::week): the week's list, who is below its end and who was missed; [`watch`] makes
//!   the lists of many weeks, [`effect`] shows what other [`Thresholds`] would have changed.
//! - [`strip`](Book::strip): what each week of a year says, to be drawn.
//!
//! A sum of s says: such a thing happens to this person, with nothing behind it, about once in
//! e^s years (2.0: seven years, 4.0: fifty). It is no probability that something is wrong.
//! See docs/RHYTHM.md for how the figures were chosen and what they must not be used for.

mod book;
mod fault;
mod finding;
mod list;
mod look;
mod past;
mod signals;
mod strip;
mod sums;
mod thresholds;
mod tide;

pub mod facts;

pub use book::Book;
pub use facts::*;
pub use fault::Fault;
pub use finding::{Finding, Line, Numbers, Outcome, Share};
pub use list::{Effect, Later, Missed, Week, effect, watch, watch_with};
pub use strip::{StripWeek, WeekSays};
pub use thresholds::Thresholds;
pub use tide::Tide;
