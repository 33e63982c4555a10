//! What is observed, and what may be done with it.

mod observation;
mod refusal;

pub use observation::{About, MOST_WORDS, New, Observation, State, Words};
pub use refusal::Refusal;
