//! Exchange: other programs speak with this one, and lists leave as files that come in again.
//!
//! Leans on: audit, networks, staff, tasks, people, tags, desk, notices, consultations, cases, paths,
//! station, renewals, leaving.
//!
//! Promises (`tests/house/exchange/`):
//! - a token opens what its system's role and grants allow, from the addresses and until the day
//!   that an administrator said; only its hash is kept;
//! - a list leaves for whoever may read its page, as far as they see it there, and everybody whom it
//!   names has a line before it does (`lists.rs`, `seen.rs`);
//! - what a town says of itself comes in again as it went out, all of a file or nothing; what was done
//!   does not come in (`again.rs`);
//! - a program passes the same rules and leaves the same audit lines as a person.

pub mod fhir;
mod intake;
mod lists;
mod pages;
mod rules;
mod systems;

pub use intake::{
    bring as bring_list, forget_in as forget_files_in, forget_old as forget_old_files,
    reseal_some as reseal_files,
};
pub use lists::{
    Format, List, MOST_ROWS_OF_EXCEL, Part, Stopped as Unlisted, Wish, file as write_list,
    lost_letters,
};
pub use pages::{doors, speak};
pub use systems::{
    Addresses, Bearer, Entered, Grant, Grants, NewSystem, Refusal, Stopped, add_system,
    change_system, find_entered, make_token, revoke_token, touch_token,
};
