//! An observation: signs and a sentence about somebody, on a day.

use std::collections::HashSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::ids::{NoticeId, PersonId, RowId, StaffId, SupporterId};
use crate::notices::OBSERVED;
use crate::people::{coded, paragraph, redacted};

/// The longest sentence.
pub const MOST_WORDS: usize = 400;

/// What lies longer ago nobody remembers so that it could be counted: days.
const MOST_DAYS_AGO: i64 = 60;

/// About whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Somebody of the register.
    Person(PersonId),
    /// A supporter, registered or not.
    Supporter(SupporterId),
}

coded! {
    /// Where an observation stands.
    State {
        /// It counts.
        Stands "stands" "記録",
        /// A slip: it stays readable, and counts nowhere.
        TakenBack "taken_back" "取り消し",
    }
}

/// What was observed; sealed.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// Codes of signs, in the order of the form.
    pub signs: Vec<String>,
    /// The sentence.
    pub words: String,
    /// What the course was called at which it was seen; empty where it was at none.
    pub course: String,
    /// Why it was taken back.
    pub taken_back: String,
}

redacted!(Words);

/// An observation to be.
#[derive(Clone)]
pub struct New {
    /// About whom.
    pub about: About,
    /// When.
    pub day: Date,
    /// At which day of a course.
    pub lesson: Option<RowId>,
    /// Codes of signs.
    pub signs: Vec<String>,
    /// The sentence.
    pub words: String,
}

impl New {
    /// In its limits, and saying something.
    pub fn checked(mut self, today: Date) -> Result<New, Refusal> {
        if self.day > today || self.day < today.saturating_sub(MOST_DAYS_AGO.days()) {
            return Err(Refusal::NotThen);
        }
        let told: HashSet<String> = self.signs.drain(..).collect();
        let known = OBSERVED.iter().filter(|code| told.contains(**code));
        self.signs = known.map(|code| (*code).to_owned()).collect();
        self.words =
            paragraph(&self.words, MOST_WORDS).map_err(|bad| Refusal::Text("words", bad))?;
        match self.signs.is_empty() && self.words.is_empty() {
            true => Err(Refusal::Nothing),
            false => Ok(self),
        }
    }
}

/// An observation.
#[derive(Clone)]
pub struct Observation {
    /// Its identity.
    pub id: RowId,
    /// About whom.
    pub about: About,
    /// Whom of the register it is about, as far as is known now.
    pub person: Option<PersonId>,
    /// When.
    pub day: Date,
    /// At which day of a course.
    pub lesson: Option<RowId>,
    /// Who observed it.
    pub by: StaffId,
    /// Where it stands.
    pub state: State,
    /// The notice that was made of it.
    pub notice: Option<NoticeId>,
    /// What was observed.
    pub words: Words,
    /// Grows with every change.
    pub version: i64,
}

impl Observation {
    /// Whether somebody should look into it at once.
    pub fn is_urgent(&self) -> bool {
        let told = self.words.signs.iter().any(|code| code == "bruises");
        told && self.state == State::Stands && self.notice.is_none()
    }

    fn may_change(&self, version: i64) -> Result<(), Refusal> {
        match (self.version == version, self.state) {
            (false, _) => Err(Refusal::Changed),
            (true, State::TakenBack) => Err(Refusal::TakenBack),
            (true, State::Stands) => Ok(()),
        }
    }

    /// It was a slip: whoever wrote it takes it back, or the head of a center.
    pub fn take_back(
        &mut self,
        version: i64,
        (by, leads): (StaffId, bool),
        reason: &str,
    ) -> Result<(), Refusal> {
        self.may_change(version)?;
        if by != self.by && !leads {
            return Err(Refusal::NotOwn);
        }
        let reason = paragraph(reason, MOST_WORDS).map_err(|bad| Refusal::Text("reason", bad))?;
        if reason.is_empty() {
            return Err(Refusal::NoReason);
        }
        self.state = State::TakenBack;
        self.words.taken_back = reason;
        Ok(())
    }

    /// Somebody is to look into it: it may become a notice.
    pub fn may_be_notice(&self, version: i64) -> Result<(), Refusal> {
        self.may_change(version)?;
        match self.notice {
            Some(_) => Err(Refusal::IsNotice),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 20);

    fn new(signs: &[&str], words: &str, day: Date) -> New {
        New {
            about: About::Person(PersonId(1)),
            day,
            lesson: None,
            signs: signs.iter().map(|code| (*code).to_owned()).collect(),
            words: words.to_owned(),
        }
    }

    fn observation() -> Observation {
        Observation {
            id: RowId(1),
            about: About::Person(PersonId(1)),
            person: Some(PersonId(1)),
            day: TODAY,
            lesson: None,
            by: StaffId(7),
            state: State::Stands,
            notice: None,
            words: Words::default(),
            version: 1,
        }
    }

    #[test]
    fn a_sign_or_a_word_is_enough_and_nothing_is_not() {
        let signs = new(&["mood", "nothing-such", "walking", "mood"], "", TODAY);
        let checked = signs.checked(TODAY).unwrap();
        assert_eq!(checked.signs, ["walking", "mood"], "in the form's order");
        assert!(
            new(&[], "手すりにつかまって歩いた", TODAY)
                .checked(TODAY)
                .is_ok()
        );
        let empty = new(&["nothing-such"], "  ", TODAY).checked(TODAY);
        assert!(matches!(empty, Err(Refusal::Nothing)));
        let long = new(&[], &"あ".repeat(MOST_WORDS + 1), TODAY).checked(TODAY);
        assert!(matches!(long, Err(Refusal::Text("words", _))));
    }

    #[test]
    fn only_what_was_lately() {
        for (day, may) in [
            (date(2026, 11, 21), false),
            (date(2026, 9, 21), true),
            (date(2026, 9, 20), false),
        ] {
            let checked = new(&["mood"], "", day).checked(TODAY);
            assert_eq!(checked.is_ok(), may, "{day}");
        }
    }

    #[test]
    fn who_wrote_it_or_a_head_takes_it_back_once_with_a_reason() {
        let mut one = observation();
        let colleague = one.take_back(1, (StaffId(8), false), "別の方");
        assert!(matches!(colleague, Err(Refusal::NotOwn)));
        let silent = one.take_back(1, (StaffId(7), false), " ");
        assert!(matches!(silent, Err(Refusal::NoReason)));
        let old = one.take_back(2, (StaffId(7), false), "別の方");
        assert!(matches!(old, Err(Refusal::Changed)));
        one.take_back(1, (StaffId(8), true), "別の方").unwrap();
        let again = one.take_back(1, (StaffId(7), false), "別の方");
        assert!(matches!(again, Err(Refusal::TakenBack)));
        assert!(matches!(one.may_be_notice(1), Err(Refusal::TakenBack)));
    }

    #[test]
    fn bruises_are_looked_into_at_once_and_become_one_notice() {
        let mut one = observation();
        assert!(!one.is_urgent());
        one.words.signs = vec!["mood".to_owned(), "bruises".to_owned()];
        assert!(one.is_urgent() && one.may_be_notice(1).is_ok());
        one.notice = Some(NoticeId(3));
        assert!(!one.is_urgent());
        assert!(matches!(one.may_be_notice(1), Err(Refusal::IsNotice)));
    }
}
