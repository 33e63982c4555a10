//! Which lists there are, their columns, and how they are written. No database, no clock.

mod book;
mod format;
mod list;
mod part;
mod people;
mod rows;

pub use book::Book;
pub use format::{Format, Unwritable, cp932, csv_text, json_rows, unwritable};
pub use list::List;
pub use part::{Asks, FEES, Part, Typed};
pub use people::row_of_person;
pub use rows::{
    NUMBERS, ON_CARD, STANDINGS, WAITS, agreement_cells, center_cells, organisation_cells,
    renewal_cells, supporter_cells, tag_cells, task_cells,
};
