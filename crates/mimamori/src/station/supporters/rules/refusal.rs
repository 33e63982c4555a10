//! Why a deed of supporters was not done.

use crate::people;
use crate::scope::NoRight;

/// Why a deed of supporters was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, erased, or another town's.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// As many as there may be.
    #[error("there are as many as there may be")]
    TooMany,
    /// The day lies before that on which they joined, or too far ahead.
    #[error("the day can't be")]
    NotThen,
    /// They are in already, or have left already.
    #[error("they stand so already")]
    StandsSo,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// The reason is longer than it may be, or holds signs that other machines don't show.
    #[error(transparent)]
    Reason(people::BadText),
    /// Tied to a record already, or to none.
    #[error("tied already, or not tied")]
    Tied,
    /// The record is another supporter's already.
    #[error("the record is another supporter's")]
    Another,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// A record of the register.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
