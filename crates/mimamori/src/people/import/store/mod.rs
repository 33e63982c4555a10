//! Runs, their files and rows, and the headings a town has chosen for.

mod forget;
mod headings;
mod reseal;
mod rows;
mod runs;

pub use forget::{forget_all, forget_name, forget_rows, forget_since, holds_old, is_begun};
pub use headings::{list_headings, remember};
pub use reseal::{count_taking, reseal_some};
pub use rows::{
    choose, clear_rows, count_rows, insert_rows, list_choices, list_outcomes, list_rows,
};
pub use runs::{
    FileKind, Run, drop_file, find_file, find_run, finish_run, forget, insert_run, list_runs,
    put_file, save_mapping, save_progress, save_state,
};
