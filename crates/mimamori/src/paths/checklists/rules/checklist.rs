//! A questionnaire, its questions, and one that is answered about somebody.

use jiff::Timestamp;
use jiff::civil::Date;

use super::answers::Answers;
use super::kihon::KIHON;
use super::kouki::KOUKI;
use crate::ids::{PersonId, RowId, StaffId};
use crate::paths::rules::Refusal;
use crate::people::coded;

/// So long a tablet may answer: a slow walk through 25 questions takes half an hour.
pub const LINK_MINUTES: i64 = 60;

coded! {
    /// Which questionnaire.
    Sheet {
        /// 25 questions
        Kihon "kihon" "基本チェックリスト",
        /// 15 questions
        Kouki "kouki" "後期高齢者の質問票",
    }
}

coded! {
    /// Who writes the answers down.
    Way {
        /// The person, alone.
        Tablet "tablet" "ご本人がタブレットで回答",
        /// Somebody of the center, while they talk.
        Told "told" "職員が聞き取り",
        /// From a sheet that was filled in elsewhere.
        Paper "paper" "紙から入力",
    }
}

coded! {
    /// Where it stands.
    State {
        /// Not sent yet.
        Begun "begun" "途中",
        /// Answered.
        Done "done" "回答ずみ",
        /// A slip: about somebody else, or twice.
        Void "void" "取り消し",
    }
}

/// One answer to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// As printed.
    pub word: &'static str,
    /// How much it weighs: 0 is no cause for worry.
    pub weight: u8,
}

impl Choice {
    /// A choice.
    pub const fn new(word: &'static str, weight: u8) -> Choice {
        Choice { word, weight }
    }
}

/// One question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// As printed on the form, from 1.
    pub number: u8,
    /// As printed on the form.
    pub text: &'static str,
    /// What may be answered; none where it is measured.
    pub choices: &'static [Choice],
}

impl Question {
    pub(super) const fn new(
        number: u8,
        text: &'static str,
        choices: &'static [Choice],
    ) -> Question {
        Question {
            number,
            text,
            choices,
        }
    }

    /// Whether it follows from height and weight instead of an answer.
    pub const fn is_measured(&self) -> bool {
        self.choices.is_empty()
    }
}

impl Sheet {
    /// Its questions, in order; number `n` stands at `n - 1`.
    pub const fn questions(self) -> &'static [Question] {
        match self {
            Sheet::Kihon => &KIHON,
            Sheet::Kouki => &KOUKI,
        }
    }

    /// The question with a number.
    pub fn question(self, number: u8) -> Option<&'static Question> {
        let at = usize::from(number).checked_sub(1)?;
        self.questions().get(at)
    }
}

/// One questionnaire about one person.
#[derive(Clone)]
pub struct Checklist {
    /// Its identity.
    pub id: RowId,
    /// About whom.
    pub person: PersonId,
    /// Which.
    pub sheet: Sheet,
    /// Who writes the answers down.
    pub way: Way,
    /// Where it stands.
    pub state: State,
    /// The day of the answers.
    pub on: Date,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// By whom.
    pub begun_by: StaffId,
    /// What was answered.
    pub answers: Answers,
    /// Until when a tablet may answer; nothing where none may.
    pub link_until: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
}

impl Checklist {
    /// Refuses unless a tablet may answer now.
    pub fn may_answer(&self, now: Timestamp) -> Result<(), Refusal> {
        let open = self.state == State::Begun && self.link_until.is_some_and(|until| now < until);
        if open {
            Ok(())
        } else {
            Err(Refusal::LinkIsOver)
        }
    }

    /// Refuses where it was taken back, or changed since it was shown.
    pub fn may_change(&self, version: i64) -> Result<(), Refusal> {
        match (self.version == version, self.state) {
            (false, _) => Err(Refusal::Changed),
            (true, State::Void) => Err(Refusal::IsVoid),
            (true, _) => Ok(()),
        }
    }

    /// How many of its questions are answered.
    pub fn answered(&self) -> usize {
        self.sheet
            .questions()
            .iter()
            .filter(|question| self.answers.weight(self.sheet, question.number).is_some())
            .count()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn questions_are_numbered_as_printed() {
        for sheet in Sheet::ALL {
            for (at, question) in sheet.questions().iter().enumerate() {
                assert_eq!(usize::from(question.number), at + 1);
                assert_eq!(sheet.question(question.number), Some(question));
            }
            assert_eq!(sheet.question(0), None);
        }
        assert_eq!(Sheet::Kihon.questions().len(), 25);
        assert_eq!(Sheet::Kouki.questions().len(), 15);
    }
}
