//! Why a deed of this room was not done.

use jiff::civil::Date;

use crate::scope::NoRight;
use crate::{people, tasks};

/// Each a fact, none with personal words in it.
#[derive(thiserror::Error)]
pub enum Refusal {
    /// Not there, or not this account's to see.
    #[error("no such consultation")]
    NotFound,
    /// It was struck out: it has to be restored first.
    #[error("the consultation is struck out")]
    IsStruck,
    /// It is not struck out, so that can't be taken back.
    #[error("the consultation is not struck out")]
    IsNotStruck,
    /// It is about nobody who could be tied to a record, or tied already.
    #[error("nobody to tie")]
    NobodyToTie,
    /// It is about somebody registered, whose record is erased instead.
    #[error("about somebody registered")]
    Registered,
    /// Years that nobody means.
    #[error("so many years are not kept")]
    BadYears,
    /// Somebody saved in between.
    #[error("somebody saved in between")]
    Changed,
    /// The reason is missing.
    #[error("the reason is missing")]
    NoReason,
    /// The day of the reception lies ahead.
    #[error("the day of reception is to come")]
    NotYet,
    /// The day of the next step is over.
    #[error("the day of the next step is over")]
    DayIsOver,
    /// A content without a word, or with one that is too long.
    #[error("a content needs a word")]
    BadTopic,
    /// Two contents of one word.
    #[error("there is such a content")]
    TopicTwice,
    /// The list of contents is full.
    #[error("the list of contents is full")]
    TopicsFull,
    /// So few that no table may leave the town.
    #[error("too few to be shown outside")]
    TooFew,
    /// Receptions of the period may be keyed until the day before: its figures stay in the town.
    #[error("the period is not complete")]
    NotOver(Date),
    /// The account belongs to no center.
    #[error("the account has no center")]
    NoCenter,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The person's record.
    #[error("people: {0}")]
    People(#[from] people::Refusal),
    /// The next step.
    #[error("tasks: {0}")]
    Tasks(#[from] tasks::Refusal),
    /// A workbook can't be made.
    #[error(transparent)]
    Excel(#[from] rust_xlsxwriter::XlsxError),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl std::fmt::Debug for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refusal({self})")
    }
}
