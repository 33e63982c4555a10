//! Whom a row may mean: everybody registered, and the rows above it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use words::date::PartialDate;
use words::kana::Reading;
use words::kanji::fold;
use words::name::WrittenName;
use words::phone::Phone;

use super::entry::Entry;
use super::names::Named;
use crate::ids::PersonId;
use crate::people::rules::{Contacts, Identity, redacted};
use crate::people::twins::{Called, Level, Side, compare};

/// Somebody a row may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// The id in the town that a list of our own came from.
    id: Option<PersonId>,
    /// As written, without spaces.
    written: String,
    /// Folded, without spaces.
    name: String,
    kana: String,
    born: String,
    phones: Vec<String>,
    number: String,
    side: Side,
    /// The row that was found to be this person.
    seen: Option<u32>,
}

redacted!(Like, Brief);

impl Brief {
    /// Of somebody registered.
    pub fn of_person(id: PersonId, identity: &Identity, contacts: &Contacts) -> Brief {
        let (family, given) = (identity.name.family(), identity.name.given());
        let kana = [identity.family_kana.as_ref(), identity.given_kana.as_ref()];
        let number = identity.old_number.as_deref();
        let side = Side::of(identity, contacts);
        Brief::new(
            Who::Person(id),
            &format!("{family}{given}"),
            &kana,
            number,
            side,
        )
        .at(identity.born, &identity.phones)
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

    /// Of a row; `named` where its name can be parted.
    pub fn of_entry(row: u32, entry: &Entry, named: Option<&Named>) -> Brief {
        let whole = match &entry.name {
            WrittenName::Unsplit(name) => name.as_str().to_owned(),
            WrittenName::Split(name) => format!("{}{}", name.family(), name.given()),
        };
        let kana = [
            entry.family_kana.as_ref(),
            entry.given_kana.as_ref(),
            entry.whole_kana.as_ref(),
        ];
        let called = match (named, &entry.name) {
            (Some(named), _) => Called::Parted([
                (named.name.family(), named.family_kana.as_ref()),
                (named.name.given(), named.given_kana.as_ref()),
            ]),
            (None, WrittenName::Split(name)) => Called::Parted([
                (name.family(), entry.family_kana.as_ref()),
                (name.given(), entry.given_kana.as_ref()),
            ]),
            (None, WrittenName::Unsplit(name)) => {
                Called::Whole(name.as_str(), entry.whole_kana.as_ref())
            }
        };
        let contacts = entry.contacts.iter();
        let side = Side::new(called, entry.born)
            .with_sex(entry.sex)
            .with_home(entry.address.as_ref())
            .with_phones(&entry.phones)
            .with_contacts(contacts.map(|one| (&*one.name, &*one.phones)));
        let number = entry.old_number.as_deref();
        let brief = Brief::new(Who::Row(row), &whole, &kana, number, side);
        Brief {
            id: entry.id,
            ..brief.at(entry.born, &entry.phones)
        }
    }

    fn new(
        who: Who,
        whole: &str,
        kana: &[Option<&Reading>],
        number: Option<&str>,
        side: Side,
    ) -> Brief {
        Brief {
            who,
            id: None,
            written: unspaced(whole),
            name: fold(whole),
            kana: sounds(kana),
            born: String::new(),
            phones: Vec::new(),
            number: number_key(number),
            side,
            seen: None,
        }
    }

    fn at(mut self, born: PartialDate, phones: &[Phone]) -> Brief {
        self.born = born.iso();
        self.phones = phones.iter().map(Phone::digits).collect();
        self
    }

    /// Under what somebody alike may stand.
    fn keys(&self) -> impl Iterator<Item = (Key, &str)> {
        let named = [
            (Key::Number, &self.number),
            (Key::Name, &self.name),
            (Key::Sound, &self.kana),
            (Key::Birth, &self.born),
        ];
        let phones = self.phones.iter().map(|phone| (Key::Phone, phone));
        let all = named.into_iter().chain(phones);
        all.map(|(key, text)| (key, &**text))
            .filter(|(_, text)| !text.is_empty())
    }
}

/// What somebody may be known by again once the record is erased.
pub fn traces(identity: &Identity) -> Vec<String> {
    Brief::of_person(PersonId(0), identity, &Contacts::default()).traces()
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

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Number,
    Name,
    Sound,
    Birth,
    Phone,
}

/// Everybody a row is compared with.
#[derive(Default)]
pub struct Prior {
    briefs: Vec<Brief>,
    under: HashMap<(Key, String), Vec<usize>>,
    /// Where each person stands; under several, who is merged of several records.
    people: HashMap<PersonId, Vec<usize>>,
}

impl Prior {
    /// Adds somebody.
    pub fn add(&mut self, brief: Brief) {
        let at = self.briefs.len();
        for (key, text) in brief.keys() {
            self.under
                .entry((key, text.to_owned()))
                .or_default()
                .push(at);
        }
        if let Who::Person(person) = brief.who {
            self.people.entry(person).or_default().push(at);
        }
        self.briefs.push(brief);
    }

