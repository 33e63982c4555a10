//! Lists come in again: a file in the columns of a list that was taken out, judged row by row, taken
//! in whole or not at all.
//!
//! What a town may say of itself comes in: centers, organisations, agreements, work to be done, older
//! numbers, supporters. What was done, when and by whom does not: it happened here or it did not happen
//! (docs/decisions/0037).

mod acts;
mod rules;
mod store;

pub use acts::{Looked, Seen, bring, forget_in, forget_old, give_up, look, refused, take};
pub use rules::{Outcome, Refusal, Way};
pub use store::reseal_some;
