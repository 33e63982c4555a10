//! Sign-ups ↔ rows.

mod days;
mod forget;
mod mails;
mod reseal;
mod rows;
mod settings;

pub use days::{
    ask_to_call, count_untold, find_day_row, first_waiting, list_days, lock, next_number, room,
};
pub use forget::{forget_before, forget_in};
pub use mails::claim_mail;
pub use reseal::reseal_signups;
pub use rows::{
    count_ahead, find, find_by_code, find_by_nonce, find_standing, insert, list_coming,
    list_finished, list_late, list_of_day, list_of_supporter, list_untold, put_code, save,
    set_task, who_of,
};
pub use settings::{hours_of, put_hours};

use db::Error;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
