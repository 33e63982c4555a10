//! Years of work, April to March, and months.

use jiff::ToSpan;
use jiff::civil::Date;

/// A year of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Year(i16);

/// The years that a plan may be made for.
const YEARS: std::ops::RangeInclusive<i16> = 2_000..=2_200;

impl Year {
    /// The year of a day.
    pub fn of(day: Date) -> Year {
        Year(if day.month() < 4 {
            day.year() - 1
        } else {
            day.year()
        })
    }

    /// The year of a number as it is written.
    pub fn from_code(code: &str) -> Option<Year> {
        code.parse()
            .ok()
            .filter(|year| YEARS.contains(year))
            .map(Year)
    }

    /// The year after.
    pub const fn next(self) -> Year {
        Year(self.0 + 1)
    }

    /// The year before.
    pub const fn before(self) -> Year {
        Year(self.0 - 1)
    }

    /// As it is kept.
    pub const fn number(self) -> i64 {
        self.0 as i64
    }

    /// 1 April.
    pub fn first(self) -> Date {
        Date::new(self.0, 4, 1).unwrap_or(Date::MIN)
    }

    /// 31 March.
    pub fn last(self) -> Date {
        Date::new(self.0 + 1, 3, 31).unwrap_or(Date::MAX)
    }
}

/// `2026`.
impl std::fmt::Display for Year {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A month of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month(Date);

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Month {
        Month(day.first_of_month())
    }

    /// `2026-06`; the year is one that a plan may be made for.
    pub fn from_code(code: &str) -> Option<Month> {
        let (year, month) = code.split_once('-')?;
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        Some(Month(Date::new(year, month.parse().ok()?, 1).ok()?))
    }

    /// `2026-06`.
    pub fn code(self) -> String {
        self.0.strftime("%Y-%m").to_string()
    }

    /// 「2026年6月」.
    pub fn words(self) -> String {
        self.0.strftime("%Y年%-m月").to_string()
    }

    /// The first.
    pub const fn first(self) -> Date {
        self.0
    }

    /// The last.
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The month before; the first of all has itself before it.
    pub fn before(self) -> Month {
        self.0.checked_sub(1.month()).map_or(self, Month)
    }

    /// The month after.
    pub fn next(self) -> Month {
        self.0.checked_add(1.month()).map_or(self, Month)
    }

    /// Its days in weeks that begin on Sunday; nothing before the first and after the last.
    pub fn weeks(self) -> Vec<[Option<Date>; 7]> {
        let mut weeks = vec![[None; 7]];
        for day in self
            .0
            .series(1.day())
            .take_while(|day| Month::of(*day) == self)
        {
            let at = usize::from(day.weekday().to_sunday_zero_offset().unsigned_abs());
            if at == 0 && day != self.0 {
                weeks.push([None; 7]);
            }
            if let Some(place) = weeks.last_mut().and_then(|week| week.get_mut(at)) {
                *place = Some(day);
            }
        }
        weeks
    }
}
