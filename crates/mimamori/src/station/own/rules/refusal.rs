//! Why a deed of an own page was not done.

use crate::scope::NoRight;
use crate::station::{change, courses, signups, supporters, vouchers};

/// Why a deed of an own page was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, not theirs, or another town's.
    #[error("not there")]
    NotFound,
    /// The page is not open any more.
    #[error("the page is not open any more")]
    Over,
    /// Not four digits.
    #[error("not four digits")]
    NotFour,
    /// What others try first.
    #[error("others try it first")]
    Easy,
    /// They have no card in use, or are not in.
    #[error("no card is in use")]
    NoCard,
    /// A course, as pages of everybody show it.
    #[error(transparent)]
    Courses(courses::Refusal),
    /// A supporter.
    #[error(transparent)]
    Supporters(supporters::Refusal),
    /// A sign-up.
    #[error(transparent)]
    SignUps(signups::Refusal),
    /// What somebody agreed to.
    #[error(transparent)]
    Change(change::Refusal),
    /// Vouchers.
    #[error(transparent)]
    Vouchers(vouchers::Refusal),
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

macro_rules! from {
    ($($room:ident $kind:ident),*) => {$(
        impl From<$room::Refusal> for Refusal {
            fn from(refusal: $room::Refusal) -> Refusal {
                match refusal {
                    $room::Refusal::NotFound => Refusal::NotFound,
                    $room::Refusal::Db(error) => error.into(),
                    other => Refusal::$kind(other),
                }
            }
        }
    )*};
}

from!(courses Courses, supporters Supporters, signups SignUps, change Change, vouchers Vouchers);
