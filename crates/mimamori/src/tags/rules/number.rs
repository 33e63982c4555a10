//! Numbers as they are handed over: typed, scanned, ours or a town's older ones.

use seal::SecretToken;
use unicode_normalization::UnicodeNormalization as _;
use words::tag_number::{TagNumber, TagNumberProblem};

use super::refusal::Refusal;

/// The longest older number, in letters.
pub const MOST_LETTERS: usize = 32;

/// Whose numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// Eleven digits with check digits, unique in all towns.
    Ours,
    /// What a town gave out before: any short text, valid within that town.
    Older,
}

impl NumberKind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            NumberKind::Ours => "ours",
            NumberKind::Older => "older",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<NumberKind> {
        [NumberKind::Ours, NumberKind::Older]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A number on a tag. It identifies a person, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub enum Number {
    /// Ours.
    Ours(TagNumber),
    /// A town's older one, as it was written.
    Older(String),
}

impl Number {
    /// Which numbering it belongs to.
    pub const fn kind(&self) -> NumberKind {
        match self {
            Number::Ours(_) => NumberKind::Ours,
            Number::Older(_) => NumberKind::Older,
        }
    }

    /// As it stands on the tag: ours in groups of 3-4-4.
    pub fn shown(&self) -> String {
        match self {
            Number::Ours(number) => number.to_string(),
            Number::Older(text) => text.clone(),
        }
    }

    /// How the desk reads it aloud; empty for an older number, whose letters we don't know.
    pub fn spoken(&self) -> String {
        match self {
            Number::Ours(number) => number.spoken(),
            Number::Older(_) => String::new(),
        }
    }

    /// What is sealed: the digits, or the text as it was written.
    pub fn kept(&self) -> String {
        match self {
            Number::Ours(number) => number.digits(),
            Number::Older(text) => text.clone(),
        }
    }

    /// The number of what was sealed; `None` where that can't be one.
    pub fn of_kept(kind: NumberKind, text: &str) -> Option<Number> {
        match kind {
            NumberKind::Ours => TagNumber::parse(text).ok().map(Number::Ours),
            NumberKind::Older => Some(Number::Older(text.to_owned())),
        }
    }

    /// An older number as written in a roster or typed at the counter; `None` where nothing is
    /// left of it or it is longer than `MOST_LETTERS`.
    pub fn older(text: &str) -> Option<Number> {
        let text = text.trim();
        fold_older(text).map(|_| Number::Older(text.to_owned()))
    }

    /// An older number typed by hand. Eleven digits are taken for one of ours, right or misread:
    /// kept as an older number, the real tag of that number would never be found again.
    ///
    /// # Errors
    /// Why it is none: nothing typed, too long, or one of ours.
    pub fn older_by_hand(text: &str) -> Result<Number, Refusal> {
        let text = text.trim();
        if text.chars().count() > MOST_LETTERS {
            return Err(Refusal::NotOlder);
        }
        let number = Number::older(text).ok_or(Refusal::NoNumber)?;
        match TagNumber::parse(text) {
            Ok(_) => Err(Refusal::IsOurs),
            Err(TagNumberProblem::Misread { .. } | TagNumberProblem::LeadingZero { .. }) => {
                Err(Refusal::LooksOurs)
            }
            Err(
                TagNumberProblem::TooShort { .. }
                | TagNumberProblem::TooLong { .. }
                | TagNumberProblem::Unreadable { .. },
            ) => Ok(number),
        }
    }

    /// What the token is made of.
    pub fn folded(&self) -> String {
        match self {
            Number::Ours(number) => number.digits(),
            Number::Older(text) => fold_older(text).unwrap_or_default(),
        }
    }
}

/// Folds width, case, spaces and hyphens, so that `Ａ－０１２` finds `a012`.
fn fold_older(text: &str) -> Option<String> {
    if text.chars().count() > MOST_LETTERS {
        return None;
    }
    let letters = text.nfkc().filter(|c| c.is_alphanumeric());
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    (!folded.is_empty()).then_some(folded)
}

/// What was typed at the desk, read in both numberings.
pub struct Typed {
    /// As one of ours, or what is wrong with it.
    pub ours: Result<TagNumber, TagNumberProblem>,
    /// As an older number, folded; `None` where it can't be one.
    pub older: Option<String>,
}

impl Typed {
    /// Reads what was typed.
    pub fn read(text: &str) -> Typed {
        Typed {
            ours: TagNumber::parse(text),
            older: fold_older(text.trim()),
        }
    }
}

/// What was handed over the counter and typed or scanned.
pub enum Handed {
    /// A number of ours.
    Number(TagNumber),
    /// The QR of a carrier: its secret.
    Address(SecretToken),
    /// Neither; the problem is that of a number.
    Neither(TagNumberProblem),
}

impl Handed {
    /// Reads what was typed or what a scanner wrote: the address behind a QR ends in `/q/…`.
    pub fn read(text: &str) -> Handed {
        let secret = text.trim().rsplit_once("/q/").map(|(_, secret)| secret);
        if let Some(secret) = secret.and_then(SecretToken::read) {
            return Handed::Address(secret);
        }
        match TagNumber::parse(text) {
            Ok(number) => Handed::Number(number),
            Err(problem) => Handed::Neither(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_older_number_is_found_however_it_is_written() {
        let folded = |text: &str| Number::older(text).map(|number| number.folded());
        for text in ["A-0123", "ａ０１２３", " Ａ－０１２３ ", "a 01 23"] {
            assert_eq!(folded(text), Some("a0123".to_owned()), "{text}");
        }
        assert_eq!(folded("緑－12"), Some("緑12".to_owned()));
        assert_ne!(folded("0123"), folded("123"));
    }

    #[test]
    fn nothing_and_a_long_text_are_no_older_number() {
        assert!(Number::older(" － ").is_none());
        assert!(Number::older(&"1".repeat(MOST_LETTERS)).is_some());
        assert!(Number::older(&"1".repeat(MOST_LETTERS + 1)).is_none());
    }

    #[test]
    fn by_hand_it_is_told_what_is_no_older_number() {
        let refusal = |text: &str| Number::older_by_hand(text).err();
        assert!(refusal(" A-0123 ").is_none() && refusal("緑12").is_none());
        assert!(matches!(refusal(" － "), Some(Refusal::NoNumber)));
        assert!(matches!(
            refusal(&"1".repeat(MOST_LETTERS + 1)),
            Some(Refusal::NotOlder)
        ));
        let ours = TagNumber::from_body(123_456_789).unwrap();
        assert!(matches!(refusal(&ours.to_string()), Some(Refusal::IsOurs)));
        assert!(matches!(
            refusal("１２３ 4567 8901"),
            Some(Refusal::LooksOurs)
        ));
    }

    #[test]
    fn what_was_sealed_comes_back() {
        let ours = Number::Ours(TagNumber::from_body(123_456_789).unwrap());
        for number in [ours, Number::Older("A-0123".to_owned())] {
            assert!(Number::of_kept(number.kind(), &number.kept()).unwrap() == number);
        }
    }

    #[test]
    fn a_scanned_qr_is_told_from_a_typed_number() {
        let secret = "AbCdEfGhIjKlMnOpQrStUv";
        let scanned = format!("https://mimamori.example.jp/q/{secret}\r\n");
        assert!(matches!(Handed::read(&scanned), Handed::Address(found) if found.text() == secret));
        let number = TagNumber::from_body(123_456_789).unwrap();
        assert!(
            matches!(Handed::read(&number.to_string()), Handed::Number(found) if found == number)
        );
        assert!(matches!(
            Handed::read("https://example.jp/q/short"),
            Handed::Neither(_)
        ));
    }
}
