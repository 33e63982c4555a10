//! Why a deed of this room was not done.

use crate::scope::NoRight;

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not this town's, not this center's, or not there.
    #[error("not there")]
    NotFound,
    /// The link is none, is over, or was used.
    #[error("the link is over")]
    Over,
    /// It was taken back.
    #[error("it was taken back")]
    IsVoid,
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
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
