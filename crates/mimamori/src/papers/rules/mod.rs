//! What stands on which paper, and how a run is cut into parts.

mod basics;
mod lists;
mod person;
mod run;
mod sign;

pub use basics::basics;
pub use lists::{entry, postcard, work};
pub use person::{Wanted, address, application, blank_application, cards, change};
pub use run::{
    Job, Kind, LEAST_PURPOSE, Ledger, Listed, Part, Postcards, Run, Stickers, What, shares,
};
pub use sign::{BadSign, MOST_SIGN_BYTES, Sign};

use crate::scope::NoRight;
use crate::{networks, people, renewals, tags};

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Another center's people are printed for a stated purpose only.
    #[error("the purpose is missing")]
    NoPurpose,
    /// There is nobody to print for.
    #[error("nobody is on the list")]
    Nobody,
    /// The part is not made yet.
    #[error("the part is not made yet")]
    NotMade,
    /// The press.
    #[error(transparent)]
    Press(#[from] press::Fault),
    /// The work was cut short.
    #[error("the work was cut short")]
    Interrupted,
    /// The room of people.
    #[error(transparent)]
    People(#[from] people::Refusal),
    /// The room of tags.
    #[error(transparent)]
    Tags(#[from] tags::Refusal),
    /// The room of renewals.
    #[error(transparent)]
    Renewals(#[from] renewals::Refusal),
    /// The town.
    #[error(transparent)]
    Town(#[from] networks::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
