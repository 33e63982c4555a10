//! Audit: what was done and what was seen.
//!
//! Every sight and every change of personal data is one line: who, when, whose,
//! which group of fields, why, from where. A line carries a keyed hash; every
//! few seconds the lines so far are sealed in order, each seal upon the last.
//!
//! Leans on: nobody. Everybody leans on this room.
//!
//! Promises:
//! - a line is durable before what it tells of is shown ([`witness`]).

mod acts;
mod rules;
mod store;

pub use acts::{record, witness};
pub use rules::{Fields, Line, Verb, Why};
