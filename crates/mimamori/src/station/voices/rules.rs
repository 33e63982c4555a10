//! One tap, and when it can be given.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::clock::in_japan;
use crate::ids::RowId;
use crate::people::coded;
use crate::scope::NoRight;
use crate::station::courses::Hours;

/// The longest words, in characters: a few sentences.
pub const MOST_WORDS: usize = 300;

/// Voices of one day of a course: three times the fullest hall.
pub const MOST_OF_A_LESSON: usize = 1_000;

coded! {
    /// How a course was.
    Mark {
        /// Well.
        Good "good" "よかった",
        /// Neither well nor badly.
        Fair "fair" "ふつう",
        /// Not so well.
        Poor "poor" "もうひとつ",
    }
}

/// What somebody said.
#[derive(Clone, PartialEq, Eq)]
pub struct Voice {
    /// Its identity; it says neither when nor by whom.
    pub id: RowId,
    /// Of which day.
    pub lesson: RowId,
    /// How it was.
    pub mark: Mark,
    /// What they wrote; may be empty.
    pub words: String,
    /// Grows with every change.
    pub version: i64,
}

/// Why a voice was not taken, or not taken out.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// The course has not begun, or was over the day before yesterday.
    #[error("voices are not asked for now")]
    NotNow,
    /// As many as there may be.
    #[error("there are as many as there may be")]
    TooMany,
    /// More words than can be kept.
    #[error("the words are too long")]
    TooLong,
    /// There are words already.
    #[error("there are words already")]
    Said,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Whether voices about a day are asked for now: from its beginning to the end of the next day.
pub fn is_open(day: Date, hours: Hours, now: Timestamp) -> bool {
    let now = in_japan(now);
    let minute = i64::from(now.hour()) * 60 + i64::from(now.minute());
    let next = day.saturating_add(1.day());
    (now.date() == day && minute >= i64::from(hours.starts)) || now.date() == next
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn voices_are_asked_for_from_the_beginning_to_the_end_of_the_next_day() {
        let hours = Hours {
            starts: 600,
            ends: 660,
        };
        let open = |at: &str| is_open(date(2026, 12, 4), hours, at.parse().unwrap());
        assert!(!open("2026-12-04T09:59:00+09:00"));
        assert!(open("2026-12-04T10:00:00+09:00"));
        assert!(open("2026-12-05T23:59:59+09:00"));
        assert!(!open("2026-12-06T00:00:00+09:00"));
    }
}
