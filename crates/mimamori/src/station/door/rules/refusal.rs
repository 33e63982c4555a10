//! Why a deed at the door was not done. What comes of a try is no refusal: it is an outcome, and kept.

use crate::scope::NoRight;
use crate::station::{courses, signups, supporters};

/// Why a deed at the door was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// It was taken back, or they have left already.
    #[error("it stands so already")]
    StandsSo,
    /// The day has not come, or is not held.
    #[error("the day is not held now")]
    NotHeld,
    /// The day.
    #[error(transparent)]
    Courses(courses::Refusal),
    /// The supporter.
    #[error(transparent)]
    Supporters(supporters::Refusal),
    /// The sign-up.
    #[error(transparent)]
    SignUps(signups::Refusal),
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

below!(courses Courses, supporters Supporters, signups SignUps);
