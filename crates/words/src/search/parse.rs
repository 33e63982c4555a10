//! The text of a query: its script, its halves, and the ways to cut it where it has no space.

use super::part::Part;
use crate::{kana, kanji, romaji};

/// Longer than any name; keeps the number of ways to cut it bounded.
const MOST_CHARS: usize = 40;
/// The halves the other way round: less likely, not unlikely.
const REVERSED: u16 = 40;
/// Only half a name was given.
const HALF: u16 = 20;

/// Why a text can't be looked for; the sentence is for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    #[error("お名前を入れてください。")]
    Empty,
    #[error("お名前が長すぎます。40字までで入れてください。")]
    TooLong,
    #[error("お名前は漢字・カナ・ローマ字で入れてください。")]
    NotLetters,
}

/// What was asked for. Has no `Debug`: it is a person's name.
pub struct Query {
    pub(super) parts: Vec<Part>,
    pub(super) ways: Vec<Way>,
    pub(super) birth_year: Option<i16>,
}

/// One way to take the text: which part is the family name, which the given name.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub family: Option<usize>,
    pub given: Option<usize>,
    pub penalty: u16,
    pub reversed: bool,
    /// The text itself says where the halves are, and stands in the usual order.
    pub plain: bool,
}

impl Query {
    /// Takes a name in kanji, kana or romaji, or a mixture, and a birth year (of our era) if known.
    ///
    /// # Errors
    /// [`NotAName`] with a sentence in Japanese.
    pub fn parse(text: &str, birth_year: Option<i16>) -> Result<Self, NotAName> {
        let wide = kana::to_katakana(text);
        let words: Vec<&str> = wide
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，'))
            .filter(|w| !w.is_empty())
            .collect();
        if words.is_empty() {
            return Err(NotAName::Empty);
        }
        if wide.chars().count() > MOST_CHARS {
            return Err(NotAName::TooLong);
        }
        let mut query = Self {
            parts: Vec::new(),
            ways: Vec::new(),
            birth_year,
        };
        match words.as_slice() {
            [one] => query.cut(one)?,
            many => query.halves(many)?,
        }
        Ok(query)
    }

    /// The years to filter by: the one that was given and its neighbours.
    #[must_use]
    pub fn birth_years(&self) -> Option<[i16; 3]> {
        self.birth_year.map(|year| [year - 1, year, year + 1])
    }

    /// Words with spaces between them: every space may be the one between family and given name.
    fn halves(&mut self, words: &[&str]) -> Result<(), NotAName> {
        for at in 1..words.len() {
            let (first, second) = (words[..at].concat(), words[at..].concat());
            let (first, second) = (self.part(&first)?, self.part(&second)?);
            self.both_orders(first, second, true);
        }
        Ok(())
    }

    /// A text without a space: cut at every place, and taken whole as either half.
    fn cut(&mut self, text: &str) -> Result<(), NotAName> {
        let whole = self.part(text)?;
        let alone = Way {
            family: Some(whole),
            given: None,
            penalty: HALF,
            reversed: false,
            plain: false,
        };
        self.ways.push(alone);
        self.ways.push(Way {
            family: None,
            given: Some(whole),
            ..alone
        });
        let spoken = romaji::readings(text);
        let texts = if spoken.is_empty() {
            vec![text.to_owned()]
        } else {
            spoken
        };
        for text in texts {
            for at in places(&text) {
                let (first, second) = (self.part(&text[..at])?, self.part(&text[at..])?);
                self.both_orders(first, second, false);
            }
        }
        Ok(())
    }

    fn both_orders(&mut self, first: usize, second: usize, plain: bool) {
        let way = Way {
            family: Some(first),
            given: Some(second),
            penalty: 0,
            reversed: false,
            plain,
        };
        self.ways.push(way);
        self.ways.push(Way {
            family: Some(second),
            given: Some(first),
            penalty: REVERSED,
            reversed: true,
            plain: false,
        });
    }

    fn part(&mut self, text: &str) -> Result<usize, NotAName> {
        self.parts.push(part(text).ok_or(NotAName::NotLetters)?);
        Ok(self.parts.len() - 1)
    }
}

fn part(text: &str) -> Option<Part> {
    let dashed = text.replace(['-', '‐', '−', '―'], "ー");
    if dashed.chars().all(|c| kana::is_katakana(c) || c == '・') {
        return Some(Part::kana(&[dashed]));
    }
    let readings = romaji::readings(text);
    if !readings.is_empty() {
        return Some(Part::kana(&readings));
    }
    text.chars().any(kanji::is_kanji).then(|| Part::kanji(text))
}

/// Byte offsets at which a name may be cut: never before a small kana, ー, ン or a repeat mark.
fn places(text: &str) -> Vec<usize> {
    text.char_indices()
        .skip(1)
        .filter(|(_, c)| !"ァィゥェォャュョッーンヽヾ々".contains(*c) && !is_selector(*c))
        .map(|(at, _)| at)
        .collect()
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn ways(text: &str) -> usize {
        Query::parse(text, None).ok().unwrap().ways.len()
    }

    #[test]
    fn a_space_parts_the_halves() {
        assert_eq!(ways("太田　花子"), 2);
        assert_eq!(ways("Ohta, Hanako"), 2);
        assert_eq!(ways("マリア アンナ オオタ"), 4);
    }

    #[test]
    fn without_a_space_every_cut_is_tried() {
        assert_eq!(ways("オオタハナコ"), 2 + 2 * 5);
        assert_eq!(ways("ケンキョウ"), 2 + 2 * 2);
        assert_eq!(ways("太田花子"), 2 + 2 * 3);
    }

    #[test]
    fn what_is_not_a_name_says_why() {
        let refused = |text: &str| Query::parse(text, None).err();
        assert_eq!(refused(" 　"), Some(NotAName::Empty));
        assert_eq!(refused("12345"), Some(NotAName::NotLetters));
        assert_eq!(refused(&"ア".repeat(41)), Some(NotAName::TooLong));
    }

    #[test]
    fn a_year_brings_its_neighbours() {
        let query = Query::parse("オオタ", Some(1940)).ok().unwrap();
        assert_eq!(query.birth_years(), Some([1939, 1940, 1941]));
    }
}
