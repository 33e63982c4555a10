//! Words, open pages ↔ rows.

mod forget;
mod pins;
mod visits;

pub use forget::{forget_in, forget_supporter_in};
pub use pins::{drop_pin, find_pin, open, put_pin, take_try};
pub use visits::{Row, drop_old, drop_visit, drop_visits_of, find_visit, insert_visit, touch};
