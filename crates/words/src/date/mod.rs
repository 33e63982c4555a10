//! Dates as Japanese paper writes them: in eras, in any width, partly unknown.
//!
//! - [`PartialDate`]: a birth date of which month or day may be unknown.
//! - [`parse_full`]: any other date, where nothing may be missing.
//! - [`ago_words`]: how long ago something was confirmed.
//!
//! Only Gregorian days are known: Japan changed on 1873-01-01 (明治6年).

mod era;
mod problem;
mod read;
mod said;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use problem::DateProblem;
pub use said::{Age, ago_words};

use crate::written::hidden_debug;

/// A date whose day, or month and day, may be unknown, or which is only about
/// right (頃). Always a possible one. Stored as [`iso`](Self::iso) gives it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    about: bool,
}

impl PartialDate {
    /// Reads any era notation (`S19.2.29`, `昭20/10/16`, `昭和九年三月七日`,
    /// `㍼9年3月7日`), western dates (`1959/10/25`, `19350904`), `不詳` or `00`
    /// for an unknown month or day, and `頃` after a date that is a guess.
    ///
    /// # Errors
    /// [`DateProblem`]; it says which part is impossible.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        read::read(text)
    }

    pub fn year(&self) -> i16 {
        self.year
    }

    pub fn month(&self) -> Option<i8> {
        self.month
    }

    pub fn day(&self) -> Option<i8> {
        self.day
    }

    /// Whether it was written with 頃 (about).
    pub fn is_about(&self) -> bool {
        self.about
    }

    /// The day, when all of it is known.
    pub fn full(&self) -> Option<Date> {
        let (month, day) = (self.month?, self.day?);
        Date::new(self.year, month, day)
            .ok()
            .filter(|_| !self.about)
    }

    /// `1938-03-07`, `1938-03` or `1938`; with 頃 a `~` follows, as in EDTF
    /// (ISO 8601-2).
    pub fn iso(&self) -> String {
        let mut text = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text + if self.about { "~" } else { "" }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
            about: false,
        }
    }
}

/// Reads a date of which every part must be known.
///
/// # Errors
/// [`DateProblem`], `Incomplete` when month or day is missing.
pub fn parse_full(text: &str) -> Result<Date, DateProblem> {
    PartialDate::parse(text)?
        .full()
        .ok_or(DateProblem::Incomplete)
}

hidden_debug!(PartialDate);

impl TryFrom<String> for PartialDate {
    type Error = DateProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.iso()
    }
}

#[cfg(test)]
mod tests;
