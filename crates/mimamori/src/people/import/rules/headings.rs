//! From a heading to the field it means.
//!
//! A heading is folded (width, spaces, brackets, 様・※) and its number taken off: 「緊急連絡先１
//! （氏名）」 becomes 緊急連絡先氏名 and 1. A word that may mean several things (氏名, 電話, 住所)
//! means the person's, or, right of a block about a contact or a clinic, that one's.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::field::{CLINICS, CONTACTS, ClinicPart, ContactPart, Field};
use super::sheet::Sheet;

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// The heading says so.
    Sure,
    /// The heading may mean it; look at the samples.
    Likely,
    /// The town chose it before.
    Remembered,
    /// Not known.
    Unknown,
}

/// What is guessed of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// Where it goes; `None` is not taken in.
    pub field: Option<Field>,
    /// How sure that is.
    pub sureness: Sureness,
}

/// What a heading means by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Plain(Field),
    Contact(ContactPart),
    Clinic(ClinicPart),
    /// 氏名, フリガナ, 電話, 住所: of whom the columns left of it tell.
    Name,
    Phone,
    Address,
}

impl Meaning {
    fn of(code: &str) -> Option<Meaning> {
        match code {
            "own_name" => return Some(Meaning::Name),
            "own_phone" => return Some(Meaning::Phone),
            "own_address" => return Some(Meaning::Address),
            _ => {}
        }
        let first = code
            .replace("contact_", "contact1_")
            .replace("clinic_", "clinic1_");
        Some(match Field::from_code(&first)? {
            Field::Contact(_, part) => Meaning::Contact(part),
            Field::Clinic(_, part) => Meaning::Clinic(part),
            plain => Meaning::Plain(plain),
        })
    }
}

/// `field: heading heading …`, a field a line. `own_` is the person's or that of the block the
/// column stands in; `contact_` and `clinic_` are numbered by the heading or by their order.
const WORDS: &str = include_str!("headings.txt");

static DICTIONARY: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let lines = WORDS.lines().filter_map(|line| line.split_once(": "));
    let known = lines.filter_map(|(code, words)| Some((Meaning::of(code)?, words)));
    known
        .flat_map(|(meaning, words)| words.split(' ').map(move |word| (folded(word).0, meaning)))
        .collect()
});

/// Whether the heading stands in the dictionary.
pub(super) fn is_known(heading: &str) -> bool {
    if Field::from_word(heading).is_some() {
        return true;
    }
    let (word, _) = folded(heading);
    !word.is_empty() && meaning(&word).is_some()
}

/// A heading as it is remembered: folded, its number kept.
pub fn key(heading: &str) -> String {
    let (word, number) = folded(heading);
    number.map_or(word.clone(), |number| format!("{word}{number}"))
}

/// The heading of the state in our own lists: it tells and is not taken in.
pub const STATE_HEADING: &str = "登録の状態";

/// Guesses each column; no field is given out twice. A list of our own names every column by the
/// field's own words.
pub fn guess(sheet: &Sheet) -> Vec<Guess> {
    let own = sheet.headings().into_iter().map(Field::from_word);
    let own: Vec<Option<Field>> = own.collect();
    let distinct: HashSet<Field> = own.iter().flatten().copied().collect();
    let named = own.iter().flatten().count();
    if sheet.headings().last() == Some(&STATE_HEADING) && named == distinct.len() {
        let sure = |field: Option<Field>| Guess {
            field,
            sureness: field.map_or(Sureness::Unknown, |_| Sureness::Sure),
        };
        return own.into_iter().map(sure).collect();
    }
    let mut state = Walk {
        block: Block::Person,
        taken: HashSet::new(),
    };
    sheet
        .headings()
        .into_iter()
        .map(|heading| state.guess(heading))
        .collect()
}

/// Of whom the columns speak, from left to right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Person,
    Contact(u8),
    Clinic(u8),
}

struct Walk {
    block: Block,
    taken: HashSet<Field>,
}

impl Walk {
    fn guess(&mut self, heading: &str) -> Guess {
        let (word, number) = folded(heading);
        let found = meaning(&word).and_then(|(meaning, sureness)| {
            let field = self.field(meaning, number)?;
            self.taken.insert(field).then_some((field, sureness))
        });
        let Some((field, sureness)) = found else {
            return Guess {
                field: None,
                sureness: Sureness::Unknown,
            };
        };
        self.block = match field {
            Field::Contact(at, _) => Block::Contact(at),
            Field::Clinic(at, _) => Block::Clinic(at),
            _ => Block::Person,
        };
        Guess {
            field: Some(field),
            sureness,
        }
    }

    fn field(&self, meaning: Meaning, number: Option<u8>) -> Option<Field> {
        match meaning {
            Meaning::Plain(field) => Some(field),
            Meaning::Contact(part) => self.contact(part, number),
            Meaning::Clinic(part) => self.clinic(part, number),
            Meaning::Name => self.of_block(Some(Field::Name), ContactPart::Name, None, number),
            Meaning::Address => {
                self.of_block(Some(Field::Address), ContactPart::Address, None, number)
            }
            Meaning::Phone => self.of_block(
                self.own_phone(number),
                ContactPart::Phone,
                Some(ClinicPart::Phone),
                number,
            ),
        }
    }

    /// The person's first or second phone.
    fn own_phone(&self, number: Option<u8>) -> Option<Field> {
        let first = number.unwrap_or(1) <= 1 && !self.taken.contains(&Field::Phone);
        Some(if first {
            Field::Phone
        } else {
            Field::OtherPhone
        })
    }

