//! Bringing in a roster: a file as a ward office hands it over becomes people, and what can't
//! become anybody goes back with the reason.
//!
//! A run goes through columns (guessed, corrected, remembered), verdicts (every row: added, changed,
//! unchanged, probable duplicate, refused, nobody) and writing. Until the last step nobody is
//! written. What a row leaves blank is left as it is, so the same file twice changes nothing.
//!
//! The number of the old roster stays with the person and becomes their tag by what the room of
//! tags hands in ([`OldNumbers`]). Whoever was erased is not added again before somebody says so.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    OldNumbers, Taken, begin, choose, drop_run, forget, forget_old, guesses, judge, list_back,
    settle_columns, take,
};
pub use pages::doors;
pub use rules::*;
pub use store::{
    FileKind, Run, count_rows, count_taking, find_file, find_run, forget_all, forget_since,
    is_begun, list_rows, list_runs, reseal_some,
};
