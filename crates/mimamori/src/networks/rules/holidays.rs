//! 国民の祝日 (and the days the law adds between and after them).

use jiff::civil::Date;
use jpholiday::chrono::NaiveDate;
use jpholiday::jpholiday::JPHoliday;

/// The name of the public holiday on this day, if it is one.
pub fn holiday_name(day: Date) -> Option<String> {
    // The crate's register can't be shared between threads, so each thread has its own.
    thread_local!(static HOLIDAYS: JPHoliday<'static> = JPHoliday::new());
    let (year, month, date) = (day.year(), day.month(), day.day());
    let same = NaiveDate::from_ymd_opt(
        year.into(),
        month.unsigned_abs().into(),
        date.unsigned_abs().into(),
    )?;
    HOLIDAYS.with(|holidays| holidays.is_holiday_name(&same))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    /// 内閣府「国民の祝日」について: 2024 to 2027 (2027 as announced in February 2026).
    const CABINET_OFFICE: &[(i16, &[(i8, i8)])] = &[
        (
            2024,
            &[
                (1, 1),
                (1, 8),
                (2, 11),
                (2, 12),
                (2, 23),
                (3, 20),
                (4, 29),
                (5, 3),
                (5, 4),
                (5, 5),
                (5, 6),
                (7, 15),
                (8, 11),
                (8, 12),
                (9, 16),
                (9, 22),
                (9, 23),
                (10, 14),
                (11, 3),
                (11, 4),
                (11, 23),
            ],
        ),
        (
            2025,
            &[
                (1, 1),
                (1, 13),
                (2, 11),
                (2, 23),
                (2, 24),
                (3, 20),
                (4, 29),
                (5, 3),
                (5, 4),
                (5, 5),
                (5, 6),
                (7, 21),
                (8, 11),
                (9, 15),
                (9, 23),
                (10, 13),
                (11, 3),
                (11, 23),
                (11, 24),
            ],
        ),
        (
            2026,
            &[
                (1, 1),
                (1, 12),
                (2, 11),
                (2, 23),
                (3, 20),
                (4, 29),
                (5, 3),
                (5, 4),
                (5, 5),
                (5, 6),
                (7, 20),
                (8, 11),
                (9, 21),
                (9, 22),
                (9, 23),
                (10, 12),
                (11, 3),
                (11, 23),
            ],
        ),
        (
            2027,
            &[
                (1, 1),
                (1, 11),
                (2, 11),
                (2, 23),
                (3, 21),
                (3, 22),
                (4, 29),
                (5, 3),
                (5, 4),
                (5, 5),
                (7, 19),
                (8, 11),
                (9, 20),
                (9, 23),
                (10, 11),
                (11, 3),
                (11, 23),
            ],
        ),
    ];

    #[test]
    fn holidays_are_those_of_the_cabinet_office() {
        for (year, expected) in CABINET_OFFICE {
            let days = date(*year, 1, 1)
                .series(1.day())
                .take_while(|day| day.year() == *year);
            let found: Vec<(i8, i8)> = days
                .filter(|day| holiday_name(*day).is_some())
                .map(|day| (day.month(), day.day()))
                .collect();
            assert_eq!(found, *expected, "{year}");
        }
    }

    #[test]
    fn a_holiday_has_its_name() {
        assert_eq!(
            holiday_name(date(2026, 11, 23)).as_deref(),
            Some("勤労感謝の日")
        );
        assert_eq!(holiday_name(date(2026, 11, 24)), None);
    }
}
