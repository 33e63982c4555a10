//! A year's figures: the fiscal year of Japanese towns, April to March.

use jiff::civil::Date;

use super::{Cohort, Figures, Month, Tally};
use crate::ids::CenterId;

/// A fiscal year (年度), named for the year of its April.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear(pub i16);

impl FiscalYear {
    /// The one that a day lies in.
    pub fn of(day: Date) -> FiscalYear {
        let before_april = i16::from(day.month() < 4);
        FiscalYear(day.year() - before_april)
    }

    /// Its months, April first.
    pub fn months(self) -> [Month; 12] {
        let april = Month {
            year: self.0,
            month: 4,
        };
        std::array::from_fn(|at| april.plus(i32::try_from(at).unwrap_or(0)))
    }
}

/// Whose figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Among {
    /// One center's, or everybody's.
    pub center: Option<CenterId>,
    /// Only people living alone.
    pub alone: bool,
    /// Only people of 75 or older.
    pub over75: bool,
}

impl Among {
    fn holds(&self, center: i64, cohort: Cohort) -> bool {
        self.center.is_none_or(|wanted| wanted.0 == center)
            && (!self.alone || cohort.alone())
            && (!self.over75 || cohort.over75())
    }
}

/// The figures of a month, or of all months with `None`.
pub fn figures(sums: &[(Month, Tally)], month: Option<Month>, among: Among) -> Figures {
    let mut figures = Figures::default();
    let those = sums.iter().filter(|(of, tally)| {
        month.is_none_or(|month| month == *of) && among.holds(tally.center, tally.cohort)
    });
    for (_, tally) in those {
        figures.add(tally.what, tally.count);
    }
    figures
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::renewals::rules::What;

    #[test]
    fn march_belongs_to_the_year_before() {
        assert_eq!(FiscalYear::of(date(2027, 3, 31)), FiscalYear(2026));
        assert_eq!(FiscalYear::of(date(2027, 4, 1)), FiscalYear(2027));
        let months = FiscalYear(2026).months().map(Month::code);
        assert_eq!((&*months[0], &*months[11]), ("2026-04", "2027-03"));
    }

    #[test]
    fn figures_are_of_whom_was_asked_for() {
        let month = FiscalYear(2026).months()[0];
        let tally = |center, cohort, count| {
            let what = What::Due;
            let cohort = Cohort(cohort);
            (
                month,
                Tally {
                    center,
                    cohort,
                    what,
                    count,
                },
            )
        };
        let sums = [tally(1, 0, 5), tally(1, 3, 2), tally(2, 1, 7)];
        let due = |among| figures(&sums, Some(month), among).get(What::Due);
        assert_eq!(due(Among::default()), 14);
        let center = Some(CenterId(1));
        assert_eq!(
            due(Among {
                center,
                ..Among::default()
            }),
            7
        );
        assert_eq!(
            due(Among {
                alone: true,
                ..Among::default()
            }),
            9
        );
        assert_eq!(
            due(Among {
                center,
                over75: true,
                ..Among::default()
            }),
            2
        );
        let later = figures(&sums, Some(month.plus(1)), Among::default());
        assert_eq!(later.get(What::Due), 0);
    }
}
