//! What holds, without a database and without a clock.

mod interval;
mod referral;
mod share;

pub use crate::paths::rules::Refusal;
pub use interval::interval;
pub use referral::{
    Chooser, MOST_CAPACITY, MOST_WORDS, Made, New, Offering, Referral, Service, Told, order,
};
pub use share::{Compared, LEAST, Share, compare, may_be_told};
