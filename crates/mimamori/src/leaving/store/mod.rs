//! Leavings, terms and erasures ↔ rows.

mod erasures;
mod leavings;
mod reseal;
mod terms;
mod unwritten;

pub use erasures::{
    count_erasures, find_traces, insert_erasure, list_erasures, list_traces, token,
};
pub use leavings::{
    Plan, find, find_open, forget_in, insert, list_due, list_for_person, list_open,
    list_without_task, save, save_task,
};
pub use reseal::reseal_some;
pub use terms::{find_term, list_terms, save_term};
pub use unwritten::{list_back, list_unwritten};

use db::Error;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
