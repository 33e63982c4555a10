//! Whom a row may mean: everybody registered, and the rows above it.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use words::kana::Reading;
use words::kanji::fold;
use words::name::WrittenName;
use words::phone::Phone;

use super::entry::Entry;
use crate::ids::PersonId;
use crate::people::rules::{Identity, redacted};

/// Somebody a row may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Registered.
    Person(PersonId),
    /// A row above, by its number.
    Row(u32),
    /// Nobody any more: the record was erased on this day.
    Erased(Date),
}

/// Somebody alike, and why.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Like {
    /// Who.
    pub who: Who,
    /// 「氏名が同じ」「生年月日が同じ」
    pub reasons: Vec<String>,
}

/// Where a row belongs.
pub enum Placement {
    /// Nobody is like it.
    New,
    /// This person.
    Known(PersonId),
    /// Perhaps one of these: somebody has to say.
    Like(Vec<Like>),
    /// Its number is somebody else's.
    Clash(Who),
}

/// What is compared of somebody.
#[derive(Clone)]
pub struct Brief {
    who: Who,
    /// As written, without spaces.
    written: String,
    /// Folded, without spaces.
    name: String,
    family: String,
    given: String,
    kana: String,
    born: String,
    phones: Vec<String>,
    address: String,
    number: String,
    /// The row that was found to be this person.
    seen: Option<u32>,
}

redacted!(Like, Brief);

impl Brief {
    /// Of somebody registered.
    pub fn of_person(id: PersonId, identity: &Identity) -> Brief {
        let (family, given) = (identity.name.family(), identity.name.given());
        Brief {
            who: Who::Person(id),
            written: unspaced(&format!("{family}{given}")),
            name: fold(&format!("{family}{given}")),
            family: fold(family),
            given: fold(given),
            kana: sounds(&[identity.family_kana.as_ref(), identity.given_kana.as_ref()]),
            born: identity.born.iso(),
            phones: identity.phones.iter().map(Phone::digits).collect(),
            address: identity
                .address
                .as_ref()
                .map(words::address::Address::key)
                .unwrap_or_default(),
            number: number_key(identity.old_number.as_deref()),
            seen: None,
        }
    }

    /// What somebody may be known by again who was erased: name with birth date, reading with birth
    /// date. A name alone never tells anybody.
    pub fn traces(&self) -> Vec<String> {
        let parts = [("name", &self.name), ("kana", &self.kana)];
        let known = parts.iter().filter(|(_, text)| !text.is_empty());
        known
            .map(|(what, text)| format!("{what}|{text}|{}", self.born))
            .collect()
    }

    /// Of a row.
    pub fn of_entry(row: u32, entry: &Entry) -> Brief {
        let (whole, family, given) = match &entry.name {
            WrittenName::Unsplit(name) => (name.as_str().to_owned(), "", ""),
            WrittenName::Split(name) => (
                format!("{}{}", name.family(), name.given()),
                name.family(),
                name.given(),
            ),
        };
        let kana = [
            entry.family_kana.as_ref(),
            entry.given_kana.as_ref(),
            entry.whole_kana.as_ref(),
        ];
        Brief {
            who: Who::Row(row),
            written: unspaced(&whole),
            name: fold(&whole),
            family: fold(family),
            given: fold(given),
            kana: sounds(&kana),
            born: entry.born.iso(),
            phones: entry.phones.iter().map(Phone::digits).collect(),
            address: entry
                .address
                .as_ref()
                .map(words::address::Address::key)
                .unwrap_or_default(),
            number: number_key(entry.old_number.as_deref()),
            seen: None,
        }
    }
}

/// What somebody may be known by again once the record is erased.
pub fn traces(identity: &Identity) -> Vec<String> {
    Brief::of_person(PersonId(0), identity).traces()
}

