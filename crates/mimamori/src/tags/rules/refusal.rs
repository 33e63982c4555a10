//! Why a deed of this room was not done.

use words::tag_number::TagNumberProblem;

use super::number::MOST_LETTERS;
use super::tag::State;
use crate::ids::{PersonId, TagId};
use crate::networks::VaultError;
use crate::scope::NoRight;

/// Why a deed of this room was not done: each a fact, none with a number in it.
#[derive(thiserror::Error)]
pub enum Refusal {
    /// What was typed is no number.
    #[error("not a number")]
    Misread(TagNumberProblem),
    /// Nothing was typed, or nothing but spaces and marks.
    #[error("no number was typed")]
    NoNumber,
    /// A number of ours was typed where an older one goes.
    #[error("one of our numbers, not an older one")]
    IsOurs,
    /// Eleven digits where an older number goes: one of ours, misread.
    #[error("looks like one of our numbers, misread")]
    LooksOurs,
    /// An older number is too long.
    #[error("longer than {MOST_LETTERS} letters")]
    NotOlder,
    /// The number is not among this town's.
    #[error("the number is not this town's")]
    NotOurs,
    /// The tag is this person's already.
    #[error("the tag is theirs already")]
    AlreadyTheirs(TagId),
    /// The older number is somebody else's in this town.
    #[error("the number is taken")]
    Taken(PersonId),
    /// A tag in this state can't be treated so.
    #[error("not for a tag in the state {}", .0.code())]
    Not(State),
    /// The day is over on which it could be taken back.
    #[error("too late to take back")]
    TooLate,
    /// No number is in stock.
    #[error("no number in stock")]
    NoStock,
    /// The order's count or mix is out of bounds.
    #[error("the order is out of bounds")]
    BadOrder,
    /// The person is not registered, or no longer.
    #[error("the person is not registered")]
    NotRegistered,
    /// Not this town's, or not there.
    #[error("not there")]
    NotFound,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The keys of a town can't be had.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The person's record can't be read.
    #[error(transparent)]
    People(#[from] crate::people::Refusal),
    /// The database; `Changed` where somebody saved first.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl std::fmt::Debug for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refusal({self})")
    }
}
