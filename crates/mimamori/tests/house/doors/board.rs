//! The doors of the finder's board.

use super::{GONE, OK, Row};

pub const DOORS: &[Row] = &[
    ("GET", "/q/{secret}", "public", GONE),
    ("POST", "/q/{secret}", "public", GONE),
    ("GET", "/found/{token}", "public", GONE),
    ("GET", "/found/{token}/more", "public", GONE),
    ("POST", "/found/{token}/more", "public", GONE),
    ("GET", "/family/{token}", "public", GONE),
    ("POST", "/family/{token}", "public", GONE),
    ("GET", "/proof/{token}", "public", GONE),
    ("POST", "/proof/{token}", "public", GONE),
    // The inquiry here came by a call.
    (
        "POST",
        "/desk/inquiries/{inquiry}/board/answers",
        "CN",
        GONE,
    ),
    ("POST", "/desk/inquiries/{inquiry}/board/mails", "CN", GONE),
    ("POST", "/desk/inquiries/{inquiry}/board/false", "CN", GONE),
    ("GET", "/desk/board", "ACN", OK),
    ("GET", "/people/{person}/mail", "C", OK),
    ("POST", "/people/{person}/mail/{contact}/test", "C", OK),
    ("POST", "/people/{person}/mail/{contact}/drills", "C", OK),
    ("GET", "/town/board", "A", OK),
    ("POST", "/town/board", "A", OK),
    ("POST", "/town/board/drill", "A", OK),
    ("POST", "/town/board/drill/end", "A", OK),
];
