//! Half a name as it was asked for: how it is looked up and how near a known form is.

use std::collections::BTreeSet;

use crate::kanji;
use crate::sound::{Reason, Sounds, near_keys, skeletons};

/// Which half of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    Family,
    Given,
}

/// Which half, in which script: one dictionary of forms each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    FamilyKana,
    GivenKana,
    FamilyKanji,
    GivenKanji,
}

impl Kind {
    /// As it stands in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FamilyKana => "family_kana",
            Self::GivenKana => "given_kana",
            Self::FamilyKanji => "family_kanji",
            Self::GivenKanji => "given_kanji",
        }
    }

    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::FamilyKana | Self::FamilyKanji => Side::Family,
            Self::GivenKana | Self::GivenKanji => Side::Given,
        }
    }

    fn is_kana(self) -> bool {
        matches!(self, Self::FamilyKana | Self::GivenKana)
    }
}

/// The keys under which a form is stored: `=` and its plain class, then its near keys.
///
/// `form` is a reading in katakana for the kana kinds (as [`crate::kana::Reading`] keeps it), the
/// name as written for the others. At most 80 keys.
#[must_use]
pub fn stored_keys(kind: Kind, form: &str) -> Vec<String> {
    if kind.is_kana() {
        kana_keys(&skeletons(form))
    } else {
        let folded = kanji::fold(form);
        let near = kanji_keys(&folded);
        std::iter::once(exact(&folded)).chain(near).collect()
    }
}

fn exact(class: &str) -> String {
    format!("={class}")
}

fn kana_keys(classes: &[String]) -> Vec<String> {
    let near: BTreeSet<String> = classes.iter().flat_map(|c| near_keys(c)).collect();
    classes
        .first()
        .map(|c| exact(c))
        .into_iter()
        .chain(near)
        .collect()
}

/// Of three kanji or more one may be wrong; of two, one alone says too little.
fn kanji_keys(folded: &str) -> Vec<String> {
    let all: Vec<char> = folded.chars().take(8).collect();
    let shorter = (0..all.len()).filter(|_| all.len() >= 3).map(|i| {
        all.iter()
            .enumerate()
            .filter(|(k, _)| *k != i)
            .map(|(_, c)| c)
            .collect()
    });
    std::iter::once(folded.to_owned()).chain(shorter).collect()
}

/// Half a name as asked for.
pub(super) enum Part {
    /// In kana, or in romaji with every reading that its letters allow.
    Kana(Vec<Spoken>),
    Kanji {
        written: String,
        folded: String,
    },
}

pub(super) struct Spoken {
    sounds: Sounds,
    classes: Vec<String>,
}

impl Part {
    pub fn kana(readings: &[String]) -> Self {
        let spoken = |r: &String| Spoken {
            sounds: Sounds::of(r),
            classes: skeletons(r),
        };
        Self::Kana(readings.iter().map(spoken).collect())
    }

    pub fn kanji(written: &str) -> Self {
        Self::Kanji {
            written: written.to_owned(),
            folded: kanji::fold(written),
        }
    }

    pub fn kind(&self, side: Side) -> Kind {
        match (self, side) {
            (Self::Kana(_), Side::Family) => Kind::FamilyKana,
            (Self::Kana(_), Side::Given) => Kind::GivenKana,
            (Self::Kanji { .. }, Side::Family) => Kind::FamilyKanji,
            (Self::Kanji { .. }, Side::Given) => Kind::GivenKanji,
        }
    }

    /// Keys of what falls together with this part.
    pub fn exact_keys(&self) -> Vec<String> {
        match self {
            Self::Kana(spoken) => spoken.iter().map(|s| exact(s.class())).collect(),
            Self::Kanji { folded, .. } => vec![exact(folded)],
        }
    }

    /// Keys shared with what is one or two sounds away.
    pub fn near_keys(&self) -> Vec<String> {
        match self {
            Self::Kana(spoken) => spoken
                .iter()
                .flat_map(|s| s.classes.iter().flat_map(|c| near_keys(c)))
                .collect(),
            Self::Kanji { folded, .. } => kanji_keys(folded),
        }
    }

    /// How far a known form is from this part; `None` if too far to be worth showing.
    pub fn cost(&self, form: &str, sounds: &Sounds) -> Option<u16> {
        match self {
            Self::Kana(spoken) => spoken.iter().filter_map(|s| s.cost(sounds)).min(),
            Self::Kanji { written, folded } => kanji_cost(written, folded, form),
        }
    }

    pub fn reasons(&self, form: &str) -> Vec<Reason> {
        match self {
            Self::Kana(spoken) => {
                let known = Sounds::of(form);
                let best = spoken
                    .iter()
                    .min_by_key(|s| s.cost(&known).unwrap_or(u16::MAX));
                best.map(|s| s.sounds.reasons(&known)).unwrap_or_default()
            }
            Self::Kanji { written, folded } => kanji_reasons(written, folded, form),
        }
    }
}

/// One error and a trifle; two in a name long enough to be known by the rest.
const MOST: u16 = 125;
const MOST_OF_LONG: u16 = 200;
const LONG: usize = 4;

impl Spoken {
    fn class(&self) -> &str {
        self.classes.first().map_or("", String::as_str)
    }

    fn cost(&self, known: &Sounds) -> Option<u16> {
        let long = self.class().chars().count() >= LONG;
        self.sounds
            .cost(known, if long { MOST_OF_LONG } else { MOST })
    }
}

const VARIANT: u16 = 3;
const OTHER_KANJI: u16 = 100;

fn kanji_cost(written: &str, folded: &str, form: &str) -> Option<u16> {
    if written == form {
        return Some(0);
    }
    let known = kanji::fold(form);
    if known == folded {
        return Some(VARIANT);
    }
    one_apart(folded, &known).then_some(OTHER_KANJI)
}

fn kanji_reasons(written: &str, folded: &str, form: &str) -> Vec<Reason> {
    match kanji_cost(written, folded, form) {
        Some(0) | None => vec![],
        Some(VARIANT) => vec![Reason::Variant],
        Some(_) => vec![Reason::Kanji],
    }
}

/// Whether one kanji is another, more or fewer: what both share at the ends leaves at most one.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    a.len() - tail <= 1 && b.len() - tail <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_stand_under_their_class_and_near_it() {
        let keys = stored_keys(Kind::FamilyKana, "オオタ");
        assert_eq!(keys, ["=オタ", "オ", "オタ", "タ"]);
        assert_eq!(stored_keys(Kind::FamilyKanji, "髙木"), ["=高木", "高木"]);
        assert_eq!(stored_keys(Kind::FamilyKanji, "五十嵐").len(), 5);
    }

    #[test]
    fn kanji_variants_are_near_and_named() {
        let part = Part::kanji("斉藤");
        let none = Sounds::of("");
        assert_eq!(part.cost("齋藤", &none), Some(VARIANT));
        assert_eq!(part.cost("斉藤", &none), Some(0));
        assert_eq!(part.cost("加藤", &none), Some(OTHER_KANJI));
        assert_eq!(part.cost("山田", &none), None);
        assert_eq!(part.reasons("齋藤"), [Reason::Variant]);
    }
}
