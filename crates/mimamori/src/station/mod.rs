//! The Station: a place in a shopping street where anybody may come any day.
//!
//! Leans on: audit, networks, people, notices, consultations, cases, paths.

pub mod change;
pub mod courses;
pub mod door;
pub mod figures;
pub mod own;
mod pages;
mod reseal;
pub mod rolls;
pub mod signups;
pub mod supporters;
pub mod voices;
pub mod vouchers;
pub mod watch;

pub use pages::doors;
