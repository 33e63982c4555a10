//! What was done in an inquiry, step by step.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::coded;
use crate::ids::{RowId, StaffId};

coded! {
    /// What kind of step.
    StepKind {
        /// A contact was called.
        Call "call" "電話",
        /// Something was written down.
        Note "note" "メモ",
        /// It was offered to somebody else.
        HandOver "hand_over" "引き継ぎ",
        /// Somebody took it.
        Take "take" "受け取り",
        /// Mail was put out for a contact.
        Mail "mail" "メール",
        /// What is known of the caller was written down.
        Caller "caller" "相手の記録",
    }
}

coded! {
    /// What came of a call.
    CallOutcome {
        /// 出た
        Spoke "spoke" "出た・話した",
        /// 留守
        NoAnswer "no_answer" "留守・出ない",
        /// 話し中
        Busy "busy" "話し中",
        /// 番号ちがい
        Wrong "wrong" "番号ちがい",
        /// 断られた
        Refused "refused" "断られた",
    }
}

/// Outcomes as buttons: value sent and words shown.
pub const CALL_OUTCOMES: [(&str, &str); 5] = [
    ("spoke", "出た・話した"),
    ("no_answer", "留守・出ない"),
    ("busy", "話し中"),
    ("wrong", "番号ちがい"),
    ("refused", "断られた"),
];

/// The words of a step; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The contact, or whom it was handed to, as they were called then.
    pub name: String,
    /// What was said or written.
    pub words: String,
}

/// One step.
#[derive(Clone)]
pub struct Step {
    /// Its identity; grows with time.
    pub id: RowId,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program.
    pub by: Option<StaffId>,
    /// What.
    pub kind: StepKind,
    /// Which contact, by the place in the calling order from 0.
    pub contact: Option<usize>,
    /// Code of the outcome of a call; empty for any other step.
    pub outcome: String,
    /// The words.
    pub said: Said,
}

impl Step {
    /// A step to be; time and who follow from the deed.
    pub fn new(id: RowId, at: Timestamp, by: Option<StaffId>, kind: StepKind, said: Said) -> Step {
        Step {
            id,
            at,
            by,
            kind,
            contact: None,
            outcome: String::new(),
            said,
        }
    }

    /// 「電話 南野一郎：留守・出ない」.
    pub fn line(&self) -> String {
        let outcome = CallOutcome::from_code(&self.outcome).map_or("", CallOutcome::word);
        let parts = [self.said.name.as_str(), outcome, &self.said.words];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{} {}", self.kind.word(), said.join("："))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_button() {
        let words: Vec<_> = CallOutcome::ALL
            .iter()
            .map(|one| (one.code(), one.word()))
            .collect();
        assert_eq!(words, CALL_OUTCOMES);
    }
}
