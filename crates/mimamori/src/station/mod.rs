//! The Station: a place in a shopping street where anybody may come any day.
//!
//! Leans on: audit, networks, people.

pub mod courses;
pub mod door;
mod pages;
mod reseal;
pub mod signups;
pub mod supporters;
pub mod voices;

pub use pages::doors;
