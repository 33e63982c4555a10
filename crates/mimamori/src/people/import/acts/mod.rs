//! A roster comes in: the file is received, its columns are settled, its rows judged, and only
//! then is anybody written.

mod begin;
mod forget;
mod plan;
mod see;
mod take;

use db::{Conn, Work};

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::acts::Erased;
use crate::people::rules::Refusal as PersonRefusal;

pub use begin::{begin, choose, drop_run, guesses, settle_columns};
pub use forget::{forget, forget_old};
pub use plan::judge;
pub use see::witness;
pub use take::{Taken, list_back, take};

/// What becomes of a roster's number beyond the record: the room of tags stands above this one
/// and hands in what it does with it.
#[derive(Clone, Copy)]
pub struct OldNumbers {
    /// Whose tag has this number, if anybody's.
    pub owner:
        for<'a> fn(&'a mut Conn, &'a Deed, &'a str) -> Work<'a, Option<PersonId>, PersonRefusal>,
    /// Makes the number the person's tag; nothing where it is already.
    pub bind: for<'a> fn(&'a mut Conn, &'a Deed, PersonId, &'a str) -> Work<'a, (), PersonRefusal>,
    /// Whether somebody whom a row names was erased.
    pub erased: Erased,
}

impl OldNumbers {
    /// Numbers stay in the record alone.
    pub const KEPT_ONLY: OldNumbers = OldNumbers {
        owner: |_, _, _| Box::pin(async { Ok(None) }),
        bind: |_, _, _, _| Box::pin(async { Ok(()) }),
        erased: |_, _, asked| Box::pin(async move { Ok(vec![None; asked.len()]) }),
    };
}
