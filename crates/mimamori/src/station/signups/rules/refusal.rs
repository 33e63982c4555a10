//! Why a deed of sign-ups was not done.

use crate::ids::RowId;
use crate::scope::NoRight;
use crate::station::{courses, supporters};
use crate::tasks;

/// Why a deed of sign-ups was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// The day is called off.
    #[error("the day is called off")]
    IsOff,
    /// The day is over, or its series has ended.
    #[error("the day is over")]
    IsOver,
    /// One just comes.
    #[error("nobody signs up for it")]
    NotNeeded,
    /// It is for supporters.
    #[error("it is for supporters")]
    SupportersOnly,
    /// They are not a supporter on that day.
    #[error("they are not a supporter then")]
    NotIn,
    /// They stand there already: their sign-up.
    #[error("they are signed up already")]
    Already(RowId),
    /// The sign-up has ended.
    #[error("it has ended")]
    Ended,
    /// No place is free, or somebody else waited longer.
    #[error("it is not their turn")]
    NotTheirTurn,
    /// As many as a list may have.
    #[error("there are as many as there may be")]
    TooMany,
    /// Hours that can't be.
    #[error("the hours can't be")]
    Hours,
    /// The day.
    #[error(transparent)]
    Courses(courses::Refusal),
    /// The supporter.
    #[error(transparent)]
    Supporters(supporters::Refusal),
    /// Work for somebody.
    #[error(transparent)]
    Tasks(#[from] tasks::Refusal),
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

impl From<courses::Refusal> for Refusal {
    fn from(refusal: courses::Refusal) -> Refusal {
        match refusal {
            courses::Refusal::NotFound => Refusal::NotFound,
            courses::Refusal::Db(error) => error.into(),
            courses::Refusal::Seal(error) => error.into(),
            other => Refusal::Courses(other),
        }
    }
}

impl From<supporters::Refusal> for Refusal {
    fn from(refusal: supporters::Refusal) -> Refusal {
        match refusal {
            supporters::Refusal::NotFound => Refusal::NotFound,
            supporters::Refusal::Db(error) => error.into(),
            supporters::Refusal::Seal(error) => error.into(),
            other => Refusal::Supporters(other),
        }
    }
}
