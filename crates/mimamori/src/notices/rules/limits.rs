//! By when somebody looks, and when what is late climbs.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use super::Refusal;
use crate::clock::in_japan;
use crate::networks::{Calendar, Opening};

/// Minutes to the first look; 0 for the same day.
pub const LOOK_MINUTES: RangeInclusive<i64> = 0..=10_080;
/// Minutes to the first look where a life may be in danger.
pub const DANGER_MINUTES: RangeInclusive<i64> = 5..=1_440;
/// Hours after which what is late climbs from the head of the center to the town.
pub const TOWN_HOURS: RangeInclusive<i64> = 1..=168;
/// Days after the end until what was told is erased.
pub const KEEP_DAYS: RangeInclusive<i64> = 90..=3_650;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// What a town settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// See [`LOOK_MINUTES`].
    pub look_minutes: i64,
    /// See [`DANGER_MINUTES`].
    pub danger_minutes: i64,
    /// See [`TOWN_HOURS`].
    pub town_hours: i64,
    /// See [`KEEP_DAYS`].
    pub keep_days: i64,
    /// Grows with every change; 0 for the defaults.
    pub version: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            look_minutes: 0,
            danger_minutes: 120,
            town_hours: 24,
            // As long as two years of evidence can be asked about, and the year they lie in.
            keep_days: 1_095,
            version: 0,
        }
    }
}

impl Settings {
    /// Refuses what lies outside its bounds, with the field.
    pub fn checked(self) -> Result<Settings, Refusal> {
        let bounds = [
            ("look_minutes", self.look_minutes, LOOK_MINUTES),
            ("danger_minutes", self.danger_minutes, DANGER_MINUTES),
            ("town_hours", self.town_hours, TOWN_HOURS),
            ("keep_days", self.keep_days, KEEP_DAYS),
        ];
        let out = bounds.iter().find(|(_, value, most)| !most.contains(value));
        out.map_or(Ok(self), |(field, ..)| Err(Refusal::OutOfRange(field)))
    }

    /// By when somebody looks: danger by the clock, whatever the hour; else within the minutes, or by
    /// the end of the day on which the center works.
    pub fn due(&self, danger: bool, at: Timestamp, calendar: &Calendar) -> i64 {
        let now = at.as_millisecond();
        match (danger, self.look_minutes) {
            (true, _) => now + self.danger_minutes * MINUTE_MS,
            (false, 0) => end_of(working_day(at, calendar), now),
            (false, minutes) => now + minutes * MINUTE_MS,
        }
    }

    /// When it climbs from the head to the town: danger as fast as it came to the head.
    pub fn town_after(&self, danger: bool) -> i64 {
        match danger {
            true => self.danger_minutes * MINUTE_MS,
            false => self.town_hours * HOUR_MS,
        }
    }

    /// What ended before then is erased now.
    pub fn keeps_since(&self, at: i64) -> i64 {
        at - self.keep_days * 24 * HOUR_MS
    }
}

/// Today while the center is open or opens later, else its next working day.
fn working_day(at: Timestamp, calendar: &Calendar) -> Date {
    let here = in_japan(at);
    let (day, minute) = (
        here.date(),
        i64::from(here.hour()) * 60 + i64::from(here.minute()),
    );
    match calendar.on(day) {
        Opening::Open(span) if minute < span.closes => day,
        _ => calendar.next_working_day(day),
    }
}

fn end_of(day: Date, otherwise: i64) -> i64 {
    let next = day.tomorrow().unwrap_or(day);
    let zoned = next.to_zoned(TimeZone::fixed(offset(9)));
    zoned.map_or(otherwise, |zoned| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::networks::{Span, Week};

    fn weekdays() -> Calendar {
        let day = Span::new(510, 1035);
        Calendar {
            week: Week([day, day, day, day, day, None, None]),
            days: vec![],
        }
    }

    fn due(danger: bool, at: &str) -> String {
        let at: Timestamp = at.parse().unwrap();
        let due = Settings::default().due(danger, at, &weekdays());
        in_japan(crate::clock::instant(due))
            .strftime("%m-%d %H:%M")
            .to_string()
    }

    #[test]
    fn the_same_day_or_the_next_on_which_the_center_works() {
        assert_eq!(due(false, "2026-11-20T10:00:00+09:00"), "11-21 00:00");
        assert_eq!(due(false, "2026-11-20T06:00:00+09:00"), "11-21 00:00");
        // The Monday after this Friday is a holiday.
        assert_eq!(due(false, "2026-11-20T20:00:00+09:00"), "11-25 00:00");
        assert_eq!(due(false, "2026-11-21T10:00:00+09:00"), "11-25 00:00");
    }

    #[test]
    fn danger_runs_by_the_clock() {
        assert_eq!(due(true, "2026-11-21T23:30:00+09:00"), "11-22 01:30");
    }

    #[test]
    fn bounds_are_held() {
        let far = Settings {
            danger_minutes: 4,
            ..Settings::default()
        };
        assert!(matches!(
            far.checked(),
            Err(Refusal::OutOfRange("danger_minutes"))
        ));
        assert!(Settings::default().checked().is_ok());
    }
}
