//! Lists leave as files: every cell a text, in columns that come in again through the import.

mod acts;
mod rules;

pub use acts::{MOST_ROWS_OF_EXCEL, Stopped, Wish, file, lost_letters};
pub use rules::{
    Asks, FEES, Format, List, NUMBERS, ON_CARD, Part, STANDINGS, Typed, Unwritable, WAITS,
    agreement_cells, center_cells, organisation_cells, renewal_cells, supporter_cells, task_cells,
};
