//! Why a deed of supporters was not done.

use super::away::Away;
use crate::people;
use crate::scope::NoRight;

/// Why a deed of supporters was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, erased, or another town's.
    #[error("not there")]
    NotFound,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// As many as there may be.
    #[error("there are as many as there may be")]
    TooMany,
    /// The day lies before that on which they joined, or too far ahead.
    #[error("the day can't be")]
    NotThen,
    /// They are in already, or have left already.
    #[error("they stand so already")]
    StandsSo,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// The reason is longer than it may be, or holds signs that other machines don't show.
    #[error(transparent)]
    Reason(people::BadText),
    /// Tied to a record already, or to none.
    #[error("tied already, or not tied")]
    Tied,
    /// The record is another supporter's already.
    #[error("the record is another supporter's")]
    Another,
    /// A card is in use already.
    #[error("a card is in use already")]
    HasCard,
    /// The fee of the year is paid or waived already.
    #[error("paid already")]
    PaidAlready,
    /// The fee of the year is neither paid nor waived.
    #[error("not paid")]
    NotPaid,
    /// Not in within that year.
    #[error("not in within that year")]
    NotInThen,
    /// Not an amount that somebody pays.
    #[error("not an amount")]
    Amount,
    /// Paid on a day that is still to come, or long ago.
    #[error("the day of paying can't be")]
    NotPaidThen,
    /// The end lies before the beginning.
    #[error("the end lies before the beginning")]
    Backwards,
    /// Years away from today.
    #[error("too far away")]
    FarAway,
    /// Meets another time away.
    #[error("meets another time away")]
    Meets(Box<Away>),
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// A record of the register.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
