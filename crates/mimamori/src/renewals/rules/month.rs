//! Which month is whose, and which year of it is the present one.

use jiff::civil::{Date, date};
use words::date::PartialDate;

use crate::people::coded;

coded! {
    /// Why somebody's renewal month is what it is.
    Why {
        /// The birth month; whoever was born on 29 February is asked in February.
        Born "born" "生まれた月",
        /// The birth month is unknown: the month of registration.
        Registered "registered" "登録した月（生まれた月が分からないため）",
    }
}

/// The renewal month (1–12) of somebody born then and registered then.
pub fn month_of(born: &PartialDate, registered_on: Date) -> (i8, Why) {
    match born.month() {
        Some(month) => (month, Why::Born),
        None => (registered_on.month(), Why::Registered),
    }
}

/// A renewal month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1–12.
    pub month: i8,
}

impl Month {
    /// The month that a day lies in.
    pub fn of(day: Date) -> Month {
        Month {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its first day; a month out of range is held at January.
    pub fn first(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(date(2000, 1, 1))
    }

    /// Its last day: whoever renews until then renews on time.
    pub fn last(self) -> Date {
        self.first().last_of_month()
    }

    /// So many months later, or earlier.
    #[must_use]
    pub fn plus(self, months: i32) -> Month {
        let whole = i32::from(self.year) * 12 + i32::from(self.month) - 1 + months;
        Month {
            year: i16::try_from(whole.div_euclid(12)).unwrap_or(self.year),
            month: i8::try_from(whole.rem_euclid(12) + 1).unwrap_or(self.month),
        }
    }

    /// 「2026年4月」
    pub fn words(self) -> String {
        format!("{}年{}月", self.year, self.month)
    }

    /// `2026-04`, as it stands in an address.
    pub fn code(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// The month of [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Month> {
        let (year, month) = code.split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        let sound = (1900..=2200).contains(&year) && (1..=12).contains(&month);
        sound.then_some(Month { year, month })
    }

    /// The renewal of this month that a day belongs to: the last one if it began within half a
    /// year, else the next. So whoever comes some months early renews the next one, whoever comes
    /// late the last.
    pub fn nearest(month: i8, today: Date) -> Month {
        let this_year = Month {
            year: today.year(),
            month,
        };
        let ahead = i32::from(month) - i32::from(today.month());
        match ahead {
            ahead if ahead > 6 => this_year.plus(-12),
            ahead if ahead < -5 => this_year.plus(12),
            _ => this_year,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn born_on_the_leap_day_renews_in_february_and_unknown_in_the_month_of_registration() {
        let registered = date(2026, 10, 3);
        let month = |born: &str| month_of(&PartialDate::parse(born).unwrap(), registered);
        assert_eq!(month("昭和11年2月29日"), (2, Why::Born));
        assert_eq!(month("昭和11年4月"), (4, Why::Born));
        assert_eq!(month("昭和11年"), (10, Why::Registered));
    }

    #[test]
    fn early_and_late_renew_the_nearest_year() {
        let of = |month, day| Month::nearest(month, day).code();
        assert_eq!(of(10, date(2026, 6, 1)), "2026-10");
        assert_eq!(of(10, date(2027, 2, 1)), "2026-10");
        assert_eq!(of(10, date(2027, 3, 31)), "2026-10");
        assert_eq!(of(10, date(2027, 4, 1)), "2027-10");
        assert_eq!(of(1, date(2026, 11, 24)), "2027-01");
        assert_eq!(of(12, date(2026, 1, 4)), "2025-12");
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let december = Month::from_code("2026-12").unwrap();
        assert_eq!(december.plus(1).code(), "2027-01");
        assert_eq!(december.plus(-12).code(), "2025-12");
        assert_eq!(december.last(), date(2026, 12, 31));
        assert_eq!(Month::from_code("2026-13"), None);
    }
}
