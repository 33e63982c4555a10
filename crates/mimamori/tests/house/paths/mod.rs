//! The way from a need that was seen to help that has arrived.

mod cases;
mod checklists;
pub mod referrals;
mod steps;
