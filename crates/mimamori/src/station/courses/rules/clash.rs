//! What can't be held both: two courses in one place, or one teacher at two.

use jiff::civil::Date;

use super::day::{CourseDay, State};
use super::details::Hours;
use crate::ids::RowId;

/// When, where and with whom something is to be held.
#[derive(Clone, PartialEq, Eq)]
pub struct Booking {
    /// Which series; a series does not clash with itself on its own day.
    pub series: RowId,
    /// What it is called.
    pub title: String,
    /// The day.
    pub day: Date,
    /// The time.
    pub hours: Hours,
    /// The place.
    pub place: Option<RowId>,
    /// Who teaches.
    pub teacher: String,
}

/// What two courses would have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Both {
    /// The place.
    Place,
    /// The teacher.
    Teacher,
}

/// Two courses that can't both be held.
#[derive(Clone, PartialEq, Eq)]
pub struct Clash {
    /// What they have in common.
    pub both: Both,
    /// The one.
    pub one: Booking,
    /// The other, which begins with it or after it.
    pub other: Booking,
}

impl From<&CourseDay> for Booking {
    fn from(day: &CourseDay) -> Booking {
        Booking {
            series: day.series,
            title: day.details.title.clone(),
            day: day.day,
            hours: day.details.hours,
            place: day.details.place,
            teacher: day.details.teacher.clone(),
        }
    }
}

/// The bookings that days make; what is called off needs no place.
pub fn bookings(days: &[CourseDay]) -> impl Iterator<Item = Booking> {
    days.iter()
        .filter(|day| day.state == State::Planned)
        .map(Booking::from)
}

/// Whether it is one name: how it is spaced is nothing.
pub fn same_name(one: &str, other: &str) -> bool {
    let letters =
        |name: &'_ str| -> String { name.chars().filter(|c| !c.is_whitespace()).collect() };
    letters(one) == letters(other)
}

fn both(one: &Booking, other: &Booking) -> Option<Both> {
    if !one.hours.meet(other.hours) || one.series == other.series {
        return None;
    }
    if one.place.is_some() && one.place == other.place {
        return Some(Both::Place);
    }
    let named = !one.teacher.trim().is_empty();
    (named && same_name(&one.teacher, &other.teacher)).then_some(Both::Teacher)
}

/// Everything that clashes, in order of its day. A place counts before a teacher.
pub fn clashes(mut all: Vec<Booking>) -> Vec<Clash> {
    all.sort_by(|one, other| {
        (one.day, one.hours, &one.title).cmp(&(other.day, other.hours, &other.title))
    });
    let mut found = Vec::new();
    for day in all.chunk_by(|one, other| one.day == other.day) {
        for (at, one) in day.iter().enumerate() {
            for other in &day[at + 1..] {
                if let Some(both) = both(one, other) {
                    found.push(Clash {
                        both,
                        one: one.clone(),
                        other: other.clone(),
                    });
                }
            }
        }
    }
    found
}
