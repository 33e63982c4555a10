//! Whether two records are one person, and what one record of both holds: no database, no clock.

mod compare;
pub mod joined;
mod merge;
mod pair;
mod side;
mod weights;

pub use compare::compare;
pub use joined::{Pick, Picks, Piece};
pub use merge::{Before, Merge, Refusal, Was, Whose, Whoses};
pub use pair::{Kept, Pair, PairState, PairWords, compared, ordered};
pub use side::{Called, Side};
pub use weights::{Field, Level, Likeness, REVIEW, shown};
