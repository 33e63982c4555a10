//! The press: papers in Japanese as PDF, from plain facts.
//!
//! The only crate that knows how a page is set. It reads no database, no clock and no network: who
//! may see a paper, and the audit line before it, are the caller's. Templates are the `.typ` files
//! beside this code; facts reach them as JSON, so that a name is never taken for a command.
//!
//! Promises (`tests/`):
//! - fonts are embedded, and the text of a PDF is text;
//! - a character that can't be drawn is printed as 〓 and listed, never a blank box (`signs`);
//! - a QR is read back from the printed page, at the size printed, and so is every number from a
//!   copy of 150 dots an inch in grey.

mod basics;
mod facts;
mod layouts;
mod letters;
mod members;
mod month;
mod paper;
mod qr;
mod roll;
mod signs;
mod world;
mod year;

pub use basics::{Basics, Illness};
pub use facts::{
    Answered, Application, Cards, Change, Contact, Entry, Face, FigureTable, Figures, Fridge,
    Ledger, Line, Postcard, Postcards, Question, Questionnaire, Sight, Sights, Stickers, Surround,
    Work, Worklist,
};
pub use layouts::{LAYOUTS, Layout};
pub use letters::{Letter, Poster, PosterText};
pub use members::{MemberCard, MemberCards, OwnLine, OwnSheet, Receipt, VoucherRow, Vouchers};
pub use month::{Courses, Lesson};
pub use paper::Paper;
pub use roll::{Roll, RollRow, RollSheet};
pub use signs::{Lack, Missing};
pub use world::{missing, print};
pub use year::{Bar, Great, StationYear};

/// A paper ready for the printer.
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// What could not be drawn as it is written.
    pub missing: Vec<Missing>,
    /// Its pages.
    pub pages: usize,
}

/// A template is wrong, or a picture is broken: never the fault of a name or a text.
#[derive(Debug, thiserror::Error)]
#[error("the paper could not be set: {0}")]
pub struct Fault(pub(crate) String);
