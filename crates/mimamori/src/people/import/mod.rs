//! Bringing in a roster.

mod rules;

pub use rules::*;
