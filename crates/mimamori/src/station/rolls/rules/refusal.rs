//! Why a deed with a roll was not done.

use crate::scope::NoRight;
use crate::station::{courses, door, signups, supporters};

/// Why a deed with a roll was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// Nobody stands on it.
    #[error("nobody stands on it")]
    Nobody,
    /// More than a roll has room for.
    #[error("too many stand on it")]
    TooMany,
    /// It was taken down already.
    #[error("it was taken down already")]
    Taken,
    /// There is nothing read to confirm.
    #[error("there is nothing to confirm")]
    Unread,
    /// The day has not come, or is not held.
    #[error("the day is not held now")]
    NotHeld,
    /// The day.
    #[error(transparent)]
    Courses(courses::Refusal),
    /// Somebody on it.
    #[error(transparent)]
    Supporters(supporters::Refusal),
    /// A sign-up on it.
    #[error(transparent)]
    SignUps(signups::Refusal),
    /// The door.
    #[error(transparent)]
    Door(door::Refusal),
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

macro_rules! below {
    ($($room:ident $variant:ident),*) => {$(
        impl From<$room::Refusal> for Refusal {
            fn from(refusal: $room::Refusal) -> Refusal {
                match refusal {
                    $room::Refusal::NotFound => Refusal::NotFound,
                    $room::Refusal::Db(error) => error.into(),
                    $room::Refusal::Seal(error) => error.into(),
                    other => Refusal::$variant(other),
                }
            }
        }
    )*};
}

below!(courses Courses, supporters Supporters, signups SignUps, door Door);
