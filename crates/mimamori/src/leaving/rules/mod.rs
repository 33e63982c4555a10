//! What holds, without a database and without a clock.

mod asker;
mod kept;
mod kind;
mod leaving;
mod letter;
mod list;
mod refusal;

pub use asker::{Asker, AskerKind};
pub use kept::kept;
pub use kind::{KINDS, Kind, LONGEST, Term};
pub use leaving::{LEAST_DAYS, Leaving, New, State, due, may_approve, may_stop};
pub use letter::{Letter, Paper, letter};
pub use list::{Erasure, ListFault, from_list, to_list};
pub use refusal::Refusal;
