//! Why a deed of this room was not done.

use crate::scope::NoRight;
use crate::{notices, people, tasks};

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such person in this town, or nothing to renew.
    #[error("no such renewal")]
    NotFound,
    /// It is renewed, or the person is no longer registered.
    #[error("the renewal is over")]
    Over,
    /// It is not renewed, so that can't be taken back.
    #[error("it is not renewed")]
    NotRenewed,
    /// What must be gone through was not.
    #[error("the record was not gone through")]
    NotWalked,
    /// A list says what can't have been.
    #[error("it can't have stood so")]
    NotSo,
    /// Somebody saved in between.
    #[error("somebody saved in between")]
    Changed,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The person's record.
    #[error(transparent)]
    People(people::Refusal),
    /// The task of a step.
    #[error(transparent)]
    Task(tasks::Refusal),
    /// The notice of somebody's silence.
    #[error(transparent)]
    Notice(notices::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<people::Refusal> for Refusal {
    fn from(refusal: people::Refusal) -> Refusal {
        match refusal {
            people::Refusal::NotFound => Refusal::NotFound,
            people::Refusal::NoRight(no) => Refusal::NoRight(no),
            people::Refusal::Db(error) => Refusal::Db(error),
            people::Refusal::Seal(error) => Refusal::Seal(error),
            other @ (people::Refusal::NoPurpose
            | people::Refusal::Unasked
            | people::Refusal::Changed { .. }) => Refusal::People(other),
        }
    }
}

impl From<tasks::Refusal> for Refusal {
    fn from(refusal: tasks::Refusal) -> Refusal {
        match refusal {
            tasks::Refusal::Db(error) => Refusal::Db(error),
            tasks::Refusal::Seal(error) => Refusal::Seal(error),
            tasks::Refusal::Changed => Refusal::Changed,
            other => Refusal::Task(other),
        }
    }
}

impl From<notices::Refusal> for Refusal {
    fn from(refusal: notices::Refusal) -> Refusal {
        match refusal {
            notices::Refusal::Db(error) => Refusal::Db(error),
            notices::Refusal::Seal(error) => Refusal::Seal(error),
            other => Refusal::Notice(other),
        }
    }
}
