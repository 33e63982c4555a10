//! Of when figures are: a month, or a fiscal year.

use jiff::civil::{Date, date};

/// What a month's last days brought is keyed by this day of the next month: what leaves the town is
/// closed for good, and nobody who presses early should close it for all centers.
const KEYED_BY: i8 = 10;

/// A month, or the fiscal year that begins in April.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A month.
    Month(i16, i8),
    /// From April of this year until March of the next.
    Year(i16),
}

impl Period {
    /// The month of a day.
    pub fn of(day: Date) -> Period {
        Period::Month(day.year(), day.month())
    }

    /// The fiscal year of a month, or the year itself.
    pub const fn year(self) -> i16 {
        match self {
            Period::Month(year, month) if month < 4 => year - 1,
            Period::Month(year, _) | Period::Year(year) => year,
        }
    }

    /// The period that many steps later.
    pub fn plus(self, steps: i32) -> Period {
        match self {
            Period::Month(year, month) => {
                let months = i32::from(year) * 12 + i32::from(month) - 1 + steps;
                let year = i16::try_from(months.div_euclid(12)).unwrap_or(year);
                Period::Month(year, (months.rem_euclid(12) + 1) as i8)
            }
            Period::Year(year) => Period::Year(year + i16::try_from(steps).unwrap_or(0)),
        }
    }

    /// Its months, as their first days.
    pub fn months(self) -> Vec<Date> {
        match self {
            Period::Month(year, month) => vec![date(year, month, 1)],
            Period::Year(year) => {
                let months = (0..12).map(|ahead| Period::Month(year, 4).plus(ahead));
                months.flat_map(|month| month.months()).collect()
            }
        }
    }

    /// The first day, and the last.
    pub fn days(self) -> (Date, Date) {
        let months = self.months();
        let (first, last) = (months[0], months[months.len() - 1]);
        (first, last.last_of_month())
    }

    /// The first day on which its figures may leave the town: over, and late receptions keyed.
    pub fn leaves_on(self) -> Date {
        let after = self.plus(1).days().0;
        date(after.year(), after.month(), KEYED_BY)
    }

    /// `2026-11`, `2026`.
    pub fn code(self) -> String {
        match self {
            Period::Month(year, month) => format!("{year}-{month:02}"),
            Period::Year(year) => year.to_string(),
        }
    }

    /// The period of a code, within the time that this program knows.
    pub fn from_code(code: &str) -> Option<Period> {
        let (year, month) = code.split_once('-').unwrap_or((code, ""));
        let year: i16 = year
            .parse()
            .ok()
            .filter(|year| (2000..2100).contains(year))?;
        match month {
            "" => Some(Period::Year(year)),
            month => {
                let month = month
                    .parse()
                    .ok()
                    .filter(|month| (1..=12).contains(month))?;
                Some(Period::Month(year, month))
            }
        }
    }

    /// 「2026年11月」「2026年度」
    pub fn words(self) -> String {
        match self {
            Period::Month(year, month) => format!("{year}年{month}月"),
            Period::Year(year) => format!("{year}年度"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_fiscal_year_begins_in_april() {
        let year = Period::from_code("2026").unwrap();
        assert_eq!(year.days(), (date(2026, 4, 1), date(2027, 3, 31)));
        assert_eq!(Period::Month(2027, 2).year(), 2026);
        let month = Period::from_code("2028-02").unwrap();
        assert_eq!(month.days(), (date(2028, 2, 1), date(2028, 2, 29)));
        assert_eq!(month.plus(-2), Period::Month(2027, 12));
        assert_eq!(Period::from_code("2026-13"), None);
        assert_eq!(year.leaves_on(), date(2027, 4, 10));
        assert_eq!(Period::Month(2026, 12).leaves_on(), date(2027, 1, 10));
        assert_eq!(Period::from_code(&month.code()), Some(month));
    }
}
