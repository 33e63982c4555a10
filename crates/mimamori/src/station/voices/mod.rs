//! What people say after a course: one question, one tap, a few words if they like.
//!
//! Leans on: audit, networks, courses.
//!
//! Promises (`tests/house/station/voices.rs`):
//! - nobody says who they are, and neither name, address nor hour is kept;
//! - whoever presses twice is counted once;
//! - only a course that everybody may read of can be spoken of, from its beginning to the end of the
//!   next day;
//! - words are sealed, read by those who plan courses, and taken out where they tell of somebody.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{add_words, give};
pub use pages::doors;
pub use rules::{MOST_WORDS, Mark, Refusal, Voice};
pub use store::{list_between, reseal};
