#![allow(clippy::unwrap_used)]
use jiff::Timestamp;

use super::*;

#[test]
fn parts_have_codes_of_their_own_that_come_back() {
    for part in Part::all() {
        assert_eq!(Part::from_code(part.code()), Some(part));
    }
    assert_eq!(Part::all().count(), 8);
    assert_eq!(Part::from_code(""), None);
}

#[test]
fn what_nobody_wrote_down_is_not_recorded_and_nobody_was_absent() {
    let at = Timestamp::UNIX_EPOCH;
    assert_eq!(Roll::of(None, 0), Roll::NotRecorded);
    assert_eq!(Roll::of(None, 3), Roll::Begun);
    assert_eq!(
        Roll::of(Some(at), 0),
        Roll::Taken(at),
        "nobody came, and somebody looked"
    );
}
