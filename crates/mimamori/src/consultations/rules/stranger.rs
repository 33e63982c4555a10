//! Somebody who is not in the register, as far as known, and by what such a one is found again.

use seal::{TokenKind, TownKeys};
use serde::{Deserialize, Serialize};
use words::address::Address;
use words::kana::to_katakana;
use words::kanji;
use words::phone::Phone;
use words::search::{Kind, stored_keys};

use super::codes::{AgeBand, Alone};
use crate::ids::RowId;
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

/// Something to be found by. Has no `Debug`: it is somebody's name or number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// All digits of a phone.
    Phone(String),
    /// The last four of them.
    PhoneEnd(String),
    /// The whole name, folded.
    Whole(String),
    /// A part of the name, folded.
    Part(String),
    /// An address or the narrowest part of it that many share.
    Place(String),
}

impl Key {
    fn token_of(&self) -> (TokenKind, &str) {
        match self {
            Key::Phone(text) => (TokenKind::new("consultations.phone"), text),
            Key::PhoneEnd(text) => (TokenKind::new("consultations.phone_end"), text),
            Key::Whole(text) => (TokenKind::new("consultations.name"), text),
            Key::Part(text) => (TokenKind::new("consultations.name_part"), text),
            Key::Place(text) => (TokenKind::new("consultations.place"), text),
        }
    }

    /// What is written.
    pub fn token(&self, keys: &TownKeys) -> i64 {
        let (kind, text) = self.token_of();
        keys.token(kind, text)
    }

    /// What is searched: one token a live key.
    pub fn tokens(&self, keys: &TownKeys) -> Vec<i64> {
        let (kind, text) = self.token_of();
        keys.tokens(kind, text)
    }

    /// In which order keys are asked for, each group for itself: a name that hundreds bear shall not
    /// crowd a telephone out of what is read.
    pub const fn rank(&self) -> usize {
        match self {
            Key::Phone(_) => 0,
            Key::Whole(_) => 1,
            Key::PhoneEnd(_) | Key::Part(_) | Key::Place(_) => 2,
        }
    }

    /// How much it says that two are one: a phone or a whole name alone is enough to ask.
    pub const fn weight(&self) -> u32 {
        match self {
            Key::Phone(_) | Key::Whole(_) => 2,
            Key::PhoneEnd(_) | Key::Part(_) | Key::Place(_) => 1,
        }
    }
}

/// From this sum on it is asked whether somebody is the same.
pub const LIKELY: u32 = 2;

/// A half of a name as people's search folds it: 異体字 alike, kana by their sound.
fn folded(half: &str) -> String {
    let kana = to_katakana(half);
    let is_kana = kana.chars().all(words::kana::is_katakana);
    match is_kana.then(|| stored_keys(Kind::FamilyKana, &kana)) {
        Some(keys) => keys.into_iter().next().unwrap_or(kana),
        None => kanji::fold(half),
    }
}

const POLITE: [&str; 4] = ["さん", "さま", "様", "氏"];

/// The parts of a name; 「佐藤さん」「佐藤 様」 are called 佐藤.
fn halves(text: &str) -> Vec<&str> {
    let bare = |half: &str| {
        let end = POLITE.iter().find(|end| half.ends_with(**end));
        half.len() - end.map_or(0, |end| end.len())
    };
    let halves = text.split_whitespace().map(|half| &half[..bare(half)]);
    halves.filter(|half| !half.is_empty()).collect()
}

fn names(text: &str) -> Vec<Key> {
    let halves = halves(text);
    if halves.is_empty() {
        return Vec::new();
    }
    let whole: String = halves.concat();
    let mut keys = vec![Key::Whole(folded(&whole))];
    keys.extend(halves.iter().map(|half| Key::Part(folded(half))));
    keys
}

fn phones(phone: &Phone) -> [Key; 2] {
    [Key::Phone(phone.digits()), Key::PhoneEnd(phone.last4())]
}

fn places(text: &str) -> Vec<Key> {
    let Ok(address) = Address::parse(text) else {
        return Vec::new();
    };
    let narrowest = address.shared_parts().pop();
    let all = narrowest.into_iter().chain([address.key()]);
    all.map(Key::Place).collect()
}

fn tidied(mut keys: Vec<Key>) -> Vec<Key> {
    keys.sort();
    keys.dedup();
    keys
}

/// Under what somebody stands.
pub fn keys_of(card: &Card) -> Vec<Key> {
    let mut keys = names(&card.name);
    keys.extend(names(&card.kana));
    keys.extend(card.phone.iter().flat_map(phones));
    keys.extend(places(&card.address));
    tidied(keys)
}

/// By what was typed into the box: a name in any script, a phone or its last digits, an address.
pub fn keys_asked(typed: &str) -> Vec<Key> {
    if let Ok(phone) = Phone::parse(typed) {
        return phones(&phone).into();
    }
    let (mut keys, mut left) = (Vec::new(), Vec::new());
    for word in typed.split_whitespace() {
        let digits = words::digits::fold(word)
            .ok()
            .filter(|_| !word.contains(char::is_alphabetic));
        match (Phone::parse(word), digits) {
            (Ok(phone), _) => keys.extend(phones(&phone)),
            (_, Some(digits)) if digits.len() == 4 => keys.push(Key::PhoneEnd(digits)),
            _ if word.contains(char::is_numeric) => keys.extend(places(word)),
            _ => left.push(word),
        }
    }
    let left = left.join(" ");
    keys.extend(names(&left));
    keys.extend(places(&left));
    tidied(keys)
}

/// Whether there is a given name in a name: two parts, or one so long that it is both. 「佐藤さん」 of
/// one telephone may be either of two.
fn is_whole(halves: &[&str]) -> bool {
    let long = |name: &&str| {
        let kana = to_katakana(name).chars().all(words::kana::is_katakana);
        name.chars().count() >= if kana { 6 } else { 4 }
    };
    halves.len() > 1 || halves.first().is_some_and(long)
}

/// By what somebody is counted once, whichever center heard of them: each way in which the whole name
/// was written, with the phone and with the address. Whoever shares one of them is the same. Less
/// than that is nobody's mark, and each card stands for itself.
pub fn marks(card: &Card) -> Vec<String> {
    let phone = card.phone.as_ref().map(Phone::digits);
    let place = places(&card.address).pop().and_then(|key| match key {
        Key::Place(text) => Some(text),
        _ => None,
    });
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
        let asked = keys_asked(typed);
        asked
            .iter()
            .filter(|key| stands.contains(key))
            .map(Key::weight)
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
