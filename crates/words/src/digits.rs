//! Digits as they are said, typed or printed, folded to ASCII.
//!
//! A number read over the telephone reaches the keyboard as `１２３－４５６７`,
//! `いちにさん`, `一二三` or a mixture. [`fold`] reads all of them; what
//! separates digits (spaces, hyphens, middle dots, a drawled ー, a spoken の)
//! is dropped, and the first character that is none of these is named.

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// A character that is neither a digit nor a separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("「{0}」は数字として読めません。数字だけを入れてください。")]
pub struct UnreadableDigit(pub char);

/// Katakana words for digits, a longer word before any word it starts with.
/// ヒト, フタ and マル are the radio readings that crews and officers use.
pub(crate) const WORDS: [(&str, char); 23] = [
    ("ゼロ", '0'),
    ("レイ", '0'),
    ("レー", '0'),
    ("マル", '0'),
    ("イチ", '1'),
    ("ヒト", '1'),
    ("ニ", '2'),
    ("フタ", '2'),
    ("サン", '3'),
    ("ヨン", '4'),
    ("シチ", '7'),
    ("シ", '4'),
    ("ゴ", '5'),
    ("ロク", '6'),
    ("ナナ", '7'),
    ("ハチ", '8'),
    ("キュウ", '9'),
    ("キユウ", '9'),
    ("キュー", '9'),
    ("キユー", '9'),
    ("ク", '9'),
    ("○", '0'),
    ("◯", '0'),
];

/// Folds `text` to ASCII digits. An empty or all-separator text gives "".
///
/// # Errors
/// The first character, in its normalised form, that can't be read.
pub fn fold(text: &str) -> Result<String, UnreadableDigit> {
    let katakana: String = text.nfkc().map(katakana).collect();
    let mut rest = katakana.as_str();
    let mut digits = String::new();
    while let Some(first) = rest.chars().next() {
        if let Some(digit) = single(first) {
            digits.push(digit);
        } else if let Some((word, digit)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            digits.push(*digit);
            rest = &rest[word.len()..];
            continue;
        } else if !is_separator(first) {
            return Err(UnreadableDigit(first));
        }
        rest = &rest[first.len_utf8()..];
    }
    Ok(digits)
}

/// One character that is a digit by itself: ASCII or kanji.
pub(crate) fn single(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '〇' | '零' => Some('0'),
        '一' => Some('1'),
        '二' => Some('2'),
        '三' => Some('3'),
        '四' => Some('4'),
        '五' => Some('5'),
        '六' => Some('6'),
        '七' => Some('7'),
        '八' => Some('8'),
        '九' => Some('9'),
        _ => None,
    }
}

/// Characters that people type where a hyphen belongs: every character with
/// Unicode's Dash property, the box-drawing lines, the soft hyphen and the
/// kana length mark ー, which sits on the same key as the hyphen.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '~' | '\u{ad}' | '\u{58a}' | '\u{5be}' | '\u{1400}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2053}'
                | '\u{207b}'
                | '\u{208b}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2e17}'
                | '\u{2e1a}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{2e40}'
                | '\u{2e5d}'
                | '\u{301c}'
                | '\u{3030}'
                | '\u{30a0}'
                | 'ー'
                | '\u{fe31}'
                | '\u{fe32}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{ff5e}'
                | '\u{ff70}'
                | '\u{10ead}'
    )
}

pub(crate) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_hyphen(c)
        || matches!(
            c,
            '・' | '·' | '•' | '‧' | '∙' | '⋅' | '.' | ',' | '、' | 'ノ'
        )
}

pub(crate) fn katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_every_way_of_writing_a_digit() {
        for text in [
            "0123456789",
            "０１２３４５６７８９",
            "〇一二三四五六七八九",
            "零一二三四五六七八九",
            "ゼロイチニサンヨンゴロクナナハチキュウ",
            "れいいちにさんしごろくしちはちく",
            "ﾏﾙ ｲﾁ ﾆ ｻﾝ ﾖﾝ ｺﾞ ﾛｸ ﾅﾅ ﾊﾁ ｷｭｳ",
            "まる ひと ふた さん よん ごー ろく なな はち きゅー",
            "012の345の6789",
            "０１２・３４５･６７８９",
        ] {
            assert_eq!(fold(text).unwrap(), "0123456789", "{text}");
        }
    }

    #[test]
    fn names_the_first_character_it_cannot_read() {
        assert_eq!(fold("12か3あ"), Err(UnreadableDigit('カ')));
        assert_eq!(fold("十二"), Err(UnreadableDigit('十')));
        assert_eq!(fold("１２Ａ"), Err(UnreadableDigit('A')));
        assert!(UnreadableDigit('A').to_string().contains("「A」"));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(fold("　 - "), Ok(String::new()));
    }

    proptest! {
        #[test]
        fn any_hyphen_between_digits_is_dropped(a in "[0-9]{1,6}", b in "[0-9]{1,6}", code in 0u32..0x11000) {
            if let Some(c) = char::from_u32(code).filter(|c| is_hyphen(*c)) {
                prop_assert_eq!(fold(&format!("{a}{c}{b}")), Ok(format!("{a}{b}")));
            }
        }

        #[test]
        fn never_panics_and_gives_only_digits(text in ".{0,20}") {
            if let Ok(digits) = fold(&text) {
                prop_assert!(digits.bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}
