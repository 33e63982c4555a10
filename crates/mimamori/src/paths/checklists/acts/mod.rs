//! What is done with checklists; each deed with its audit line in one transaction.

mod tablet;
mod work;

pub use tablet::{answer, finish, hand, open_link, withdraw};
pub use work::{begin, put_void, save};
