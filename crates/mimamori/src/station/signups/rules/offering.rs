//! By when somebody to whom a place is offered has to answer.

use jiff::{SignedDuration, Timestamp};

use crate::clock::{in_japan, midnight};
use crate::station::courses::CourseDay;

/// Hours to answer where a town has set nothing: a day, so that whoever is out reads or hears it.
pub const DEFAULT_HOURS: u32 = 24;
/// The longest time to answer that can be set.
pub const MOST_HOURS: u32 = 96;
/// From this hour on nobody is called any more, and until that one not yet.
const EVENING: i8 = 20;
const MORNING: i8 = 9;
/// Less than this is no time to answer, and so long before the beginning the door needs to know.
const LEAST: SignedDuration = SignedDuration::from_hours(1);

/// When a day begins.
pub fn begins(day: &CourseDay) -> Timestamp {
    midnight(day.day) + SignedDuration::from_mins(i64::from(day.details.hours.starts))
}

fn is_night(at: Timestamp) -> bool {
    !(MORNING..EVENING).contains(&in_japan(at).hour())
}

/// Whether nobody answers by then: whoever thinks it over at night calls in the first hour of the day.
fn is_no_hour(at: Timestamp) -> bool {
    !(MORNING + 1..EVENING).contains(&in_japan(at).hour())
}

/// Ten o'clock of the next morning.
fn morning_after(at: Timestamp) -> Timestamp {
    let at = in_japan(at);
    let day = match at.hour() >= EVENING {
        true => at.date().tomorrow().unwrap_or(at.date()),
        false => at.date(),
    };
    midnight(day) + SignedDuration::from_hours(10)
}

/// Half past seven of the last evening.
fn evening_before(at: Timestamp) -> Timestamp {
    let at = in_japan(at);
    let day = match at.hour() >= EVENING {
        true => at.date(),
        false => at.date().yesterday().unwrap_or(at.date()),
    };
    midnight(day) + SignedDuration::from_mins(19 * 60 + 30)
}

/// By when a place offered now is to be answered; nothing where it is not offered by itself now: at
/// night, or so near the beginning that somebody has to call.
pub fn answer_by(now: Timestamp, begins: Timestamp, hours: u32) -> Option<Timestamp> {
    if is_night(now) {
        return None;
    }
    // A third of what is left, so that two more can still be asked.
    let third = begins.duration_since(now) / 3;
    let mut until = now + third.min(SignedDuration::from_hours(i64::from(hours)));
    if is_no_hour(until) {
        until = morning_after(until);
    }
    let last = begins - LEAST;
    if until > last {
        until = last;
        if is_no_hour(until) {
            until = evening_before(until);
        }
    }
    (until.duration_since(now) >= LEAST).then_some(until)
}
