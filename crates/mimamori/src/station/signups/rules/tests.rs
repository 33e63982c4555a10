#![allow(clippy::unwrap_used)]
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::clock::in_japan;

fn at(text: &str) -> Timestamp {
    format!("{text}:00+09:00").parse().unwrap()
}

fn by(now: &str, begins: &str, hours: u32) -> Option<String> {
    let until = answer_by(at(now), at(begins), hours)?;
    Some(in_japan(until).strftime("%m-%d %H:%M").to_string())
}

#[test]
fn an_offer_leaves_a_day_and_less_as_the_day_nears() {
    let begins = "2026-12-04T10:00";
    assert_eq!(by("2026-11-20T10:00", begins, 24).unwrap(), "11-21 10:00");
    // A third of 48 hours.
    assert_eq!(by("2026-12-02T10:00", begins, 24).unwrap(), "12-03 10:00");
    // The evening before a third of 16 hours would be at night: the next morning is too late.
    assert_eq!(by("2026-12-03T18:00", begins, 24).unwrap(), "12-03 19:30");
    // Nobody is asked at night, and nobody is given less than an hour.
    assert_eq!(by("2026-12-03T20:00", begins, 24), None);
    assert_eq!(by("2026-12-03T23:00", begins, 24), None);
    assert_eq!(by("2026-12-04T08:59", begins, 24), None);
    assert_eq!(by("2026-12-04T09:00", begins, 24), None);
    assert_eq!(
        by("2026-12-04T09:00", "2026-12-04T15:00", 24).unwrap(),
        "12-04 11:00"
    );
}

#[test]
fn whatever_the_hour_nobody_has_to_answer_at_night_or_within_the_hour() {
    let begins = at("2026-12-04T13:30");
    let mut given = 0;
    for quarter in 0..(14 * 24 * 4) {
        let now = begins - SignedDuration::from_mins(15 * quarter);
        for hours in [1, 6, 24, MOST_HOURS] {
            let Some(until) = answer_by(now, begins, hours) else {
                continue;
            };
            given += 1;
            let hour = in_japan(until).hour();
            assert!((10..20).contains(&hour), "{now} {until}");
            assert!(
                until.duration_since(now) >= SignedDuration::from_hours(1),
                "{now}"
            );
            assert!(
                begins.duration_since(until) >= SignedDuration::from_hours(1),
                "{now}"
            );
            assert!((9..20).contains(&in_japan(now).hour()), "{now}");
        }
    }
    assert!(given > 2_000, "{given}");
}

#[test]
fn a_free_place_belongs_to_whoever_waits() {
    let room = |inside, offered, waiting| Room {
        holds: Some(3),
        inside,
        offered,
        waiting,
    };
    assert_eq!(room(2, 0, 0).next(), State::In);
    assert_eq!(room(3, 0, 0).next(), State::Waiting);
    assert_eq!(
        room(2, 1, 0).next(),
        State::Waiting,
        "held for whoever answers"
    );
    assert_eq!(room(2, 0, 1).next(), State::Waiting, "not offered yet");
    assert_eq!(room(5, 0, 0).free(), Some(0), "the room was made smaller");
    assert_eq!(Room::default().next(), State::In, "nobody counts");
}

#[test]
fn whoever_asks_is_told_why() {
    let waits = Happened {
        at: at("2026-11-20T10:00"),
        what: What::Waits,
        by: None,
        own: false,
        until: None,
        holds: Some(30),
    };
    assert_eq!(
        reason(&waits),
        "定員（30人）まで埋まっていたので、キャンセル待ちになりました。"
    );
    let late = Happened {
        what: What::Late,
        until: Some(at("2026-12-03T10:00")),
        ..waits
    };
    assert!(reason(&late).starts_with("12月3日 10:00までにお返事がなかったので"));
}
