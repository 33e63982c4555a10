//! By what somebody is found again who is not in the register: a name as people's search folds it, a
//! telephone, an address. Rooms that keep such people write tokens of these beside their rows, each
//! room under kinds of its own, so that a token of one room says nothing in another.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use seal::{TokenKind, TownKeys};
use words::address::Address;
use words::kana::to_katakana;
use words::kanji;
use words::phone::Phone;
use words::search::{Kind, stored_keys};

/// Something to be found by. Has no `Debug`: it is somebody's name or number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clue {
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

/// A room's kinds of tokens.
pub struct ClueKinds {
    /// Of [`Clue::Phone`].
    pub phone: TokenKind,
    /// Of [`Clue::PhoneEnd`].
    pub phone_end: TokenKind,
    /// Of [`Clue::Whole`].
    pub name: TokenKind,
    /// Of [`Clue::Part`].
    pub name_part: TokenKind,
    /// Of [`Clue::Place`].
    pub place: TokenKind,
}

/// From this sum on it is asked whether somebody is the same.
pub const LIKELY: u32 = 2;

/// How many tokens a statement asks for in one go.
pub const AT_ONCE: usize = 8;

impl Clue {
    fn token_of(&self, kinds: &ClueKinds) -> (TokenKind, &str) {
        match self {
            Clue::Phone(text) => (kinds.phone, text),
            Clue::PhoneEnd(text) => (kinds.phone_end, text),
            Clue::Whole(text) => (kinds.name, text),
            Clue::Part(text) => (kinds.name_part, text),
            Clue::Place(text) => (kinds.place, text),
        }
    }

    /// What is written.
    pub fn token(&self, kinds: &ClueKinds, keys: &TownKeys) -> i64 {
        let (kind, text) = self.token_of(kinds);
        keys.token(kind, text)
    }

    /// In which order clues are asked for, each group for itself: a name that hundreds bear shall not
    /// crowd a telephone out of what is read.
    const fn rank(&self) -> usize {
        match self {
            Clue::Phone(_) => 0,
            Clue::Whole(_) => 1,
            Clue::PhoneEnd(_) | Clue::Part(_) | Clue::Place(_) => 2,
        }
    }

    /// How much it says that two are one: a phone or a whole name alone is enough to ask.
    pub const fn weight(&self) -> u32 {
        match self {
            Clue::Phone(_) | Clue::Whole(_) => 2,
            Clue::PhoneEnd(_) | Clue::Part(_) | Clue::Place(_) => 1,
        }
    }
}

/// Clues as tokens that are asked for, and what each says.
pub struct Wanted {
    weights: HashMap<i64, u32>,
    ranks: [Vec<i64>; 3],
}

impl Wanted {
    /// One token a clue and live key.
    pub fn of(clues: &[Clue], kinds: &ClueKinds, keys: &TownKeys) -> Wanted {
        let (mut weights, mut ranks) = (HashMap::new(), [const { Vec::new() }; 3]);
        for clue in clues {
            let (kind, text) = clue.token_of(kinds);
            for token in keys.tokens(kind, text) {
                weights.insert(token, clue.weight());
                ranks[clue.rank()].push(token);
            }
        }
        Wanted { weights, ranks }
    }

    /// The tokens in the order of their rank; a part that is not full repeats its last one.
    pub fn parts(&self) -> impl Iterator<Item = [i64; AT_ONCE]> + '_ {
        let parts = self.ranks.iter().flat_map(|rank| rank.chunks(AT_ONCE));
        parts.map(|part| {
            let last = part.last().copied().unwrap_or_default();
            std::array::from_fn(|at| part.get(at).copied().unwrap_or(last))
        })
    }

    /// What was met (token and row), best first: each row with how much fits.
    pub fn best(&self, met: Vec<(i64, i64)>) -> Vec<(i64, u32)> {
        let (mut weights, mut seen): (HashMap<i64, u32>, _) = (HashMap::new(), HashSet::new());
        for (token, row) in met {
            if seen.insert((token, row)) {
                *weights.entry(row).or_default() += self.weights.get(&token).copied().unwrap_or(0);
            }
        }
        let mut best: Vec<(i64, u32)> = weights.into_iter().collect();
        best.sort_by_key(|(row, weight)| Reverse((*weight, *row)));
        best
    }
}

