//! The doors of papers.

use super::{GONE, NO_FORM, OK, Row};

pub const DOORS: &[Row] = &[
    ("GET", "/papers", "AC", OK),
    // An empty form names no paper and no layout.
    ("POST", "/papers/blank", "AC", GONE),
    ("GET", "/papers/worklist", "C", OK),
    ("POST", "/papers/worklist", "C", OK),
    ("GET", "/papers/sign", "A", OK),
    ("POST", "/papers/sign", "A", NO_FORM),
    ("POST", "/papers/sign/remove", "A", OK),
    ("POST", "/papers/outlines", "AC", GONE),
    ("GET", "/papers/batches/{batch}", "AC", OK),
    ("POST", "/papers/batches/{batch}", "AC", OK),
    ("GET", "/papers/postcards", "C", OK),
    ("POST", "/papers/postcards", "C", OK),
    ("GET", "/papers/ledger", "C", OK),
    ("POST", "/papers/ledger", "C", OK),
    // A run is there for whoever began it; this one was begun by somebody else.
    ("GET", "/papers/runs/{print}", "AC", GONE),
    ("POST", "/papers/runs/{print}/making", "AC", GONE),
    ("POST", "/papers/runs/{print}/parts/{number}", "AC", GONE),
    ("POST", "/papers/runs/{print}/asking", "C", GONE),
    ("POST", "/papers/runs/{print}/removal", "AC", GONE),
    ("POST", "/papers/poster", "AC", OK),
    // This one is a transfer, which has no letter.
    ("POST", "/papers/handovers/{handover}", "C", GONE),
    ("POST", "/papers/leavings/{leaving}", "C", OK),
    ("POST", "/papers/agreements/{agreement}", "AH", OK),
    ("GET", "/people/{person}/papers", "C", OK),
    ("POST", "/people/{person}/papers", "C", GONE),
    ("GET", "/tags/{tag}/stickers", "C", OK),
    ("POST", "/tags/{tag}/stickers", "C", OK),
];
