//! Why a deed of courses was not done.

use crate::scope::NoRight;

/// Why a deed of courses was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// The day is called off already.
    #[error("it is called off")]
    IsOff,
    /// The day is over, or its series has ended.
    #[error("it is over")]
    IsOver,
    /// Its series has ended before that day.
    #[error("its series has ended before that day")]
    HasEnded,
    /// The day lies before today.
    #[error("the day is too early")]
    TooEarly,
    /// It is there and then already.
    #[error("it is there already")]
    NotMoved,
    /// The rule gives no day.
    #[error("the rule gives no day")]
    NoDays,
    /// The series gives more days than two years have.
    #[error("the time is too long")]
    TooLong,
    /// As many as there may be.
    #[error("there are as many as there may be")]
    TooMany,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
