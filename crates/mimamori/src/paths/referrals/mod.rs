//! Referrals: who was referred where, and whether organisations that support the network were chosen
//! more often than chance would choose them.
//!
//! Each referral keeps which organisations were offered and which of them was chosen. What chance
//! would give follows from what was offered: the share of places that sponsors had among them.
//!
//! Promises (`tests/house/paths/referrals.rs`, and beside the rules):
//! - the interval is the exact one of Clopper and Pearson, held against published values;
//! - whether somebody was a sponsor is what held on the day of the referral;
//! - the public page shows whole years, and nothing from which fewer than five could be told.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{keep_organisation, put_void, refer};
pub use pages::doors;
pub use rules::{
    Chooser, Compared, Made, New, Offering, Referral, Refusal, Service, Share, compare, interval,
    may_be_told,
};
pub use store::{
    BELONGING, forget_in, list_for_person, list_made, list_organisations, reseal_some,
};
