//! Audit: what was done and what was seen.
//!
//! Every sight and every change of personal data is one line: who, when, whose,
//! which group of fields, why, from where. A line carries a keyed hash; every
//! few seconds the lines so far are sealed in order, each seal upon the last,
//! and the newest seal is also kept outside of the database ([`Anchor`]).
//!
//! Leans on: nobody. Everybody leans on this room.
//!
//! Promises (tests/house/audit.rs):
//! - a line is durable before what it tells of is shown ([`witness`]);
//! - a change, deletion, insertion or reordering of a sealed line is found, and
//!   the first bad line named, also when whoever did it can write to the
//!   database but has no key ([`verify`]);
//! - the words of lines about somebody whose record is erased go, and the lines stay verifiable
//!   ([`forget_in`]);
//! - cutting off the newest lines with their seals is found by the anchor, which an older copy
//!   of the database never moves on, and a server that sealed elsewhere never sets off
//!   (tests/house/anchors.rs).

mod acts;
mod anchor;
mod forget;
mod rules;
mod seals;
mod store;
mod verify;

pub use acts::{record, reseal_some, witness, witness_all};
pub use anchor::{Anchor, AnchorError};
pub use forget::forget_in;
pub use rules::{Fields, Line, VERBS, Verb, Why};
pub use seals::{Sealed, seal_round};
pub use store::{
    Entry, Filter, SealState, holds, list_entries, open_detail, seal_state, worked_on,
};
pub use verify::{Fault, Report, verify};
