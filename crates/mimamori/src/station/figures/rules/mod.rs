//! What is counted, and what of it may leave the town. No database, no clock, no chance.

mod blocks;
mod counted;
mod facts;
mod leaving;
mod noticed;
mod refusal;
mod sheet;
#[cfg(test)]
mod tests;

pub use counted::{By, Counted, Figures, Row, Turns, figures};
pub use facts::{Came, Facts, Held, Whose};
pub use leaving::{Block, Given, Named, Party, Yen, leaving};
pub use noticed::{FEWEST, Noticed};
pub use refusal::Refusal;
pub use sheet::{inside, inside_notes, outside, outside_notes};
