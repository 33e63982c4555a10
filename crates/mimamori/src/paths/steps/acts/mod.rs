//! What is done with paths; each deed with its audit line in one transaction.

mod doing;
mod keeping;
mod plans;
mod tasking;

pub use doing::{Doing, begin, delay, done, skip, stop, undo};
pub use keeping::keep_up;
pub use plans::{close_plan, keep_plan};
