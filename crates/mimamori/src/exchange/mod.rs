//! Exchange: other programs speak with this one, and lists leave as files that come in again.
//!
//! Leans on: audit, networks, staff, tasks, people, tags, desk, renewals, leaving.
//!
//! Promises (`tests/house/exchange/`):
//! - a token opens what its system's role and grants allow, from the addresses and until the day
//!   that an administrator said; only its hash is kept;
//! - a program passes the same rules and leaves the same audit lines as a person.

pub mod fhir;
mod lists;
mod pages;
mod rules;
mod systems;

pub use lists::{
    Format, List, MOST_ROWS_OF_EXCEL, Stopped as Unlisted, file as write_list, lost_letters,
};
pub use pages::{doors, speak};
pub use systems::{
    Addresses, Bearer, Entered, Grant, Grants, NewSystem, Refusal, Stopped, add_system,
    change_system, find_entered, make_token, revoke_token, touch_token,
};
