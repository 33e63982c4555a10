//! The doors of cases.

use super::{GONE, NO_FORM, OK, Row};

/// There for the first who comes.
const TAKEN: &[u16] = &[200, 303, 404, 422];

pub const DOORS: &[Row] = &[
    ("GET", "/cases", "C", OK),
    ("GET", "/cases/new", "C", OK),
    ("POST", "/cases/new", "C", OK),
    ("POST", "/cases/search", "C", OK),
    ("GET", "/cases/load", "H", OK),
    ("GET", "/cases/settings", "H", OK),
    ("POST", "/cases/settings", "H", OK),
    ("GET", "/people/{person}/cases", "C", OK),
    ("POST", "/people/{person}/cases", "C", OK),
    ("GET", "/notices/{notice}/case", "C", OK),
    ("POST", "/notices/{notice}/case", "C", OK),
    ("GET", "/consultations/{consultation}/case", "C", OK),
    ("POST", "/consultations/{consultation}/case", "C", OK),
    ("GET", "/cases/{case}", "C", OK),
    ("GET", "/cases/{case}/edit", "C", OK),
    ("POST", "/cases/{case}/edit", "C", OK),
    ("POST", "/cases/{case}/contacts", "C", OK),
    ("GET", "/cases/{case}/contacts/{contact}", "C", GONE),
    ("POST", "/cases/{case}/contacts/{contact}", "C", GONE),
    ("POST", "/cases/{case}/steps", "C", OK),
    ("POST", "/cases/{case}/steps/{row}/done", "C", OK),
    ("POST", "/cases/{case}/steps/{row}/drop", "C", GONE),
    ("POST", "/cases/{case}/flags", "C", OK),
    ("POST", "/cases/{case}/flags/{row}/end", "C", GONE),
    ("POST", "/cases/{case}/reviews/{row}", "C", GONE),
    ("GET", "/cases/{case}/closing", "C", OK),
    ("POST", "/cases/{case}/closing", "C", OK),
    ("POST", "/cases/{case}/reopening", "C", OK),
    // The act asks for the head.
    ("POST", "/cases/{case}/erasure", "C", OK),
    ("GET", "/cases/{case}/documents", "C", OK),
    ("POST", "/cases/{case}/documents", "C", NO_FORM),
    ("GET", "/cases/{case}/documents/{row}", "C", GONE),
    ("POST", "/cases/{case}/documents/{row}/removal", "C", GONE),
    ("GET", "/cases/{case}/basics", "C", OK),
    ("POST", "/cases/{case}/basics", "C", OK),
    ("GET", "/cases/{case}/sharing", "C", OK),
    ("POST", "/cases/{case}/assignment", "C", OK),
    ("POST", "/cases/{case}/people", "C", OK),
    // The act asks for whoever leads the case, and somebody stays.
    ("POST", "/cases/{case}/people/{person}/removal", "C", OK),
    ("POST", "/cases/{case}/viewers", "C", OK),
    ("POST", "/cases/{case}/viewers/{row}/removal", "C", GONE),
    ("POST", "/cases/{case}/links", "C", OK),
    ("POST", "/cases/{case}/links/{row}/removal", "C", GONE),
    ("POST", "/cases/{case}/consents", "C", OK),
    ("POST", "/cases/{case}/consents/{row}/withdrawal", "C", GONE),
    ("POST", "/cases/{case}/transfer", "C", OK),
    ("POST", "/cases/{case}/referral", "C", OK),
    ("GET", "/handovers", "C", OK),
    // Once somebody took it, it is not there for the next.
    ("GET", "/handovers/{handover}", "C", TAKEN),
    ("POST", "/handovers/{handover}/refusal", "C", TAKEN),
    ("POST", "/handovers/{handover}/acceptance", "C", TAKEN),
    // These are the sender's.
    ("POST", "/handovers/{handover}/recall", "C", TAKEN),
    ("POST", "/handovers/{handover}/answer", "C", TAKEN),
    ("POST", "/papers/cases/{case}/basics", "C", OK),
];
