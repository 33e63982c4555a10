//! Paths: the way from a need that was seen to help that has arrived, and what is asked on it.
//!
//! Leans on: audit, networks, staff, tasks, people, cases.
//!
//! What belongs to somebody is seen by the center that looks after them now, and by nobody else: the
//! day a person moves to another center's area, the old center finds nothing here any more.

pub(crate) mod acts;
pub mod checklists;
mod pages;
pub mod referrals;
mod rules;
pub mod steps;

pub use pages::doors;
pub use rules::Refusal;
pub use steps::of_case;

use db::{Conn, Error};

use crate::deed::Deed;
use crate::ids::PersonId;

/// Removes everything this room holds of the person, within the caller's transaction.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    checklists::forget_in(conn, deed, person).await?;
    steps::forget_in(conn, deed, person).await?;
    referrals::forget_in(conn, deed, person).await
}
