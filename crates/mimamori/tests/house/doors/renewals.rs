//! The doors of the yearly renewal.

use super::{GONE, OK, Row};

pub const DOORS: &[Row] = &[
    ("GET", "/renewals", "C", OK),
    ("POST", "/renewals/asking", "C", OK),
    // Without a month there is nothing to take back.
    ("POST", "/renewals/asking/undoing", "C", GONE),
    ("GET", "/renewals/year", "AC", OK),
    ("GET", "/renewals/{person}", "C", OK),
    // An empty form names no way and no year.
    ("POST", "/renewals/{person}/asking", "C", GONE),
    ("POST", "/renewals/{person}/silence", "C", OK),
    ("POST", "/renewals/{person}/reopening", "C", GONE),
    ("GET", "/renewals/{person}/walk", "C", OK),
    ("POST", "/renewals/{person}/walk", "C", GONE),
    ("POST", "/renewals/{person}/groups", "C", GONE),
    ("POST", "/renewals/{person}/ending", "C", OK),
    ("GET", "/town/renewals", "A", OK),
    ("POST", "/town/renewals", "A", OK),
];
