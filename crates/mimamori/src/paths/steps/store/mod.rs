//! Paths and kinds of paths ↔ rows.

mod helped;
mod keeping;
mod paths;
mod plans;
mod twins;

pub use helped::list_helped;
pub use keeping::{forget_in, reseal_some};
pub use paths::{
    explains, find, insert, list_ended, list_for_case, list_for_person, list_moved, list_of_center,
    list_renewable, mark_renewed, save,
};
pub use plans::{find_plan, insert_plan, list_plans, save_plan};
pub use twins::BELONGING;

use db::Error;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
