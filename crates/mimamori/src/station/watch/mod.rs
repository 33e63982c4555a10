//! Watching: what professionals observe about people whom they meet at the Station.
//!
//! An observation is two taps and a sentence, about a supporter or about somebody of the register. It
//! adds to the evidence of notices about the same person, and leads on: to a notice at once, to a
//! consultation, a checklist, a path.
//!
//! Leans on: people, notices, station::courses, station::supporters.
//!
//! Promises (`tests/house/station/watch.rs`, and beside the rules):
//! - who has no right to watch finds none of it, on no page: no resident, no sponsor, no other town;
//! - about another center's registered person it is read for a stated purpose only, also where the
//!   person is met as a supporter, and adds to no sum of another center;
//! - what was observed is sealed, and every sight of it leaves a line before it is shown;
//! - what was taken back stays readable with its reason, and counts nowhere;
//! - made a notice it counts once;
//! - whoever is erased leaves none of it.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{make_notice, note, take_back};
pub use pages::doors;
pub use rules::{About, MOST_WORDS, New, Observation, Refusal, State, Words};
pub use store::{
    BELONGING, Seen, explains, find, forget_in, forget_supporter_in, list_about, list_lately,
    list_seen, reseal_some,
};
