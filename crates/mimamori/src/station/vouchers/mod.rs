//! Vouchers of the shopping street: given for work at courses, handed in by shops.
//!
//! A voucher is paper and belongs to whoever holds it; what is written down here is what the Station gave
//! to which supporter for what, and what came back through which shop.
//!
//! Promises (`tests/house/station/vouchers.rs`, and beside the rules):
//! - a form that is sent twice, or from two desks, is one line; nothing is lost when many give at once;
//! - a balance is the sum of its lines, and never kept;
//! - what was written by mistake is taken back by a line of its own, once, with the reason;
//! - what was given is what was handed in and what is still open, in every month.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{give, hand_in, set_rules, undo};
pub use pages::doors;
pub use rules::{Kind, Line, MOST_AMOUNT, New, Refusal, Report, Rules, Shop, balance, report};
pub use store::{list_between, list_of_supporter, open_before, reseal, rules_of, sums_between};
