//! Somebody who is not in the register, as far as known, and by what such a one is found again.

use seal::TokenKind;
use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::codes::{AgeBand, Alone};
use crate::ids::RowId;
use crate::people::clues::{self, Clue, ClueKinds, folded, halves, is_whole};
use crate::people::redacted;

/// The most characters of a name, a reading, an address.
pub const MOST_CARD: usize = 80;

/// What was heard of somebody who is not registered; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// As it was said: perhaps only 「さとうさん」.
    #[serde(default)]
    pub name: String,
    /// How it is read.
    #[serde(default)]
    pub kana: String,
    /// A telephone.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// An address or a part of one.
    #[serde(default)]
    pub address: String,
    /// How old.
    pub age: AgeBand,
    /// Whether alone.
    pub alone: Alone,
}

redacted!(Card);

impl Card {
    /// Whether there is anything by which somebody could be found again.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty()
            && self.kana.is_empty()
            && self.phone.is_none()
            && self.address.is_empty()
    }

    /// The name, or what stands for it.
    pub fn called(&self) -> &str {
        match (&*self.name, &*self.kana) {
            ("", "") => "名前は不明",
            ("", kana) => kana,
            (name, _) => name,
        }
    }
}

/// Somebody outside of the register of whom there were consultations.
#[derive(Clone)]
pub struct Stranger {
    /// Their identity here.
    pub id: RowId,
    /// What is known.
    pub card: Card,
    /// Grows with every change.
    pub version: i64,
}

/// The kinds of tokens by which they are found.
pub const KINDS: ClueKinds = ClueKinds {
    phone: TokenKind::new("consultations.phone"),
    phone_end: TokenKind::new("consultations.phone_end"),
    name: TokenKind::new("consultations.name"),
    name_part: TokenKind::new("consultations.name_part"),
    place: TokenKind::new("consultations.place"),
};

/// Under what somebody stands.
pub fn keys_of(card: &Card) -> Vec<Clue> {
    clues::of([&card.name, &card.kana], card.phone.as_ref(), &card.address)
}

/// By what somebody is counted once, whichever center heard of them: each way in which the whole name
/// was written, with the phone and with the address. Whoever shares one of them is the same. Less
/// than that is nobody's mark, and each card stands for itself.
pub fn marks(card: &Card) -> Vec<String> {
    let phone = card.phone.as_ref().map(Phone::digits);
    let place = clues::place(&card.address);
    let mut marks = Vec::new();
    for beside in [phone, place].into_iter().flatten() {
        for name in [&card.kana, &card.name] {
            let halves = halves(name);
            if is_whole(&halves) {
                marks.push(format!("{}\n{beside}", folded(&halves.concat())));
            }
        }
    }
    marks.dedup();
    marks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::clues::LIKELY;

    fn card(name: &str, phone: &str) -> Card {
        Card {
            name: name.to_owned(),
            kana: String::new(),
            phone: Phone::parse(phone).ok(),
            address: String::new(),
            age: AgeBand::Unknown,
            alone: Alone::Unknown,
        }
    }

    fn fit(card: &Card, typed: &str) -> u32 {
        let stands = keys_of(card);
        let asked = clues::asked(typed);
        asked
            .iter()
            .filter(|key| stands.contains(key))
            .map(Clue::weight)
            .sum()
    }

    #[test]
    fn a_name_is_found_as_peoples_search_folds_it() {
        let known = card("渡邊 花子", "03-0123-4567");
        assert!(fit(&known, "渡辺　花子") >= LIKELY);
        assert!(fit(&known, "渡辺花子") >= LIKELY);
        assert!(fit(&known, "０３（０１２３）４５６７") >= LIKELY);
        assert_eq!(fit(&known, "4567"), 1);
        assert_eq!(fit(&known, "渡辺さん"), 1);
        assert_eq!(fit(&known, "佐藤 花"), 0);
        let kana = card("さとうさん", "");
        assert!(fit(&kana, "サトウ") >= LIKELY);
    }

    #[test]
    fn one_is_counted_once_only_where_two_things_agree() {
        let (one, two) = (
            card("佐藤 ハナ", "03-0123-4567"),
            card("佐藤 はな 様", "0301234567"),
        );
        assert!(!marks(&one).is_empty());
        assert_eq!(marks(&one), marks(&two));
        let none = |name, phone| marks(&card(name, phone)).is_empty();
        assert!(none("佐藤 ハナ", ""), "two may be called so");
        assert!(none("", "03-0123-4567"), "a home has one phone for all");
        assert!(none("佐藤さん", "03-0123-4567"), "he or she");
        assert!(none("さとう", "03-0123-4567"));
        assert!(!none("佐藤花子", "03-0123-4567"));
        // One center heard how it is read as well.
        let read = Card {
            kana: "サトウ ハナコ".to_owned(),
            ..card("佐藤 花子", "03-0123-4567")
        };
        let written = marks(&card("佐藤 花子", "03-0123-4567"));
        assert!(written.iter().all(|mark| marks(&read).contains(mark)));
        assert_eq!(marks(&read).len(), 2);
    }
}
