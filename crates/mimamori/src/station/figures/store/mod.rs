//! What is counted ↔ rows. Nothing that is sealed is opened here.

mod came;
mod given;
mod noticed;

pub use came::{list_before, list_came};
pub use given::{find_given, put_given};
pub use noticed::{count_listed, count_observed, list_told};

use db::Error;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}
