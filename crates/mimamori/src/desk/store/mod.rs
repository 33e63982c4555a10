//! Inquiries, disclosures, steps, mails and counters ↔ rows.

mod disclosures;
mod forget;
mod inquiries;
mod mails;
mod reseal;
mod steps;
mod tries;

pub use disclosures::{insert_told, list_told};
pub use forget::{forget_in, is_open_for};
pub use inquiries::{
    count_waiting, find, forget_drill, hand_over, insert, list_after, list_closed, list_open,
    list_since, list_waiting, save_caller, save_ending, save_holder,
};
pub use mails::{Queued, insert_mail, list_due, list_mail_states, save_mail};
pub use reseal::reseal_some;
pub use steps::{insert_step, list_steps};
pub use tries::{count_miss, forgive};

use db::Error;

use crate::deed::Deed;
use crate::ids::StaffId;

/// The account behind a deed.
pub fn who(deed: &Deed) -> Option<StaffId> {
    deed.scope.actor.account()
}

/// The number kept for who did it; 0 for the program.
fn kept(by: Option<StaffId>) -> i64 {
    by.map_or(0, |staff| staff.0)
}

fn staff_of(number: i64) -> Option<StaffId> {
    (number != 0).then_some(StaffId(number))
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
