//! Why a deed of this room was not done.

use crate::people::BadText;
use crate::scope::NoRight;

/// Why a deed of this room was not done: each a fact.
#[derive(thiserror::Error)]
pub enum Refusal {
    /// Not there, or another center's.
    #[error("no such notice")]
    NotFound,
    /// Neither a sign nor words.
    #[error("nothing was told")]
    Nothing,
    /// It has to end before it can be erased.
    #[error("not ended")]
    StillOpen,
    /// It is about somebody registered, whose record is erased instead.
    #[error("about somebody registered")]
    Registered,
    /// A text can't be kept.
    #[error("the text of '{0}' can't be kept")]
    Text(&'static str, BadText),
    /// No telephone number.
    #[error("not a phone number")]
    BadPhone,
    /// No mail address.
    #[error("not a mail address")]
    BadMail,
    /// Who told wishes to hear the outcome and left no way to reach them.
    #[error("no way back to who told")]
    NoWayBack,
    /// So many came from one address that this one has to wait a minute.
    #[error("too many from one address")]
    Wait,
    /// What was done, or why, was not said.
    #[error("words are missing")]
    NoWords,
    /// It has ended.
    #[error("the notice has ended")]
    IsEnded,
    /// It has not ended, so nothing can be told or taken back.
    #[error("the notice has not ended")]
    IsOpen,
    /// It is that center's already, or there is no such center.
    #[error("not a center it can move to")]
    NoCenter,
    /// The outcome was told, or nobody wishes to hear it.
    #[error("nobody waits for the outcome")]
    NobodyWaits,
    /// The text to be told names something of the person.
    #[error("the text tells of the person")]
    Tells(Vec<&'static str>),
    /// A number of the settings lies outside its bounds.
    #[error("'{0}' is out of bounds")]
    OutOfRange(&'static str),
    /// A town has no more than so many signs.
    #[error("too many signs")]
    TooMany,
    /// Somebody saved in between.
    #[error("somebody saved in between")]
    Changed,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// A task could not be opened or finished.
    #[error(transparent)]
    Task(#[from] crate::tasks::Refusal),
    /// A record can't be read.
    #[error(transparent)]
    People(#[from] crate::people::Refusal),
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
