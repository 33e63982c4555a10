//! Leaving: moving away, death, withdrawal, the wish to be erased.
//!
//! Each is an act with a waiting time. At once the person's tags say that nobody is registered; the
//! record stays, so that a slip or a change of mind is mended by one button. When the time is over
//! and a second person has agreed, the program erases the record (`src/erasure.rs` walks
//! through all rooms). What is kept is listed, with why: lines of the audit without words, figures without
//! anybody, numbers made void, and keyed hashes by which an old backup or an old roster does not
//! bring the person back.
//!
//! Leans on: audit, networks, staff, tasks, people, tags, desk, renewals.
//!
//! Promises (`tests/house/leaving`):
//! - until it is erased, everything is as it was after one press of a button;
//! - nobody agrees to an erasure that they asked for themselves;
//! - nothing of an erased person is found, in no table, with all keys at hand;
//! - every table that holds people or sealed values is in the list of what is erased, or is named
//!   with the reason why not;
//! - a backup put back later, and an old roster, do not bring anybody back unasked.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    ERASED, approve, begin, change_term, end_in, note_in, round, stop, take_due_in, traces_in,
};
pub use pages::{Written, doors, written};
pub use rules::{
    Asker, AskerKind, Erasure, KINDS, Kind, Leaving, Letter, ListFault, New, Paper, Refusal, State,
    Term, from_list, letter, to_list,
};
pub use store::{
    count_erasures, find, find_open, forget_in, list_due, list_erasures, list_for_person,
    list_open, list_terms, reseal_some,
};
