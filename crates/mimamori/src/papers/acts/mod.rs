//! Deeds of papers.

mod gather;
mod made;
mod runs;
mod sign;
mod surround;

pub use made::make;
pub use runs::{begin, forget_old, postcards_asked, remove_run, take};
pub use sign::{keep_printer, remove_sign, set_sign};
pub use surround::{set, surround_of};

use crate::deed::Deed;
use crate::papers::rules::{Kind, Refusal};
use crate::scope::Right;

/// Whether this account may print this kind by the thousand.
fn allow(deed: &Deed, kind: Kind) -> Result<(), Refusal> {
    match kind {
        Kind::Postcards | Kind::Ledger => {
            deed.scope.need(Right::ReadPeople)?;
            Ok(deed.scope.need(Right::Export)?)
        }
        Kind::Stickers => Ok(deed.scope.need(Right::OrderTags)?),
    }
}
