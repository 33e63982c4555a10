//! Lists leave as files: every cell a text, in columns that come in again through the import.

mod acts;
mod rules;

pub use acts::{MOST_ROWS_OF_EXCEL, Stopped, file, lost_letters};
pub use rules::{Format, List, Unwritable};
