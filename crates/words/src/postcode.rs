//! 郵便番号: seven digits, printed `143-0016`.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::digits::{self, UnreadableDigit};
use crate::written::hidden_debug;

/// A postcode; stored and printed as `143-0016`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PostcodeProblem {
    #[error("郵便番号は7けたです（いま{0}けた）。143-0016 のように入れてください。")]
    NotSevenDigits(usize),
    #[error("郵便番号に「{0}」は使えません。143-0016 のように数字で入れてください。")]
    Unreadable(char),
}

impl Postcode {
    /// Reads `〒143-0016`, `1430016`, `１４３－００１６`, with or without 〒.
    ///
    /// # Errors
    /// [`PostcodeProblem`] when there are not seven digits, or other signs.
    pub fn parse(text: &str) -> Result<Self, PostcodeProblem> {
        let bare = text.replace(['〒', '〶'], "");
        let digits =
            digits::fold(&bare).map_err(|UnreadableDigit(c)| PostcodeProblem::Unreadable(c))?;
        let problem = PostcodeProblem::NotSevenDigits(digits.len());
        let seven = Some(digits).filter(|digits| digits.len() == 7);
        seven
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or(problem)
    }

    /// The seven digits without the hyphen.
    pub fn digits(self) -> String {
        format!("{:07}", self.0)
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

hidden_debug!(Postcode);

impl TryFrom<String> for Postcode {
    type Error = PostcodeProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Postcode> for String {
    fn from(postcode: Postcode) -> Self {
        postcode.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_notation_is_the_same_postcode() {
        for text in [
            "143-0016",
            "1430016",
            "〒143-0016",
            "１４３－００１６",
            "〒１４３００１６",
            " 143 0016 ",
        ] {
            assert_eq!(
                Postcode::parse(text).unwrap().to_string(),
                "143-0016",
                "{text}"
            );
        }
    }

    #[test]
    fn leading_zeros_stay() {
        let sapporo = Postcode::parse("0600001").unwrap();
        assert_eq!(
            (sapporo.to_string(), sapporo.digits()),
            ("060-0001".into(), "0600001".into())
        );
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        assert_eq!(
            Postcode::parse("143-001"),
            Err(PostcodeProblem::NotSevenDigits(6))
        );
        assert_eq!(
            Postcode::parse("143-00167"),
            Err(PostcodeProblem::NotSevenDigits(8))
        );
        assert_eq!(Postcode::parse(""), Err(PostcodeProblem::NotSevenDigits(0)));
        assert_eq!(
            Postcode::parse("143-O016"),
            Err(PostcodeProblem::Unreadable('O'))
        );
    }

    #[test]
    fn debug_hides_it() {
        assert!(!format!("{:?}", Postcode::parse("1430016").unwrap()).contains("143"));
    }
}
