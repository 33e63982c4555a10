//! Why a deed of this room was not done.

use super::leaving::State;
use crate::ids::RowId;
use crate::scope::NoRight;

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not this town's, or not there.
    #[error("not there")]
    NotFound,
    /// Something of the kind is under way already.
    #[error("under way already")]
    Already(RowId),
    /// Not from this state.
    #[error("not in the state {}", .0.code())]
    Not(State),
    /// Who asked can't agree as well.
    #[error("who asked can't agree as well")]
    SamePerson,
    /// The day lies ahead.
    #[error("the day lies ahead")]
    Ahead,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The person's record.
    #[error(transparent)]
    People(#[from] crate::people::Refusal),
    /// What past imports hold.
    #[error("past imports were not gone through")]
    Import(#[from] crate::people::import::Refusal),
    /// A number.
    #[error("the numbers were not read")]
    Tags(#[from] crate::tags::Refusal),
    /// A task.
    #[error("the task was not opened")]
    Task(#[from] crate::tasks::Refusal),
    /// A case of the person.
    #[error("the cases were not erased")]
    Case(#[from] crate::cases::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
