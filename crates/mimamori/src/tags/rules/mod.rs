//! Numbers, their states, what carries them: types and decisions. No database, clock or chance.

mod batch;
mod carrier;
mod list;
mod lookup;
mod number;
mod refusal;
mod states;
mod tag;

pub use batch::{Batch, MOST_NUMBERS, Mix, Order};
pub use carrier::{Carried, Carrier, CarrierKind, KINDS, ShutWhy, svg};
pub use list::{Encoding, ListRow, listed};
pub use lookup::{Known, LookUp};
pub use number::{Handed, Number, NumberKind, Typed};
pub use refusal::Refusal;
pub use states::{bind, find_again, lose, replace, return_tag, take_back, void};
pub use tag::{Act, Done, STATES, State, Tag};
