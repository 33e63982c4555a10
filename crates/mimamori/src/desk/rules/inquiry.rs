//! One call to the desk, from the number to the end.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::caller::{Caller, CallerKind};
use super::coded;
use super::refusal::Refusal;
use crate::audit::Line;
use crate::clock::in_japan;
use crate::ids::{CenterId, InquiryId, PersonId, StaffId, TagId};
use crate::networks::{Calendar, Opening};
use crate::scope::Role;

coded! {
    /// Where an inquiry stands.
    State {
        /// 対応中
        Open "open" "対応中",
        /// 完了
        Closed "closed" "完了",
    }
}

coded! {
    /// How an inquiry came.
    Came {
        /// 電話や窓口で
        Call "call" "電話・窓口",
        /// QRから
        Qr "qr" "QRから届いた知らせ",
        /// 訓練
        Drill "drill" "【訓練】QRから届いた知らせ",
    }
}

impl Came {
    /// In a drill every line of the audit says so: the person reads it, too.
    pub fn mark(self, line: Line) -> Line {
        match self {
            Came::Drill => {
                let words = format!("【訓練】{}", line.detail);
                line.saying(words)
            }
            Came::Call | Came::Qr => line,
        }
    }
}

/// Who has an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Somebody.
    Staff(StaffId),
    /// Nobody yet: offered to somebody by name.
    OfferedTo(StaffId),
    /// Nobody yet: offered to whoever works there.
    OfferedRole(Role),
    /// Nobody.
    Nobody,
}

/// One call to the desk.
#[derive(Clone)]
pub struct Inquiry {
    /// Its identity.
    pub id: InquiryId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By whom; `None` for the program.
    pub opened_by: Option<StaffId>,
    /// About whom.
    pub person: PersonId,
    /// By which number; `None` where the person was found by name.
    pub tag: Option<TagId>,
    /// The person's own center at that time.
    pub center: Option<CenterId>,
    /// What kind of caller; `None` while it is not known.
    pub kind: Option<CallerKind>,
    /// How it came.
    pub came: Came,
    /// Where it stands.
    pub state: State,
    /// Who has it.
    pub holder: Holder,
    /// Who calls, from where, what happened.
    pub caller: Caller,
    /// Counts the saves of `caller`.
    pub caller_version: i64,
    /// How it ended.
    pub ending: Option<Ending>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
}

/// The most characters of each text.
const MOST_WORDS: usize = 2000;

/// How an inquiry ended; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ending {
    /// Where the person is now.
    pub place: String,
    /// "We don't know where", said outright.
    pub place_unknown: bool,
    /// What was told to whom.
    pub told: String,
    /// What the center should know or do.
    pub wish: String,
}

impl Ending {
    /// Refuses an ending that leaves open where the person is.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.place.trim().is_empty() && !self.place_unknown {
            return Err(Refusal::NoPlace);
        }
        let texts = [&self.place, &self.told, &self.wish];
        if texts.iter().any(|text| text.chars().count() > MOST_WORDS) {
            return Err(Refusal::TooLong);
        }
        Ok(())
    }

    /// The place in words.
    pub fn place_words(&self) -> &str {
        if self.place.trim().is_empty() {
            "わからない"
        } else {
            &self.place
        }
    }
}

impl Inquiry {
    /// Refuses what only an open inquiry allows.
    pub fn must_be_open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Closed => Err(Refusal::IsClosed),
        }
    }

    /// Whether nobody has it.
    pub fn waits_for_somebody(&self) -> bool {
        self.state == State::Open && !matches!(self.holder, Holder::Staff(_))
    }
}

/// The day on which the person's own center follows up: its next working day. At night before it
/// opens that is the same day.
pub fn due(calendar: &Calendar, now: Timestamp) -> Date {
    let here = in_japan(now);
    let minute = i64::from(here.hour()) * 60 + i64::from(here.minute());
    match calendar.on(here.date()) {
        Opening::Open(span) if minute < span.opens => here.date(),
        _ => calendar.next_working_day(here.date()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_ending_says_where_the_person_is_or_that_nobody_knows() {
        let mut ending = Ending {
            place: " ".to_owned(),
            ..Ending::default()
        };
        assert!(matches!(ending.check(), Err(Refusal::NoPlace)));
        ending.place_unknown = true;
        assert!(ending.check().is_ok());
        assert_eq!(ending.place_words(), "わからない");
    }

    #[test]
    fn the_follow_up_is_on_the_next_working_day_or_this_morning() {
        let calendar = Calendar::default();
        let due_at = |text: &str| due(&calendar, text.parse().unwrap());
        assert_eq!(
            due_at("2026-11-20T10:00:00+09:00"),
            date(2026, 11, 24),
            "Friday; Monday is a holiday"
        );
        assert_eq!(
            due_at("2026-11-24T02:00:00+09:00"),
            date(2026, 11, 24),
            "before it opens"
        );
        assert_eq!(due_at("2026-11-24T17:30:00+09:00"), date(2026, 11, 25));
    }
}
