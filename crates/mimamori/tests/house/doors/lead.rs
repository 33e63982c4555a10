//! The doors around who runs and who leads a center.

use super::{GONE, OK, Row};

pub const DOORS: &[Row] = &[
    ("GET", "/town/centers/{center}/operator", "A", OK),
    ("POST", "/town/centers/{center}/operator", "A", OK),
    ("POST", "/town/centers/{center}/operator/changes", "A", OK),
    (
        "POST",
        "/town/centers/{center}/operator/changes/{day}/stays",
        "A",
        GONE,
    ),
    (
        "POST",
        "/town/centers/{center}/operator/changes/{day}/cancel",
        "A",
        GONE,
    ),
];
