//! What is said on the board, how often, for how long, and in which mail: types and decisions.

mod find;
mod flood;
mod life;
mod mail;
mod position;
mod refusal;
mod said;

pub use find::{Find, Finder, Link, Message, Side, Whom};
pub use flood::{Pace, Pressure, Stray, may_mail, pace, stray_waits};
pub use life::{DRILL_MS, KEEP_DAYS, LINK_MS, PROOF_MS, Settings};
pub use mail::{Letter, found, proof};
pub use position::Position;
pub use refusal::Refusal;
pub use said::{Reply, Said};
