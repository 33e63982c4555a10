//! What is said on the board, by any side.

use serde::{Deserialize, Serialize};

use super::position::Position;
use super::refusal::Refusal;
use crate::desk::coded;
use crate::people::without_numbers;

coded! {
    /// What a contact answers with one press.
    Reply {
        /// すぐ行きます
        Coming "coming" "すぐ行きます",
        /// 電話してください
        Call "call" "電話してください",
    }
}

/// The most characters of each text.
const MOST_WORDS: usize = 500;
/// A telephone number with what people write around it.
const MOST_PHONE: usize = 40;

/// What was said; sealed. Not every side says everything.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Where the finder is.
    pub place: String,
    /// How the person is; or what a contact or the desk answers.
    pub words: String,
    /// The number on which the finder may be called; for the desk only.
    pub phone: String,
    /// Where the finder's telephone is.
    pub position: Option<Position>,
    /// Code of a [`Reply`].
    pub reply: String,
}

impl Said {
    /// Trimmed, and refused where it says nothing or too much.
    pub fn checked(self) -> Result<Said, Refusal> {
        let trimmed = |text: String| text.trim().to_owned();
        let said = Said {
            place: trimmed(self.place),
            words: trimmed(self.words),
            phone: trimmed(self.phone),
            ..self
        };
        let long = |text: &str, most: usize| text.chars().count() > most;
        if long(&said.place, MOST_WORDS)
            || long(&said.words, MOST_WORDS)
            || long(&said.phone, MOST_PHONE)
        {
            return Err(Refusal::TooLong);
        }
        let silent = said.place.is_empty() && said.words.is_empty() && said.reply().is_none();
        if silent && said.position.is_none() {
            return Err(Refusal::Nothing);
        }
        Ok(said)
    }

    /// What was pressed.
    pub fn reply(&self) -> Option<Reply> {
        Reply::from_code(&self.reply)
    }

    /// The same for the other side, which shall not learn a number or an address to write to.
    pub fn veiled(&self) -> Said {
        Said {
            place: without_numbers(&self.place),
            words: without_numbers(&self.words),
            phone: String::new(),
            position: self.position,
            reply: self.reply.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn something_has_to_be_said() {
        let blank = Said {
            place: " ".to_owned(),
            phone: "090-0111-2222".to_owned(),
            ..Said::default()
        };
        assert!(matches!(blank.checked(), Err(Refusal::Nothing)));
        let here = Said {
            position: Position::read("35,139"),
            ..Said::default()
        };
        assert!(here.checked().is_ok());
        let long = Said {
            words: "あ".repeat(501),
            ..Said::default()
        };
        assert!(matches!(long.checked(), Err(Refusal::TooLong)));
    }

    #[test]
    fn the_other_side_learns_no_number() {
        let said = Said {
            words: "09001112222にかけて".to_owned(),
            phone: "090-0111-2222".to_owned(),
            ..Said::default()
        };
        let veiled = said.veiled();
        assert!(!format!("{}{}", veiled.words, veiled.phone).contains("0111"));
    }
}