    fn of_block(
        &self,
        own: Option<Field>,
        contact: ContactPart,
        clinic: Option<ClinicPart>,
        number: Option<u8>,
    ) -> Option<Field> {
        match (self.block, clinic) {
            (Block::Contact(_), _) => self.contact(contact, number),
            (Block::Clinic(_), Some(part)) => self.clinic(part, number),
            _ => own.filter(|field| !self.taken.contains(field)),
        }
    }

    /// The numbered contact, the one whose block this is, or the next.
    fn contact(&self, part: ContactPart, number: Option<u8>) -> Option<Field> {
        let here = match self.block {
            Block::Contact(at) => at,
            _ => 1,
        };
        let free = |at: &u8| !self.taken.contains(&Field::Contact(*at, part));
        let at = number.or_else(|| (here..=CONTACTS).find(free))?;
        (1..=CONTACTS)
            .contains(&at)
            .then_some(Field::Contact(at, part))
    }

    fn clinic(&self, part: ClinicPart, number: Option<u8>) -> Option<Field> {
        let here = match self.block {
            Block::Clinic(at) => at,
            _ => 1,
        };
        let free = |at: &u8| !self.taken.contains(&Field::Clinic(*at, part));
        let at = number.or_else(|| (here..=CLINICS).find(free))?;
        (1..=CLINICS)
            .contains(&at)
            .then_some(Field::Clinic(at, part))
    }
}

/// The meaning of a folded heading: one of the dictionary's words is sure, one that merely ends in
/// a long one is likely.
fn meaning(word: &str) -> Option<(Meaning, Sureness)> {
    if let Some(meaning) = DICTIONARY.get(word) {
        return Some((*meaning, Sureness::Sure));
    }
    let long = DICTIONARY
        .iter()
        .filter(|(one, _)| one.chars().count() >= 3 && word.ends_with(one.as_str()));
    let best = long.max_by_key(|(one, _)| one.len());
    best.map(|(_, meaning)| (*meaning, Sureness::Likely))
}

/// The heading without width, spaces, brackets and decoration; and its number, if it has one.
fn folded(heading: &str) -> (String, Option<u8>) {
    let plain: String = heading.nfkc().flat_map(char::to_lowercase).collect();
    let plain = plain
        .replace("(必須)", "")
        .replace("(任意)", "")
        .replace("第", "");
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let word = plain
        .chars()
        .filter(|c| c.is_alphabetic() || matches!(c, '〒' | 'ー'));
    let word: String = word.collect();
    (word, digits.parse().ok().filter(|number| *number > 0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn fields(headings: &str) -> Vec<String> {
        let file = format!("{headings}\n山田\n");
        let sheet = super::super::read::read(file.as_bytes()).unwrap();
        let codes = guess(&sheet)
            .into_iter()
            .map(|guess| guess.field.map(Field::code));
        codes.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn a_wards_roster_is_known_by_its_headings() {
        let guessed = fields(
            "登録番号,氏名,フリガナ,性別,生年月日,郵便番号,住所,電話番号,世帯,緊急連絡先１氏名,続柄１,電話１,\
             緊急連絡先２氏名,続柄２,電話２,かかりつけ医療機関,診療科,主治医,医療機関電話,既往歴,服薬,介護認定,登録日,備考",
        );
        let expected = "old_number name kana sex born postcode address phone living contact1_name \
             contact1_relation contact1_phone contact2_name contact2_relation contact2_phone \
             clinic1_institution clinic1_department clinic1_doctor clinic1_phone illnesses drugs \
             certification registered_on remarks";
        assert_eq!(guessed.join(" "), expected);
    }

    #[test]
    fn other_ways_of_heading_are_known_too() {
        let guessed = fields(
            "Ｎｏ．,姓,名,セイ,メイ,男女,生年月日(和暦),〒,住 所,方書,ＴＥＬ,携帯電話,緊急連絡先①,続柄,電話番号,住所,\
             緊急連絡先②,続柄,電話番号,住所,担当ケアマネージャー,かかりつけ医,電話,民生委員名",
        );
        let expected = "old_number family given family_kana given_kana sex born postcode address building \
             phone other_phone contact1_name contact1_relation contact1_phone contact1_address \
             contact2_name contact2_relation contact2_phone contact2_address manager_name \
             clinic1_institution clinic1_phone ";
        assert_eq!(guessed.join(" "), expected);
    }

    #[test]
    fn unknown_and_repeated_headings_are_left_out() {
        assert_eq!(
            fields("氏名,住所,血液型,備考,備考"),
            ["name", "address", "", "remarks", ""]
        );
        assert_eq!(
            fields("氏名,住所,電話,電話2"),
            ["name", "address", "phone", "other_phone"]
        );
        assert_eq!(key("緊急連絡先①（氏名）"), key("緊急連絡先1 氏名"));
    }

    #[test]
    fn no_word_has_two_meanings_and_every_field_has_a_word() {
        let mut seen = HashSet::new();
        for (code, words) in WORDS.lines().map(|line| line.split_once(": ").unwrap()) {
            assert!(Meaning::of(code).is_some(), "{code} is no field");
            for word in words.split(' ') {
                let (folded, number) = folded(word);
                assert_eq!(number, None, "{word}");
                assert!(seen.insert(folded), "{word} stands twice");
            }
        }
        let meanings: Vec<Meaning> = DICTIONARY.values().copied().collect();
        let of_person = Field::all().into_iter().filter(|field| {
            !matches!(
                field,
                Field::Contact(..)
                    | Field::Clinic(..)
                    | Field::Name
                    | Field::Phone
                    | Field::Address
            )
        });
        for field in of_person {
            assert!(
                meanings.contains(&Meaning::Plain(field)),
                "{} has no word",
                field.code()
            );
        }
    }
}
