//! Deeds with tags: each one transaction with its line of audit.

mod batches;
mod binding;
mod carriers;
mod roster;
mod standing;
mod step;
mod twins;

pub use batches::{fill_batch, order_batch, take_list};
pub use binding::{bind, bind_in, bind_next, bind_older, bring_older_in};
pub use carriers::{add_carrier, open_carrier, shut_carrier};
pub use roster::ROSTER_NUMBERS;
pub use standing::{Replacement, find_again, lose, replace, return_tag, take_back, void};
pub use twins::BELONGING;
