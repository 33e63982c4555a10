//! What is asked for, and under what a person stands: pure.

mod keys;
mod question;

pub use keys::{Key, PersonKeys, form_tokens, forms, kind_of, near_tokens, pair_key, person_keys};
pub use question::{Filters, Question, Unread};
