//! Why a deed of watching was not done.

use crate::people::BadText;
use crate::scope::NoRight;
use crate::station::{courses, supporters};
use crate::{notices, people};

/// Why a deed of watching was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, another town's, or nothing that this account may see.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// Neither a sign nor a word.
    #[error("nothing was said")]
    Nothing,
    /// A day to come, or one too long ago to be remembered well.
    #[error("the day can't be")]
    NotThen,
    /// A text of this field is longer than it may be, or holds signs that other machines don't show.
    #[error("a text")]
    Text(&'static str, BadText),
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// It was taken back.
    #[error("it was taken back")]
    TakenBack,
    /// It is a notice already.
    #[error("it is a notice already")]
    IsNotice,
    /// Somebody else's: only they and the head of a center take it back.
    #[error("somebody else's")]
    NotOwn,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// A record of the register.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// A supporter.
    #[error(transparent)]
    Supporter(#[from] supporters::Refusal),
    /// A day of a course.
    #[error(transparent)]
    Course(#[from] courses::Refusal),
    /// A notice.
    #[error(transparent)]
    Notice(#[from] notices::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Refusal {
    /// What another room, which walks through all of them, is told.
    pub fn below(self) -> people::Refusal {
        match self {
            Refusal::Db(error) => error.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::People(refusal) => refusal,
            _ => people::Refusal::NotFound,
        }
    }
}
