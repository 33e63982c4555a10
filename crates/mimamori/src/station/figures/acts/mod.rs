//! What is asked of the figures.

mod gather;
mod leaving;
mod report;

pub use gather::{gather, noticed_in, yen_in};
pub use leaving::{Left, leave};
pub use report::{Report, report};
