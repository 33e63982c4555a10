//! 氏名: family and given name, exactly as written.
//!
//! 異体字, characters outside the BMP and variation selectors are kept. What
//! another machine would show as another glyph (外字) is refused and named.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::written::{self, BadCharacter, hidden_debug};

/// The longest part of a name, in characters. The resident register allows a
/// whole name of 100; half of it leaves room for any family name there is.
pub const LONGEST_PART: usize = 50;

/// A name in two parts. `Display` gives `族 名` with one ASCII space.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct PersonName {
    family: String,
    given: String,
}

/// A name written without a space; where to split it needs more than itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnsplitName(String);

/// What a name field of a roster holds.
#[derive(Clone, PartialEq, Eq)]
pub enum WrittenName {
    Split(PersonName),
    Unsplit(UnsplitName),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameProblem {
    #[error("氏名がありません。氏名を入れてください。")]
    Empty,
    #[error("名がありません。姓と名を分けて入れてください。")]
    NoGiven,
    #[error("姓がありません。姓と名を分けて入れてください。")]
    NoFamily,
    #[error("氏名が長すぎます。姓も名も、それぞれ{LONGEST_PART}字までです。")]
    TooLong,
    #[error(transparent)]
    Character(#[from] BadCharacter),
}

impl WrittenName {
    /// Splits at the first ASCII or ideographic space; later spaces stay in
    /// the given name.
    ///
    /// # Errors
    /// [`NameProblem`] when there is no name, or it can't be kept as written.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let text = written::trim(text);
        match text.split_once(char::is_whitespace) {
            Some((family, given)) => PersonName::new(family, given).map(Self::Split),
            None => {
                check_part(text, NameProblem::Empty).map(|whole| Self::Unsplit(UnsplitName(whole)))
            }
        }
    }
}

impl PersonName {
    /// # Errors
    /// [`NameProblem`] when a part is missing, too long or can't be kept.
    pub fn new(family: &str, given: &str) -> Result<Self, NameProblem> {
        if written::trim(family).is_empty() && written::trim(given).is_empty() {
            return Err(NameProblem::Empty);
        }
        Ok(Self {
            family: check_part(family, NameProblem::NoFamily)?,
            given: check_part(given, NameProblem::NoGiven)?,
        })
    }

    pub fn family(&self) -> &str {
        &self.family
    }

    pub fn given(&self) -> &str {
        &self.given
    }
}

impl UnsplitName {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Splits after `family` when the name begins with it and goes on.
    pub fn split_after(&self, family: &str) -> Option<PersonName> {
        let given = self.0.strip_prefix(family)?;
        // A variation selector belongs to the character before it.
        let torn =
            given.starts_with(|c| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'));
        (!torn)
            .then(|| PersonName::new(family, given).ok())
            .flatten()
    }
}

fn check_part(text: &str, missing: NameProblem) -> Result<String, NameProblem> {
    let text = written::trim(text);
    written::check(text)?;
    match text.chars().count() {
        0 => Err(missing),
        1..=LONGEST_PART => Ok(text.to_owned()),
        _ => Err(NameProblem::TooLong),
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.family, self.given)
    }
}

hidden_debug!(PersonName, UnsplitName, WrittenName);

#[derive(Deserialize)]
struct Parts {
    family: String,
    given: String,
}

impl TryFrom<Parts> for PersonName {
    type Error = NameProblem;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::new(&parts.family, &parts.given)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn split(text: &str) -> (String, String) {
        match WrittenName::parse(text).unwrap() {
            WrittenName::Split(name) => (name.family().into(), name.given().into()),
            WrittenName::Unsplit(name) => (name.as_str().into(), String::new()),
        }
    }

    fn unsplit(text: &str) -> UnsplitName {
        match WrittenName::parse(text).unwrap() {
            WrittenName::Unsplit(name) => name,
            WrittenName::Split(_) => panic!("has a space"),
        }
    }

    #[test]
    fn splits_at_either_space_and_keeps_the_rest() {
        assert_eq!(split("八本　洋子"), ("八本".into(), "洋子".into()));
        assert_eq!(split(" 下濱 春子　"), ("下濱".into(), "春子".into()));
        assert_eq!(
            split("𠮷野　葛\u{e0100}"),
            ("𠮷野".into(), "葛\u{e0100}".into())
        );
        assert_eq!(
            split("スミス　ジョン　B"),
            ("スミス".into(), "ジョン　B".into())
        );
        assert_eq!(split("山本洋子"), ("山本洋子".into(), String::new()));
    }

    #[test]
    fn an_unsplit_name_splits_after_a_known_family() {
        let name = unsplit("山本洋子").split_after("山本").unwrap();
        assert_eq!(name.to_string(), "山本 洋子");
        assert!(unsplit("山本洋子").split_after("本").is_none());
        assert!(unsplit("山本").split_after("山本").is_none());
        assert!(unsplit("葛\u{e0100}西").split_after("葛").is_none());
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        let problem = |text: &str| WrittenName::parse(text).err();
        assert_eq!(problem("　"), Some(NameProblem::Empty));
        assert_eq!(
            problem("山\u{e001} 洋子"),
            Some(BadCharacter::PrivateUse('\u{e001}').into())
        );
        assert_eq!(
            problem("山本\u{7}洋子"),
            Some(BadCharacter::Control('\u{7}').into())
        );
        assert_eq!(problem(&"あ".repeat(51)), Some(NameProblem::TooLong));
        assert_eq!(
            PersonName::new("山本", " ").err(),
            Some(NameProblem::NoGiven)
        );
        assert_eq!(
            PersonName::new("", "洋子").err(),
            Some(NameProblem::NoFamily)
        );
    }

    #[test]
    fn debug_hides_the_name() {
        assert_eq!(
            format!("{:?}", PersonName::new("山本", "洋子").unwrap()),
            "PersonName(…)"
        );
    }
}
