//! The roll on paper: printed, marked by whoever comes, photographed and read back.
//!
//! A sheet has a code and rows in the order in which it was printed. The program reads the marks;
//! what it can't tell is decided by staff, who confirm the whole sheet once.
//!
//! Promises (`tests/house/station/rolls.rs`):
//! - nothing counts before somebody confirmed the sheet, and it counts once;
//! - what was read stays under seal until then, a month at most; the photo itself is never kept;
//! - a sheet of another day, of another town, or of none is told, and read for nobody.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{Confirmed, Drawn, Whom, confirm, draw_up, forget_old, take_in};
pub use pages::doors;
pub use rules::{BoxRead, LineRead, Reading, Refusal, Says, Sheet, State};
pub use store::{list_of_day, reseal_sheets};