/// A half of a name as people's search folds it: 異体字 alike, kana by their sound.
pub fn folded(half: &str) -> String {
    let kana = to_katakana(half);
    let is_kana = kana.chars().all(words::kana::is_katakana);
    match is_kana.then(|| stored_keys(Kind::FamilyKana, &kana)) {
        Some(keys) => keys.into_iter().next().unwrap_or(kana),
        None => kanji::fold(half),
    }
}

const POLITE: [&str; 4] = ["さん", "さま", "様", "氏"];

/// The parts of a name; 「佐藤さん」「佐藤 様」 are called 佐藤.
pub fn halves(text: &str) -> Vec<&str> {
    let bare = |half: &str| {
        let end = POLITE.iter().find(|end| half.ends_with(**end));
        half.len() - end.map_or(0, |end| end.len())
    };
    let halves = text.split_whitespace().map(|half| &half[..bare(half)]);
    halves.filter(|half| !half.is_empty()).collect()
}

/// Whether there is a given name in a name: two parts, or one so long that it is both. 「佐藤さん」 of
/// one telephone may be either of two.
pub fn is_whole(halves: &[&str]) -> bool {
    let long = |name: &&str| {
        let kana = to_katakana(name).chars().all(words::kana::is_katakana);
        name.chars().count() >= if kana { 6 } else { 4 }
    };
    halves.len() > 1 || halves.first().is_some_and(long)
}

fn names(text: &str) -> Vec<Clue> {
    let halves = halves(text);
    if halves.is_empty() {
        return Vec::new();
    }
    let whole: String = halves.concat();
    let mut clues = vec![Clue::Whole(folded(&whole))];
    clues.extend(halves.iter().map(|half| Clue::Part(folded(half))));
    clues
}

fn phones(phone: &Phone) -> [Clue; 2] {
    [Clue::Phone(phone.digits()), Clue::PhoneEnd(phone.last4())]
}

fn places(text: &str) -> Vec<Clue> {
    let Ok(address) = Address::parse(text) else {
        return Vec::new();
    };
    let narrowest = address.shared_parts().pop();
    let all = narrowest.into_iter().chain([address.key()]);
    all.map(Clue::Place).collect()
}

/// The whole address as it is found again.
pub fn place(text: &str) -> Option<String> {
    match places(text).pop()? {
        Clue::Place(text) => Some(text),
        _ => None,
    }
}

fn tidied(mut clues: Vec<Clue>) -> Vec<Clue> {
    clues.sort();
    clues.dedup();
    clues
}

/// Under what somebody stands: names as they are written and read, a telephone, an address.
pub fn of(called: [&str; 2], phone: Option<&Phone>, address: &str) -> Vec<Clue> {
    let mut clues: Vec<Clue> = called.into_iter().flat_map(names).collect();
    clues.extend(phone.into_iter().flat_map(phones));
    clues.extend(places(address));
    tidied(clues)
}

/// By what was typed into the box: a name in any script, a phone or its last digits, an address.
pub fn asked(typed: &str) -> Vec<Clue> {
    if let Ok(phone) = Phone::parse(typed) {
        return phones(&phone).into();
    }
    let (mut clues, mut left) = (Vec::new(), Vec::new());
    for word in typed.split_whitespace() {
        let digits = words::digits::fold(word)
            .ok()
            .filter(|_| !word.contains(char::is_alphabetic));
        match (Phone::parse(word), digits) {
            (Ok(phone), _) => clues.extend(phones(&phone)),
            (_, Some(digits)) if digits.len() == 4 => clues.push(Clue::PhoneEnd(digits)),
            _ if word.contains(char::is_numeric) => clues.extend(places(word)),
            _ => left.push(word),
        }
    }
    let left = left.join(" ");
    clues.extend(names(&left));
    clues.extend(places(&left));
    tidied(clues)
}
