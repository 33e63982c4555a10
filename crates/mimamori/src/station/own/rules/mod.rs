//! What holds, without a database and without a clock.

mod pin;
mod refusal;
mod visit;

pub use pin::{MOST_WRONG, easy, read};
pub use refusal::Refusal;
pub use visit::{Place, Stands, Visit, done_words, places_words};
