//! Looking for pairs, saying what they are, merging and parting.

mod belongings;
mod find;
mod merging;
mod parting;
mod said;
mod walk;

pub use belongings::{Belonging, Handing, Held, Since, TASKS, gather_strays, pass_rows};
pub use find::{Likely, see_likely};
pub use merging::{Seen, merge, stamp};
pub use parting::{Open, list_open, part};
pub use said::{register_apart, say_later, say_other, say_other_in};
pub use walk::{Walked, walk_some};
