//! Under which tokens a person stands.

use seal::{TokenKind, TownKeys};
use words::kana::Reading;
use words::search::Kind;

use crate::people::rules::{Contacts, Identity};

/// What is not a name, with its folded text.
#[derive(Clone, PartialEq, Eq)]
pub enum Key {
    /// The year of birth.
    BirthYear(i16),
    /// The whole birth date, ISO.
    BirthDate(String),
    /// All digits of a phone.
    Phone(String),
    /// The last four of them.
    PhoneEnd(String),
    /// Seven digits.
    Postcode(String),
    /// A part of an address that many share.
    Place(String),
}

impl Key {
    fn token_of(&self) -> (TokenKind, String) {
        let (name, text) = match self {
            Key::BirthYear(year) => ("people.birth_year", year.to_string()),
            Key::BirthDate(day) => ("people.birth_date", day.clone()),
            Key::Phone(digits) => ("people.phone", digits.clone()),
            Key::PhoneEnd(digits) => ("people.phone_end", digits.clone()),
            Key::Postcode(digits) => ("people.postcode", digits.clone()),
            Key::Place(part) => ("people.place", part.clone()),
        };
        (TokenKind::new(name), text)
    }

    /// What is written.
    pub fn token(&self, keys: &TownKeys) -> i64 {
        let (kind, text) = self.token_of();
        keys.token(kind, &text)
    }

    /// What is searched: one token a live key, the current one first.
    pub fn tokens(&self, keys: &TownKeys) -> Vec<i64> {
        let (kind, text) = self.token_of();
        keys.tokens(kind, &text)
    }
}

/// Under what a person stands: tokens all of them.
#[derive(Default, PartialEq, Eq)]
pub struct PersonKeys {
    /// The birth year.
    pub born: i64,
    /// Half names: also the tokens of their forms.
    pub forms: Vec<i64>,
    /// Pairs of half names.
    pub pairs: Vec<i64>,
    /// Phones, birth date, address, postcode.
    pub others: Vec<i64>,
}

impl PersonKeys {
    /// Every key.
    pub fn all(&self) -> impl Iterator<Item = i64> + '_ {
        let all = self.forms.iter().chain(&self.pairs).chain(&self.others);
        all.copied()
    }
}

/// The halves of a name as they stand in the dictionary. A name written in kana is its own reading.
pub fn forms(identity: &Identity) -> Vec<(Kind, String)> {
    let name = &identity.name;
    let kana = |reading: &Option<Reading>, written: &str| {
        let own = || Reading::parse(written).ok();
        reading.clone().or_else(own).map(|r| r.as_str().to_owned())
    };
    let halves = [
        (Kind::FamilyKana, kana(&identity.family_kana, name.family())),
        (Kind::GivenKana, kana(&identity.given_kana, name.given())),
        (Kind::FamilyKanji, Some(name.family().to_owned())),
        (Kind::GivenKanji, Some(name.given().to_owned())),
    ];
    let known = halves.into_iter().filter_map(|(k, text)| Some((k, text?)));
    known.filter(|(_, text)| !text.is_empty()).collect()
}

/// The kind of a stored code.
pub fn kind_of(code: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.as_str() == code)
}

const KINDS: [Kind; 4] = [
    Kind::FamilyKana,
    Kind::GivenKana,
    Kind::FamilyKanji,
    Kind::GivenKanji,
];

const fn form_kind(kind: Kind) -> TokenKind {
    TokenKind::new(match kind {
        Kind::FamilyKana => "people.family_kana",
        Kind::GivenKana => "people.given_kana",
        Kind::FamilyKanji => "people.family_kanji",
        Kind::GivenKanji => "people.given_kanji",
    })
}

const fn near_kind(kind: Kind) -> TokenKind {
    TokenKind::new(match kind {
        Kind::FamilyKana => "people.near.family_kana",
        Kind::GivenKana => "people.near.given_kana",
        Kind::FamilyKanji => "people.near.family_kanji",
        Kind::GivenKanji => "people.near.given_kanji",
    })
}

/// The token of a form under the current key.
fn form_token(keys: &TownKeys, kind: Kind, text: &str) -> i64 {
    keys.token(form_kind(kind), text)
}

/// The tokens of a form under every live key.
pub fn form_tokens(keys: &TownKeys, kind: Kind, text: &str) -> Vec<i64> {
    keys.tokens(form_kind(kind), text)
}

/// The tokens of what a form is near to, under every live key.
pub fn near_tokens(keys: &TownKeys, kind: Kind, near: &[String]) -> Vec<i64> {
    let tokens = near.iter().map(|key| keys.tokens(near_kind(kind), key));
    tokens.flatten().collect()
}

/// The key of people with both halves. It says no more than the two tokens it is made of
/// (SplitMix64's last step, so that no two pairs of a town are likely to share one).
pub fn pair_key(family: i64, given: i64) -> i64 {
    let mut mixed =
        (family as u64).rotate_left(31) ^ (given as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) & i64::MAX as u64) as i64
}

/// Every key of a person under the current town key; `forms` as [`forms`] gave them.
pub fn person_keys(
    keys: &TownKeys,
    forms: &[(Kind, String)],
    identity: &Identity,
    contacts: &Contacts,
) -> PersonKeys {
    let tokens: Vec<(Kind, i64)> = forms
        .iter()
        .map(|(kind, text)| (*kind, form_token(keys, *kind, text)))
        .collect();
    let is_family = |kind: Kind| matches!(kind, Kind::FamilyKana | Kind::FamilyKanji);
    let (families, givens): (Vec<_>, Vec<_>) =
        tokens.iter().partition(|(kind, _)| is_family(*kind));
    let pair = |family: &(Kind, i64)| {
        let family = family.1;
        givens
            .iter()
            .map(move |given: &(Kind, i64)| pair_key(family, given.1))
            .collect::<Vec<_>>()
    };
    let mut others: Vec<i64> = others(identity, contacts)
        .iter()
        .map(|key| key.token(keys))
        .collect();
    others.sort_unstable();
    others.dedup();
    PersonKeys {
        born: Key::BirthYear(identity.born.year()).token(keys),
        forms: tokens.iter().map(|(_, token)| *token).collect(),
        pairs: families.iter().flat_map(pair).collect(),
        others,
    }
}

fn others(identity: &Identity, contacts: &Contacts) -> Vec<Key> {
    let theirs = contacts.0.iter().flat_map(|contact| &contact.phones);
    let phones = identity.phones.iter().chain(theirs);
    let phones =
        phones.flat_map(|phone| [Key::Phone(phone.digits()), Key::PhoneEnd(phone.last4())]);
    let day = identity
        .born
        .full()
        .map(|day| Key::BirthDate(day.to_string()));
    let postcode = identity.postcode.map(|code| Key::Postcode(code.digits()));
    let places = identity
        .address
        .iter()
        .flat_map(|address| address.shared_parts());
    let all = phones.chain(day).chain(postcode);
    all.chain(places.map(Key::Place)).collect()
}
