//! Why a deed of the board was not done.

use crate::people::Telling;
use crate::scope::NoRight;
use crate::{desk, people, tags, tasks};

/// Why a deed of the board was not done: each a fact, none with personal words in it.
#[derive(thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's, or over.
    #[error("no such thing")]
    NotFound,
    /// Nothing was said.
    #[error("nothing was said")]
    Nothing,
    /// A text is too long.
    #[error("a text is too long")]
    TooLong,
    /// An answer tells whoever found somebody who that is or where they live.
    #[error("the answer tells of the person")]
    Tells(Vec<Telling>),
    /// So many messages that this one has to wait.
    #[error("too many messages")]
    Wait,
    /// The inquiry has ended.
    #[error("the inquiry has ended")]
    Ended,
    /// Somebody saved in between.
    #[error("somebody saved in between")]
    Changed,
    /// No contact with such an address who agreed to mail.
    #[error("no such contact")]
    NoContact,
    /// A number that is nobody's.
    #[error("a number of nobody")]
    Nobody,
    /// Figures outside of what is allowed.
    #[error("out of range")]
    OutOfRange,
    /// A drill runs already.
    #[error("a drill runs already")]
    DrillRuns,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The desk.
    #[error("desk: {0}")]
    Desk(#[from] desk::Refusal),
    /// The person's record.
    #[error("people: {0}")]
    People(#[from] people::Refusal),
    /// The number.
    #[error("tags: {0}")]
    Tags(#[from] tags::Refusal),
    /// A task.
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
