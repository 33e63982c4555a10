//! Kana in any width, and the reading of a name.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The text in full-width forms, hiragana turned to katakana: `ﾀﾞ` → `ダ`, `はなこ` → `ハナコ`.
///
/// Kanji and everything else stay; variation selectors are kept. Only half-width katakana and
/// full-width Latin and digits are normalised (NFKC), so that no kanji is replaced by a look-alike.
#[must_use]
pub fn to_katakana(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut narrow = String::new();
    for c in text.chars() {
        if is_width_form(c) || (!narrow.is_empty() && is_voice_mark(c)) {
            narrow.push(c);
            continue;
        }
        flush(&mut narrow, &mut out);
        out.push(hiragana_to_katakana(c));
    }
    flush(&mut narrow, &mut out);
    join_marks(&out)
}

fn flush(narrow: &mut String, out: &mut String) {
    out.extend(narrow.nfkc());
    narrow.clear();
}

/// Spaces and marks as the keyboard makes them: `か゛` and `カ` + U+3099 become `ガ`.
fn join_marks(text: &str) -> String {
    if !text.chars().any(is_voice_mark) {
        return text.to_owned();
    }
    let combining: String = text
        .chars()
        .map(|c| match c {
            '゛' => '\u{3099}',
            '゜' => '\u{309A}',
            c => c,
        })
        .collect();
    combining.nfc().collect()
}

fn is_voice_mark(c: char) -> bool {
    matches!(c, '゛' | '゜' | '\u{3099}' | '\u{309A}')
}

fn is_width_form(c: char) -> bool {
    matches!(c, '\u{FF01}'..='\u{FF9F}' | '\u{3000}')
}

fn hiragana_to_katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        c => c,
    }
}

/// Whether the character may stand in a reading.
#[must_use]
pub fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// How a family or given name is read, in full-width katakana: `ﾊﾁﾓﾄ` is kept as `ハチモト`.
///
/// Marks of length and small kana stay as they were written; nothing is folded. Not printed by
/// `Debug`, because it is a person's name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reading(String);

/// Why a text is not a reading; the sentence is for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReading {
    #[error("フリガナが空です。カタカナかひらがなで入れてください。")]
    Empty,
    #[error("フリガナにカナ以外の文字があります。カタカナかひらがなで入れてください。")]
    NotKana,
    #[error("フリガナが長すぎます。60字までで入れてください。")]
    TooLong,
}

/// Longer than any name on a residence card; keeps the search bounded.
const MOST_CHARS: usize = 60;

impl Reading {
    /// Takes kana of any width, with spaces around it and `・` or spaces between parts.
    ///
    /// # Errors
    /// [`NotAReading`] with a sentence in Japanese.
    pub fn parse(text: &str) -> Result<Self, NotAReading> {
        let wide = to_katakana(text).replace(['‐', '-', '−', '―', '–'], "ー");
        let kana = wide.split_whitespace().collect::<Vec<_>>().join("・");
        if kana.is_empty() {
            return Err(NotAReading::Empty);
        }
        if kana.chars().count() > MOST_CHARS {
            return Err(NotAReading::TooLong);
        }
        let starts_well = kana.starts_with(|c| is_katakana(c) && c != 'ー');
        if !starts_well || !kana.chars().all(|c| is_katakana(c) || c == '・') {
            return Err(NotAReading::NotKana);
        }
        Ok(Self(kana))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Reading {
    type Error = NotAReading;

    fn try_from(text: String) -> Result<Self, NotAReading> {
        Self::parse(&text)
    }
}

impl From<Reading> for String {
    fn from(reading: Reading) -> Self {
        reading.0
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reading(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn any_width_becomes_katakana() {
        assert_eq!(to_katakana("ﾊﾁﾓﾄ"), "ハチモト");
        assert_eq!(to_katakana("ﾀﾞｲｺﾞ ﾊﾟ"), "ダイゴ パ");
        assert_eq!(to_katakana("みつゑ"), "ミツヱ");
        assert_eq!(to_katakana("ぁゔゖ"), "ァヴヶ");
        assert_eq!(to_katakana("か゛き"), "ガキ");
        assert_eq!(to_katakana("カ\u{3099}"), "ガ");
        assert_eq!(to_katakana("Ｏｈｎｏ　"), "Ohno ");
    }

    #[test]
    fn kanji_are_left_alone() {
        assert_eq!(to_katakana("葛\u{E0100}城"), "葛\u{E0100}城");
        assert_eq!(to_katakana("\u{FA19}"), "\u{FA19}");
    }

    #[test]
    fn a_reading_is_kana_only() {
        assert_eq!(Reading::parse(" ｵｰﾀ ").unwrap().as_str(), "オータ");
        assert_eq!(
            Reading::parse("ﾏﾘｱ ｱﾝﾅ").unwrap().as_str(),
            "マリア・アンナ"
        );
        assert_eq!(Reading::parse("太田"), Err(NotAReading::NotKana));
        assert_eq!(Reading::parse("ーア"), Err(NotAReading::NotKana));
        assert_eq!(Reading::parse("　"), Err(NotAReading::Empty));
        assert_eq!(Reading::parse(&"ア".repeat(61)), Err(NotAReading::TooLong));
    }

    #[test]
    fn debug_does_not_show_the_name() {
        let shown = format!("{:?}", Reading::parse("ハチモト").unwrap());
        assert!(!shown.contains('ハ'), "the reading is printed");
    }
}
