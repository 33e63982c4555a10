//! What is done with consultations.

mod changing;
mod figures;
mod given;
mod held;
mod keeping;
mod strangers;
mod taking;
mod topics;
mod twins;
mod tying;

pub use changing::{close_in, correct, restore, strike};
pub use figures::{Report, Side, gather, report, whose};
pub use given::close_last_month;
pub use held::Months;
pub use keeping::{change_keeping, forget_before, kept_since};
pub use strangers::{correct_card, erase_stranger};
pub use taking::{New, take, take_in};
pub use topics::{add_topic, change_topic};
pub use twins::BELONGING;
pub use tying::{tie, untie};
