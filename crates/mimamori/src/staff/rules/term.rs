//! From when until when an account holds, and who runs a center.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use crate::clock::{in_japan, instant};
use crate::ids::CenterId;

/// The longest name of a contractor.
const MOST_CONTRACTOR: usize = 80;

/// From when until when an account's place holds. It is weighed at every request, so that nobody
/// depends on a timed job having run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Its first moment.
    pub begins_at: Timestamp,
    /// The first moment at which it holds no longer.
    pub ends_at: Option<Timestamp>,
}

impl Term {
    /// The term out of stored milliseconds.
    pub fn of(begins_at: i64, ends_at: Option<i64>) -> Term {
        Term {
            begins_at: instant(begins_at),
            ends_at: ends_at.map(instant),
        }
    }

    /// The term of a place that is given from a moment on.
    pub fn from(begins_at: Timestamp) -> Term {
        Term {
            begins_at,
            ends_at: None,
        }
    }

    /// Whether it lies ahead.
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        now < self.begins_at
    }

    /// Whether it is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at.is_some_and(|end| now >= end)
    }

    /// Whether it holds.
    pub fn holds(&self, now: Timestamp) -> bool {
        !self.is_ahead(now) && !self.is_over(now)
    }

    /// Its last day, where it has one.
    pub fn last_day(&self) -> Option<Date> {
        let last = self.ends_at?.as_millisecond() - 1;
        Some(in_japan(instant(last)).date())
    }
}

/// The organisation that a center is entrusted to, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contractor {
    /// The center.
    pub center: CenterId,
    /// Midnight in Japan of its first day.
    pub at: Timestamp,
    /// 「社会福祉法人 みなみ会」
    pub name: String,
    /// Whether the accounts of the one before end with it.
    pub ends: bool,
    /// Whether what those accounts held was given back.
    pub settled: bool,
    /// Grows with every change.
    pub version: i64,
}

impl Contractor {
    /// Its first day.
    pub fn first_day(&self) -> Date {
        in_japan(self.at).date()
    }

    /// Whether it is still to come.
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        now < self.at
    }
}

/// Midnight in Japan, with which a day begins; far-out days are held at the epoch.
pub fn midnight(day: Date) -> Timestamp {
    let zoned = day.to_zoned(TimeZone::fixed(offset(9)));
    zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// Why a change of contractor can't be planned so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unplanned {
    /// Its name is missing or too long.
    Name,
    /// The day is not after today.
    TooSoon,
    /// The day is more than two years ahead.
    TooFar,
    /// Another change is planned already.
    Another,
    /// The first contractor's day lies ahead.
    NotYet,
}

/// The name as it is kept.
pub fn contractor_name(text: &str) -> Result<String, Unplanned> {
    let name = text.trim();
    match name.chars().count() {
        1..=MOST_CONTRACTOR => Ok(name.to_owned()),
        _ => Err(Unplanned::Name),
    }
}

/// A change takes effect on a day to come: accounts must not end in the middle of somebody's day.
pub fn may_plan(known: &[Contractor], day: Date, now: Timestamp) -> Result<Timestamp, Unplanned> {
    let ahead = (day - in_japan(now).date()).get_days();
    if known.iter().any(|one| one.is_ahead(now)) {
        return Err(Unplanned::Another);
    }
    match ahead {
        ..=0 => Err(Unplanned::TooSoon),
        1..=731 => Ok(midnight(day)),
        _ => Err(Unplanned::TooFar),
    }
}

/// The contractor of today is written down without anybody's account ending.
pub fn may_note(day: Date, now: Timestamp) -> Result<Timestamp, Unplanned> {
    match midnight(day) {
        at if at > now => Err(Unplanned::NotYet),
        at => Ok(at),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_term_ends_with_the_first_moment_after_its_last_day() {
        let term = Term {
            begins_at: Timestamp::UNIX_EPOCH,
            ends_at: Some(midnight(date(2027, 4, 1))),
        };
        assert!(term.holds(at("2027-03-31T23:59:59.999+09:00")));
        assert!(!term.holds(at("2027-04-01T00:00:00+09:00")));
        assert_eq!(term.last_day(), Some(date(2027, 3, 31)));
    }

    #[test]
    fn a_place_ahead_opens_nothing_yet() {
        let term = Term::of(midnight(date(2027, 4, 1)).as_millisecond(), None);
        assert!(!term.holds(at("2027-03-31T23:59:59+09:00")));
        assert!(term.holds(at("2027-04-01T00:00:00+09:00")));
    }

    #[test]
    fn a_change_is_planned_for_a_day_to_come_and_one_at_a_time() {
        let now = at("2026-11-20T10:00:00+09:00");
        assert_eq!(
            may_plan(&[], date(2026, 11, 20), now),
            Err(Unplanned::TooSoon)
        );
        assert_eq!(may_plan(&[], date(2029, 4, 1), now), Err(Unplanned::TooFar));
        let first = may_plan(&[], date(2026, 11, 21), now);
        assert_eq!(first, Ok(at("2026-11-21T00:00:00+09:00")));
        let planned = Contractor {
            center: CenterId(1),
            at: midnight(date(2027, 4, 1)),
            name: "みなみ会".to_owned(),
            ends: true,
            settled: false,
            version: 1,
        };
        let second = may_plan(&[planned], date(2027, 5, 1), now);
        assert_eq!(second, Err(Unplanned::Another));
        assert_eq!(may_note(date(2026, 11, 21), now), Err(Unplanned::NotYet));
        assert!(may_note(date(2026, 11, 20), now).is_ok());
        assert_eq!(contractor_name("  "), Err(Unplanned::Name));
    }
}
