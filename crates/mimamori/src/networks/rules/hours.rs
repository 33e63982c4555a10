//! When a center is open, and which day is its next working day.

use std::fmt;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::holidays::holiday_name;
use crate::clock::in_japan;

/// Weekdays as they are written, Monday first.
pub const WEEKDAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

/// From when to when, in minutes after midnight in Japan; `opens < closes ≤ 1440`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First minute open.
    pub opens: i64,
    /// First minute closed again.
    pub closes: i64,
}

impl Span {
    /// The span, if it lies within one day and does not end before it begins.
    pub fn new(opens: i64, closes: i64) -> Option<Span> {
        (0 <= opens && opens < closes && closes <= 1440).then_some(Span { opens, closes })
    }

    /// Reads two times such as `8:30`, `0830` or `17時15分`, in any width.
    pub fn parse(opens: &str, closes: &str) -> Option<Span> {
        Span::new(minutes(opens)?, minutes(closes)?)
    }

    fn holds(self, minute: i64) -> bool {
        (self.opens..self.closes).contains(&minute)
    }
}

/// `8:30–17:15`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.opens, self.closes);
        write!(f, "{}:{:02}–{}:{:02}", a / 60, a % 60, b / 60, b % 60)
    }
}

fn minutes(text: &str) -> Option<i64> {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace('時', ":").replace('分', "");
    let (hour, minute) = match plain.split_once(':') {
        Some((hour, "")) => (hour.to_owned(), "0".to_owned()),
        Some((hour, minute)) => (hour.to_owned(), minute.to_owned()),
        None if plain.len() >= 3 && plain.is_ascii() => {
            let (hour, minute) = plain.split_at(plain.len() - 2);
            (hour.to_owned(), minute.to_owned())
        }
        None => (plain, "0".to_owned()),
    };
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let right = (0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 1440;
    right.then_some(hour * 60 + minute)
}

/// The usual hours of a week, Monday first; `None`: closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week(pub [Option<Span>; 7]);

impl Default for Week {
    /// Monday to Friday, 9:00 to 17:00: what a new center begins with.
    fn default() -> Week {
        let day = Some(Span {
            opens: 540,
            closes: 1020,
        });
        Week([day, day, day, day, day, None, None])
    }
}

impl Week {
    fn on(&self, weekday: Weekday) -> Option<Span> {
        let place = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        self.0[place]
    }
}

/// A day that differs from the usual week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// The day.
    pub day: Date,
    /// Open then, even on a public holiday; `None`: closed.
    pub span: Option<Span>,
    /// Why, in words.
    pub reason: String,
}

/// What a day is for a center.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Open from when to when.
    Open(Span),
    /// Closed, and why: 「勤労感謝の日」「定休日」.
    Closed(String),
}

/// The usual week and the days that differ; public holidays are known by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The usual week.
    pub week: Week,
    /// Days that differ, in order.
    pub days: Vec<SpecialDay>,
}

impl Calendar {
    /// What this day is: a special day counts before a holiday, a holiday before the week.
    pub fn on(&self, day: Date) -> Opening {
        if let Some(special) = self.days.iter().find(|special| special.day == day) {
            let closed = || Opening::Closed(special.reason.clone());
            return special.span.map_or_else(closed, Opening::Open);
        }
        if let Some(name) = holiday_name(day) {
            return Opening::Closed(name);
        }
        let closed = || Opening::Closed("定休日".to_owned());
        self.week
            .on(day.weekday())
            .map_or_else(closed, Opening::Open)
    }

    /// Whether somebody is at the counter now.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let here = in_japan(at);
        let minute = i64::from(here.hour()) * 60 + i64::from(here.minute());
        matches!(self.on(here.date()), Opening::Open(span) if span.holds(minute))
    }

    /// The first day after `from` on which the center works. Where it never does within a year,
    /// the day after `from`: a task must not get lost in a calendar left empty.
    pub fn next_working_day(&self, from: Date) -> Date {
        let next = from.saturating_add(1.day());
        next.series(1.day())
            .take(366)
            .find(|day| matches!(self.on(*day), Opening::Open(_)))
            .unwrap_or(next)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_read_in_any_notation() {
        for (opens, closes) in [
            ("8:30", "17:15"),
            ("0830", "1715"),
            ("８：３０", "１７時１５分"),
            (" 8時30分", "17:15"),
        ] {
            assert_eq!(Span::parse(opens, closes), Span::new(510, 1035), "{opens}");
        }
        assert_eq!(Span::parse("9", "24:00"), Span::new(540, 1440));
        for (opens, closes) in [
            ("17:00", "9:00"),
            ("9:00", "24:01"),
            ("9:60", "10:00"),
            ("朝", "夜"),
            ("", ""),
        ] {
            assert_eq!(Span::parse(opens, closes), None, "{opens}–{closes}");
        }
        assert_eq!(Span::new(510, 1035).unwrap().to_string(), "8:30–17:15");
    }

    #[test]
    fn open_from_the_first_minute_to_the_last() {
        let usual = Calendar::default();
        assert!(!usual.is_open(at("2026-11-20T08:59:59+09:00")));
        assert!(usual.is_open(at("2026-11-20T09:00:00+09:00")));
        assert!(usual.is_open(at("2026-11-20T16:59:59+09:00")));
        assert!(!usual.is_open(at("2026-11-20T17:00:00+09:00")));
        assert!(
            !usual.is_open(at("2026-11-21T10:00:00+09:00")),
            "a Saturday"
        );
        assert!(!usual.is_open(at("2026-11-23T10:00:00+09:00")), "a holiday");
    }

    #[test]
    fn the_next_working_day_skips_weekends_holidays_and_days_off() {
        let friday = date(2026, 11, 20);
        let mut calendar = Calendar::default();
        assert_eq!(calendar.next_working_day(friday), date(2026, 11, 24));
        assert_eq!(
            calendar.next_working_day(date(2026, 11, 24)),
            date(2026, 11, 25)
        );
        let off = SpecialDay {
            day: date(2026, 11, 24),
            span: None,
            reason: "研修".to_owned(),
        };
        calendar.days.push(off);
        assert_eq!(calendar.next_working_day(friday), date(2026, 11, 25));
        let on = SpecialDay {
            day: date(2026, 11, 23),
            span: Span::new(540, 720),
            reason: "開所".to_owned(),
        };
        calendar.days.push(on);
        assert_eq!(calendar.next_working_day(friday), date(2026, 11, 23));
        assert!(calendar.is_open(at("2026-11-23T11:59:00+09:00")));
    }

    #[test]
    fn an_empty_calendar_loses_no_task() {
        let never = Calendar {
            week: Week([None; 7]),
            days: Vec::new(),
        };
        assert_eq!(
            never.next_working_day(date(2026, 11, 20)),
            date(2026, 11, 21)
        );
    }

    #[test]
    fn a_closed_day_says_why() {
        let usual = Calendar::default();
        assert_eq!(
            usual.on(date(2026, 11, 23)),
            Opening::Closed("勤労感謝の日".to_owned())
        );
        assert_eq!(
            usual.on(date(2026, 11, 22)),
            Opening::Closed("定休日".to_owned())
        );
    }
}
