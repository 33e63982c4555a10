//! What is done to a record; each deed with its audit line and its kept change in one transaction.

mod change;
mod homes;
mod opening;
mod photo;
mod register;
mod standing;

pub use change::{
    change, change_care, change_consent, change_contacts, change_finder, change_identity,
    change_in, change_medical, confirm,
};
pub(in crate::people) use change::{keep_group, put_in};
pub use homes::{MOST_SETTLED, Reach, reach, settle};
pub use opening::{LEAST_PURPOSE, MOST_PURPOSE, OPEN_MINUTES, open_for};
pub use photo::{remove_photo, set_photo};
pub use register::{Erased, Met, Ready, make_all_ready, register, register_all_in, register_in};
pub use standing::{home_of, set_center, set_state, set_state_in, undo_state};
