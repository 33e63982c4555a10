//! The five eras since Japan has the Gregorian calendar.
//!
//! Source: the 改元 edicts and ordinances of 1912-07-30, 1926-12-25,
//! 1989-01-08 and 2019-05-01. The first two took effect on the day they were
//! issued, so that day is on paper in both eras (大正15.12.25 = 昭和1.12.25).

use jiff::civil::{Date, date};

use super::DateProblem;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Era {
    pub name: &'static str,
    /// How it is written before a year, longest first.
    pub marks: [&'static str; 3],
    /// The western year of its first year.
    first_year: i16,
    first: Date,
    last: Date,
    first_words: &'static str,
    last_words: &'static str,
}

pub(super) const LAST_YEAR: i16 = 2100;
pub(super) const FIRST_YEAR: i16 = 1873;

pub(super) static ERAS: [Era; 5] = [
    Era {
        name: "明治",
        marks: ["明治", "明", "M"],
        first_year: 1868,
        first: date(1873, 1, 1),
        last: date(1912, 7, 30),
        first_words: "明治6年（1873年）",
        last_words: "45年（1912年）7月30日",
    },
    Era {
        name: "大正",
        marks: ["大正", "大", "T"],
        first_year: 1912,
        first: date(1912, 7, 30),
        last: date(1926, 12, 25),
        first_words: "1912年7月30日",
        last_words: "15年（1926年）12月25日",
    },
    Era {
        name: "昭和",
        marks: ["昭和", "昭", "S"],
        first_year: 1926,
        first: date(1926, 12, 25),
        last: date(1989, 1, 7),
        first_words: "1926年12月25日",
        last_words: "64年（1989年）1月7日",
    },
    Era {
        name: "平成",
        marks: ["平成", "平", "H"],
        first_year: 1989,
        first: date(1989, 1, 8),
        last: date(2019, 4, 30),
        first_words: "1989年1月8日",
        last_words: "31年（2019年）4月30日",
    },
    Era {
        name: "令和",
        marks: ["令和", "令", "R"],
        first_year: 2019,
        first: date(2019, 5, 1),
        last: date(LAST_YEAR, 12, 31),
        first_words: "2019年5月1日",
        last_words: "2100年",
    },
];

impl Era {
    /// The western year of its `year`-th year, if the era had one.
    pub fn western(&self, year: u32) -> Result<i16, DateProblem> {
        if year == 0 {
            return Err(DateProblem::YearZero { era: self.name });
        }
        let western = i16::try_from(year)
            .ok()
            .and_then(|year| (self.first_year - 1).checked_add(year));
        match western {
            Some(western) if western < self.first.year() => Err(self.before()),
            Some(western) if western <= self.last.year() => Ok(western),
            _ => Err(self.after()),
        }
    }

    /// Whether any day from `from` to `to` was in this era.
    pub fn admits(&self, from: Date, to: Date) -> Result<(), DateProblem> {
        match () {
            () if to < self.first => Err(self.before()),
            () if from > self.last => Err(self.after()),
            () => Ok(()),
        }
    }

    /// `昭和13年`, `令和元年`.
    pub fn year_words(&self, western: i16) -> String {
        match western - self.first_year + 1 {
            1 => format!("{}元年", self.name),
            year => format!("{}{year}年", self.name),
        }
    }

    fn before(&self) -> DateProblem {
        DateProblem::BeforeEra {
            era: self.name,
            first: self.first_words,
        }
    }

    fn after(&self) -> DateProblem {
        DateProblem::AfterEra {
            era: self.name,
            last: self.last_words,
        }
    }
}

/// The eras that hold a day from `from` to `to`, in order. A changeover day
/// alone belongs to the new era, as the calendar in use today has it.
pub(super) fn eras_between(from: Date, to: Date) -> Vec<&'static Era> {
    let mut eras: Vec<_> = ERAS
        .iter()
        .filter(|era| era.admits(from, to).is_ok())
        .collect();
    if from == to && eras.len() > 1 {
        eras.remove(0);
    }
    eras
}
