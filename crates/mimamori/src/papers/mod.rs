//! Papers: forms, cards, stickers, postcards, the night ledger, letters, as PDF in Japanese.
//!
//! What stands on a paper is gathered here and set by the `press` crate. A single paper is made
//! while somebody waits; postcards, the ledger and stickers of a batch are made part by part behind
//! a page that shows how far they are, and are kept sealed for a week.
//!
//! Leans on: audit, networks, staff, people, tags, notices, cases, station, renewals, leaving.
//!
//! Promises (`tests/house/papers.rs`, `letters.rs`):
//! - whoever's data stand on a paper has a line of it before its bytes leave;
//! - another center's people are printed for a stated purpose only;
//! - a card that is carried about names nobody;
//! - the letter of a referral says who was referred and what is to be told, while the consent holds; the
//!   poster names nobody;
//! - what can't be printed as written is listed where the paper is offered, and on the paper;
//! - a run that was interrupted goes on, and prints nobody twice;
//! - parts are sealed, and gone after a week.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{begin, forget_old, make, take};
pub use pages::doors;
pub use rules::{Job, Kind, Ledger, Part, Postcards, Refusal, Run, What};
pub use store::{find_run, forget_in, list_parts, reseal_some};
