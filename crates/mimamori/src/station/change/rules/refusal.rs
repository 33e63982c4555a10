//! Why a deed of seeing the change was not done.

use crate::notices;
use crate::people::BadText;
use crate::scope::NoRight;
use crate::station::{courses, supporters};

/// Why a deed of seeing the change was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, erased, or another town's.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// No signal was named, or none that can be.
    #[error("no signal was named")]
    Nothing,
    /// A day to come, or one on which they were no supporter.
    #[error("the day can't be")]
    NotThen,
    /// A notice was made of it: that is what counts now.
    #[error("it is a notice")]
    IsNotice,
    /// A number that can't be.
    #[error("a number of {0}")]
    Number(&'static str),
    /// The facts do not hold together.
    #[error(transparent)]
    Facts(#[from] rhythm::Fault),
    /// The work was given up.
    #[error("the work was given up")]
    GivenUp,
    /// A day of a course.
    #[error(transparent)]
    Course(#[from] courses::Refusal),
    /// A notice.
    #[error(transparent)]
    Notice(#[from] notices::Refusal),
    /// The note is longer than it may be, or holds signs that other machines don't show.
    #[error(transparent)]
    Note(BadText),
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// A supporter.
    #[error(transparent)]
    Supporter(#[from] supporters::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