    /// Says whom a row means, and remembers the row for those below it.
    pub fn place(&mut self, row: u32, brief: Brief) -> Placement {
        let placement = self.find(&brief);
        match &placement {
            Placement::New => self.add(brief),
            Placement::Known(person) => {
                for at in self.people.get(person).into_iter().flatten() {
                    self.briefs[*at].seen = Some(row);
                }
            }
            Placement::Like(_) | Placement::Clash(_) => {}
        }
        placement
    }

    fn under(&self, key: Key, text: &str) -> &[usize] {
        let found = self.under.get(&(key, text.to_owned()));
        found.map_or(&[], Vec::as_slice)
    }

    fn find(&self, brief: &Brief) -> Placement {
        if let Some(known) = self.find_by_id(brief) {
            return known;
        }
        let numbered = self.under(Key::Number, &brief.number);
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

    /// A list of this town names its people; an id without the name or the birth date names nobody.
    fn find_by_id(&self, brief: &Brief) -> Option<Placement> {
        let briefs = self.people.get(&brief.id?)?.iter();
        let mut owners = briefs.map(|at| &self.briefs[*at]);
        let owner = owners.find(|owner| alike(owner, brief) || owner.born == brief.born)?;
        match (owner.who, owner.seen) {
            (Who::Person(person), None) => Some(Placement::Known(person)),
            _ => None,
        }
    }

    fn find_unnumbered(&self, brief: &Brief) -> Placement {
        let lists = brief.keys().map(|(key, text)| self.under(key, text));
        let mut at: Vec<usize> = lists.flatten().copied().collect();
        at.sort_unstable();
        at.dedup();
        let scored = at.iter().map(|at| {
            (
                &self.briefs[*at],
                compare(&self.briefs[*at].side, &brief.side),
            )
        });
        let mut near: Vec<(&Brief, i32)> = scored
            .filter(|(_, likeness)| likeness.is_likely())
            .map(|(one, likeness)| (one, likeness.sum()))
            .collect();
        near.sort_by_key(|(_, sum)| -sum);
        // A merged record stands under each of its names; the nearest speaks.
        let mut met = HashSet::new();
        near.retain(|(one, _)| met.insert(one.who));
        match near.as_slice() {
            [] => Placement::New,
            [(one, _)] if surely(one, brief) => match one.who {
                Who::Person(person) => Placement::Known(person),
                Who::Row(_) | Who::Erased(_) => Placement::Like(vec![like(one, brief)]),
            },
            _ => Placement::Like(near.into_iter().map(|(one, _)| like(one, brief)).collect()),
        }
    }
}

/// One number, and the name or the birth date with the reading or the given name agree.
fn alike(a: &Brief, b: &Brief) -> bool {
    let levels = compare(&a.side, &b.side).levels;
    let given = [Level::GivenSame, Level::GivenVariant, Level::GivenSound];
    let born = levels.contains(&Level::BornSame);
    a.name == b.name || born && given.iter().any(|level| levels.contains(level))
}

/// A row without a number is somebody only if name, birth date and place all agree as written.
fn surely(a: &Brief, b: &Brief) -> bool {
    let numbers = a.number.is_empty() || b.number.is_empty();
    let levels = compare(&a.side, &b.side).levels;
    let placed = [Level::AddressSame, Level::PhonesShared];
    let placed = placed.iter().any(|level| levels.contains(level));
    numbers && a.seen.is_none() && a.written == b.written && a.born == b.born && placed
}

fn like(one: &Brief, row: &Brief) -> Like {
    let numbered = !one.number.is_empty() && one.number == row.number;
    let number = numbered.then(|| "登録番号が同じ".to_owned());
    let mut reasons: Vec<String> = number.into_iter().collect();
    reasons.extend(compare(&one.side, &row.side).reasons());
    reasons.extend(one.seen.map(|row| format!("{row}行目と同じ方")));
    Like {
        who: one.who,
        reasons,
    }
}
