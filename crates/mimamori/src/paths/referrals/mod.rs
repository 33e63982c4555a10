//! Referrals: who was referred where, and whether organisations that support the network were chosen
//! more often than chance would choose them.
//!
//! Each referral keeps which organisations were shown and which of them was chosen. What chance would
//! give is the share of places that sponsors had among all that offered the service, shown or not.
//!
//! Promises (`tests/house/paths/referrals.rs`, and beside the rules):
//! - the interval is the exact one of Clopper and Pearson, held against published values;
//! - whoever shows sponsors alone is compared all the same, and says why some were not shown;
//! - whether somebody was a sponsor is what held on the day of the referral;
//! - the public page shows whole years, and nothing from which fewer than five could be told.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{keep_organisation, put_void, refer};
pub use pages::{Published, doors};
pub use rules::{
    Chooser, Compared, Made, New, Offering, Referral, Refusal, Service, Share, compare, interval,
    may_be_told,
};
pub use store::{
    BELONGING, forget_in, list_for_person, list_made, list_organisations, reseal_some,
};
