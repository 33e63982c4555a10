//! One person once: whether two records are one person, and making one of them.
//!
//! Every two records that may be one are compared field by field ([`compare`]); the weights of what
//! agrees and what differs add up (`rules/weights.rs`). From a sum on somebody is asked: at
//! registration, on import, and in a list of pairs that a walk over whoever was changed keeps up.
//! Nobody is ever merged by the program.
//!
//! Merging keeps both records. The one that goes stays as it was and says into which it went; what
//! other rooms hold of it (tags, inquiries, tasks …) is moved row by row with a list of the moves,
//! through what those rooms hand in ([`Belonging`]). So it can be undone in full; whose a later
//! change is, is asked.
//!
//! Promises (`tests/house/twins`):
//! - names alone never ask, and never merge anybody;
//! - two people who were told apart are not asked about again unless something compares otherwise;
//! - after a merge both numbers, both names and both histories lead to the one record;
//! - undoing gives back both records, their tags and histories, also after later changes;
//! - no table that names a person is forgotten.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Belonging, Handing, Held, Likely, Open, Seen, Since, TASKS, Walked, gather_strays, list_open,
    merge, part, pass_rows, register_apart, say_later, say_other, say_other_in, see_likely, stamp,
    walk_some,
};
pub use pages::doors;
pub use rules::{
    Called, Field, Level, Likeness, Merge, Pair, PairState, Pick, Picks, Piece, REVIEW, Refusal,
    Side, Whose, Whoses, compare, shown,
};
pub use store::{pairs, reseal_merges, reseal_some};

use db::{Conn, Error};

use crate::deed::Deed;
use crate::ids::PersonId;

/// Forgets the pairs and merges of a record that is erased. What was merged into it is erased apart.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<(), Error> {
    store::pairs::forget_of(conn, deed, id).await?;
    store::merges::forget_of(conn, deed, id).await
}
