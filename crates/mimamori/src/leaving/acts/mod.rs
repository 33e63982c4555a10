//! What is done when somebody leaves; each deed with its audit line in one transaction.

mod begin;
mod erase;
mod known;
mod round;
mod standing;
mod terms;

pub use begin::begin;
pub use erase::{end_in, note_in, take_due_in, traces_in};
pub use known::ERASED;
pub use round::round;
pub use standing::{approve, stop};
pub use terms::change_term;
