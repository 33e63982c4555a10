//! Signs, printers, runs and their files ↔ rows.

mod files;
mod reseal;
mod runs;
mod settings;

pub use files::{find_pdf, insert_part, list_parts, save_made};
pub use reseal::reseal_some;
pub use runs::{add_done, find_run, forget, forget_in, holds_old, insert_run, list_runs, remove};
pub use settings::{Printer, find_printer, find_sign, put_printer, put_sign, remove_sign};
