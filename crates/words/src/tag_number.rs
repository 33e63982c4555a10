//! The number on a key holder: nine random digits and two check digits.
//!
//! The check digits follow ISO/IEC 7064 MOD 97-10: the eleven digits, read as
//! one number, leave 1 when divided by 97. 97 is prime and divides neither a
//! power of ten, nor a difference of two digits, nor nine times one. So a
//! wrong digit (an error of `d·10ⁿ`) and a swap of two neighbours (an error of
//! `9·d·10ⁿ`) never pass; the tests walk through all of them.
//!
//! A number identifies a person: neither the type nor its problems print it
//! through `Debug`, and no `Display` of a problem repeats it.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::digits::{self, UnreadableDigit};
use crate::written::hidden_debug;

/// How many digits stand on a tag.
pub const LENGTH: usize = 11;

/// A number whose check digits are right. Prints as `123-4567-8901`; stored
/// as its eleven digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TagNumber(u64);

/// Why what was typed is no tag number. `typed` is what could be read of it,
/// in ASCII digits, so that the desk can read it back with [`grouped`].
#[derive(Clone, PartialEq, Eq, Error)]
pub enum TagNumberProblem {
    #[error("番号が短いです（{}けた）。11けたの数字を、もう一度はじめから聞いてください。", typed.len())]
    TooShort { typed: String },
    #[error("番号が長いです（{}けた）。11けたの数字を、もう一度はじめから聞いてください。", typed.len())]
    TooLong { typed: String },
    #[error(
        "番号の最初が0になっています。0で始まる番号はありません。最初の数字をもう一度聞いてください。"
    )]
    LeadingZero { typed: String },
    #[error(
        "数字のどこかに聞きちがいか打ちまちがいがあります。入れた番号を読み上げて、確かめてください。"
    )]
    Misread { typed: String },
    #[error("「{character}」は数字として読めません。数字だけを入れてください。")]
    Unreadable { character: char, typed: String },
}

impl TagNumber {
    /// Adds the check digits to nine random digits; `None` unless `body` has
    /// nine digits and the first is not 0.
    pub fn from_body(body: u32) -> Option<Self> {
        let nine_digits = 100_000_000..1_000_000_000;
        nine_digits
            .contains(&body)
            .then(|| Self(u64::from(body) * 100 + check(u64::from(body))))
    }

    /// Reads a number in any notation that [`digits::fold`] knows.
    ///
    /// # Errors
    /// [`TagNumberProblem`], in words for the desk.
    pub fn parse(text: &str) -> Result<Self, TagNumberProblem> {
        let typed = digits::fold(text).map_err(|UnreadableDigit(character)| {
            let typed = text
                .chars()
                .filter_map(|c| digits::fold(c.encode_utf8(&mut [0; 4])).ok());
            TagNumberProblem::Unreadable {
                character,
                typed: typed.collect(),
            }
        })?;
        match typed.len() {
            0..LENGTH => Err(TagNumberProblem::TooShort { typed }),
            LENGTH => Self::of_eleven(typed),
            _ => Err(TagNumberProblem::TooLong { typed }),
        }
    }

    fn of_eleven(typed: String) -> Result<Self, TagNumberProblem> {
        if typed.starts_with('0') {
            return Err(TagNumberProblem::LeadingZero { typed });
        }
        let body = typed[..9].parse().ok().and_then(Self::from_body);
        // Comparing with the one number this body may have also refuses 00, 01
        // and 99, which leave the same remainder as 97, 98 and 02.
        body.filter(|number| number.digits() == typed)
            .ok_or(TagNumberProblem::Misread { typed })
    }

    /// The eleven digits without hyphens.
    pub fn digits(self) -> String {
        self.0.to_string()
    }

    /// How the desk reads the number aloud: `いち に さん、よん ご ろく なな、…`.
    ///
    /// しち, し and く are never said: しち is heard as いち, し as しち, く as
    /// ろく. Radio practice (無線局運用規則 別表第五号, 通話表) says なな, よん
    /// and きゅう for the same reason. Its ひと for 1 and まる for 0 are
    /// understood by [`parse`](Self::parse) but not said, since passers-by take
    /// them for words; an いち heard as はち is one wrong digit, which the check
    /// digits always catch.
    pub fn spoken(self) -> String {
        spoken(&grouped(&self.digits()))
    }
}

impl TagNumberProblem {
    /// What could be read, in ASCII digits.
    pub fn typed(&self) -> &str {
        match self {
            Self::TooShort { typed }
            | Self::TooLong { typed }
            | Self::LeadingZero { typed }
            | Self::Misread { typed }
            | Self::Unreadable { typed, .. } => typed,
        }
    }
}

/// Groups digits 3-4-4 as on the tag; a shorter text ends early (`123-45`),
/// what is beyond eleven stays in a group of its own.
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + 3);
    for (at, c) in digits.chars().enumerate() {
        if matches!(at, 3 | 7 | LENGTH) {
            out.push('-');
        }
        out.push(c);
    }
    out
}

/// The check digits behind a body.
pub(crate) fn check(body: u64) -> u64 {
    98 - body * 100 % 97
}

/// Digits in groups as they are read aloud.
pub(crate) fn spoken(groups: &str) -> String {
    let words = groups.split('-').map(|group| {
        let digits: Vec<_> = group.bytes().map(spoken_digit).collect();
        digits.join(" ")
    });
    words.collect::<Vec<_>>().join("、")
}

fn spoken_digit(digit: u8) -> &'static str {
    const SAID: [&str; 10] = [
        "ゼロ",
        "いち",
        "に",
        "さん",
        "よん",
        "ご",
        "ろく",
        "なな",
        "はち",
        "きゅう",
    ];
    SAID[usize::from(digit - b'0')]
}

impl fmt::Display for TagNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.digits()))
    }
}

hidden_debug!(TagNumber, TagNumberProblem);

impl TryFrom<String> for TagNumber {
    type Error = TagNumberProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<TagNumber> for String {
    fn from(number: TagNumber) -> Self {
        number.digits()
    }
}

#[cfg(test)]
mod tests;
