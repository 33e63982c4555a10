//! Reading a roster, guessing its columns, judging its rows: no database, no clock, no chance.

mod entry;
mod excel;
mod field;
mod headings;
mod json;
mod marks;
mod merge;
mod names;
mod odd;
mod own;
mod pairs;
mod prior;
mod read;
mod refusal;
mod run;
mod sheet;
mod text;
mod values;
mod verdict;
mod write;

pub use entry::{Entry, EntryContact, Fault, Mapping, column_of};
pub use field::{ClinicPart, ContactPart, Field};
pub use headings::{Guess, STATE_HEADING, Sureness, guess, key};
pub use marks::Marks;
pub use merge::{Groups, draft, merged};
pub use names::{Named, Names};
pub use own::{consent_cell, guarded};
pub use prior::{Brief, Like, Prior, Who, erased_like, traces};
pub use read::{Unreadable, read, read_as};
pub use refusal::Refusal;
pub use run::{Mode, RunState};
pub use sheet::{Cell, CellKind, Encoding, Layout, Sheet, SheetRow};
pub use verdict::{Choice, Outcome, Placed, Verdict, number_is_anothers, place_all, whole_row};
pub use write::{NotWritten, REASON, write};
