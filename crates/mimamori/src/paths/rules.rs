//! Why a deed of this room was not done.

use crate::cases;
use crate::people;
use crate::scope::NoRight;
use crate::tasks;

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not this town's, not this center's, or not there.
    #[error("not there")]
    NotFound,
    /// The link is none, is over, or was used.
    #[error("the link is over")]
    LinkIsOver,
    /// It was taken back.
    #[error("it was taken back")]
    IsVoid,
    /// The path has ended, or the step does not wait any more.
    #[error("it does not wait any more")]
    IsOver,
    /// The day lies ahead.
    #[error("the day lies ahead")]
    Ahead,
    /// The day lies before the path began, or before today.
    #[error("the day is too early")]
    TooEarly,
    /// What came out has to be chosen.
    #[error("an outcome has to be chosen")]
    NoOutcome,
    /// A certified level needs a term that ends after it begins.
    #[error("a level needs its term")]
    NoTerm,
    /// A reason is needed.
    #[error("a reason is needed")]
    NoWords,
    /// Later than 30 days after the application: the reason for the delay is needed.
    #[error("the reason for the delay is needed")]
    NoReasonForDelay,
    /// What was chosen was not offered, or does not offer the service.
    #[error("not among those that were offered")]
    NotOffered,
    /// The case that the path was to be begun out of has ended.
    #[error("the case has ended")]
    CaseIsOver,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The person's record.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// A task.
    #[error("the task was not opened")]
    Task(#[from] tasks::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<cases::Refusal> for Refusal {
    fn from(refusal: cases::Refusal) -> Refusal {
        match refusal {
            cases::Refusal::NoRight(error) => error.into(),
            cases::Refusal::Seal(error) => error.into(),
            cases::Refusal::Db(error) => error.into(),
            _ => Refusal::NotFound,
        }
    }
}

impl Refusal {
    /// As the room below says it that hands people's belongings on.
    pub(super) fn below(self) -> people::Refusal {
        match self {
            Refusal::Db(error) => error.into(),
            Refusal::Seal(error) => error.into(),
            _ => people::Refusal::NotFound,
        }
    }
}
