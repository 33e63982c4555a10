//! Why a deed of the desk was not done.

use crate::scope::NoRight;
use crate::{people, tags, tasks};

/// Why a deed of the desk was not done: each a fact, none with personal words in it.
#[derive(thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("no such inquiry")]
    NotFound,
    /// It is closed already.
    #[error("the inquiry is closed")]
    IsClosed,
    /// Somebody saved in between.
    #[error("somebody saved in between")]
    Changed,
    /// Not for this caller or this account.
    #[error("the tier is not open here")]
    TierClosed,
    /// The person left the register at their own wish.
    #[error("the person withdrew")]
    Withdrawn,
    /// Where the person is was not said.
    #[error("the place is missing")]
    NoPlace,
    /// Words are missing.
    #[error("words are missing")]
    NoWords,
    /// A text is too long.
    #[error("a text is too long")]
    TooLong,
    /// No such contact, or one who did not agree to mail.
    #[error("no such contact")]
    NoContact,
    /// Nobody may take this over: no such account.
    #[error("no such account")]
    NoStaff,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The person's record.
    #[error("people: {0}")]
    People(#[from] people::Refusal),
    /// The number.
    #[error("tags: {0}")]
    Tags(#[from] tags::Refusal),
    /// The follow-up.
    #[error("tasks: {0}")]
    Tasks(#[from] tasks::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl std::fmt::Debug for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refusal({self})")
    }
}
