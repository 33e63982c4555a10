//! Explained views: which sights of a record follow from somebody's work, and which the head of
//! their center should know of.
//!
//! When a record opens, the program looks for a reason: an open task, a call that one took, a case,
//! one's own work on the record. Rooms above hand in theirs ([`Explain`]). What is explained is put
//! before nobody; the audit line says the reason. What is not is gathered by week, account and
//! person, and the head of who looked goes through it: [`list_for`], the oddest first.
//!
//! Promises (`tests/house/views.rs`, `docs/decisions/0026-*`):
//! - a view that the program can explain is neither asked about nor listed;
//! - another center's person is opened for a stated purpose only, for an hour, and the head of who
//!   looked reads of it at once;
//! - within one's own center nobody is asked, and what nothing explains is listed;
//! - a view of a canary is listed whatever explains it;
//! - another center's head sees none of it, nobody judges their own, and the town reads counts.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Explain, Holds, Look, Waiting, answer, ask, explain, must_be_open, note_in, note_sight,
    set_canary, understand,
};
pub use pages::doors;
pub use rules::{MOST_SAID, Odd, Refusal, SHOWN, State, View, Words};
pub use store::{Counts, count_asked_of, count_open, is_canary, list_for, reseal_some};

pub(super) use store::forget_of;