/// Somebody of this name and birth date was erased: it is asked, never decided.
pub fn erased_like(on: Date) -> Like {
    let day = on.strftime("%Y年%-m月%-d日");
    Like {
        who: Who::Erased(on),
        reasons: vec![format!(
            "氏名（またはフリガナ）と生年月日が同じ方の記録は、{day}に消去されています"
        )],
    }
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn sounds(parts: &[Option<&Reading>]) -> String {
    let known = parts.iter().copied().flatten().map(Reading::as_str);
    known.collect::<String>().replace('・', "")
}

/// A number without width and leading zeros, which spreadsheets drop: 00012 and 12 are one.
fn number_key(number: Option<&str>) -> String {
    let folded: String = number
        .unwrap_or_default()
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .collect();
    let bare = folded.trim_start_matches('0');
    if bare.is_empty() {
        folded
    } else {
        bare.to_owned()
    }
}

/// Everybody a row is compared with.
#[derive(Default)]
pub struct Prior {
    briefs: Vec<Brief>,
    by_number: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_birth: HashMap<String, Vec<usize>>,
}

impl Prior {
    /// Adds somebody.
    pub fn add(&mut self, brief: Brief) {
        let at = self.briefs.len();
        if !brief.number.is_empty() {
            self.by_number
                .entry(brief.number.clone())
                .or_default()
                .push(at);
        }
        self.by_name.entry(brief.name.clone()).or_default().push(at);
        self.by_birth
            .entry(brief.born.clone())
            .or_default()
            .push(at);
        self.briefs.push(brief);
    }

    /// Says whom a row means, and remembers the row for those below it.
    pub fn place(&mut self, row: u32, brief: Brief) -> Placement {
        let placement = self.find(&brief);
        match &placement {
            Placement::New => self.add(brief),
            Placement::Known(person) => {
                let found = self
                    .briefs
                    .iter_mut()
                    .find(|one| one.who == Who::Person(*person));
                if let Some(found) = found {
                    found.seen = Some(row);
                }
            }
            Placement::Like(_) | Placement::Clash(_) => {}
        }
        placement
    }

    fn find(&self, brief: &Brief) -> Placement {
        let numbered = self
            .by_number
            .get(&brief.number)
            .map_or(&[][..], Vec::as_slice);
        let mut owners = numbered.iter().map(|at| &self.briefs[*at]);
        if let Some(owner) = owners.find(|owner| alike(owner, brief)) {
            return match (owner.who, owner.seen) {
                (Who::Person(person), None) => Placement::Known(person),
                _ => Placement::Like(vec![like(owner, brief)]),
            };
        }
        match numbered.first() {
            Some(at) => Placement::Clash(self.briefs[*at].who),
            None => self.find_unnumbered(brief),
        }
    }

    fn find_unnumbered(&self, brief: &Brief) -> Placement {
        let lists = [
            self.by_name.get(&brief.name),
            self.by_birth.get(&brief.born),
        ];
        let mut at: Vec<usize> = lists.into_iter().flatten().flatten().copied().collect();
        at.sort_unstable();
        at.dedup();
        let near: Vec<&Brief> = at
            .iter()
            .map(|at| &self.briefs[*at])
            .filter(|one| near(one, brief))
            .collect();
        match near.as_slice() {
            [] => Placement::New,
            [one] if surely(one, brief) => match one.who {
                Who::Person(person) => Placement::Known(person),
                Who::Row(_) | Who::Erased(_) => Placement::Like(vec![like(one, brief)]),
            },
            _ => Placement::Like(near.into_iter().map(|one| like(one, brief)).collect()),
        }
    }
}

/// One number, and the name or the birth date with the reading or the given name agree.
fn alike(a: &Brief, b: &Brief) -> bool {
    let born = a.born == b.born;
    a.name == b.name || born && (same(&a.kana, &b.kana) || same(&a.given, &b.given))
}

/// Enough agrees to ask.
fn near(a: &Brief, b: &Brief) -> bool {
    let born = a.born == b.born;
    let placed = same(&a.address, &b.address) || shares_phone(a, b);
    let named = a.name == b.name || same(&a.kana, &b.kana);
    let part = same(&a.family, &b.family) || same(&a.given, &b.given);
    named && (born || placed) || born && placed && part
}

/// A row without a number is somebody only if name, birth date and place all agree as written.
fn surely(a: &Brief, b: &Brief) -> bool {
    let numbers = a.number.is_empty() || b.number.is_empty();
    let placed = same(&a.address, &b.address) || shares_phone(a, b);
    numbers && a.seen.is_none() && a.written == b.written && a.born == b.born && placed
}

fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a == b
}

fn shares_phone(a: &Brief, b: &Brief) -> bool {
    a.phones.iter().any(|phone| b.phones.contains(phone))
}

fn like(one: &Brief, row: &Brief) -> Like {
    let name = match (one.written == row.written, one.name == row.name) {
        (true, _) => "氏名が同じ",
        (false, true) => "氏名が異体字ちがい",
        (false, false) => "氏名の字がちがう",
    };
    let told = [
        (same(&one.number, &row.number), "登録番号が同じ"),
        (true, name),
        (same(&one.kana, &row.kana), "フリガナが同じ"),
        (one.born == row.born, "生年月日が同じ"),
        (one.born != row.born, "生年月日はちがう"),
        (same(&one.address, &row.address), "住所が同じ"),
        (shares_phone(one, row), "電話が同じ"),
    ];
    let reasons = told
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, words)| (*words).to_owned());
    let mut reasons: Vec<String> = reasons.collect();
    reasons.extend(one.seen.map(|row| format!("{row}行目と同じ方")));
    Like {
        who: one.who,
        reasons,
    }
}
