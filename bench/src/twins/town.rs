//! Households of invented people, and their records.

use std::path::Path;

use super::hand;
use crate::chance::Chance;
use crate::search::corpus::{Name, Town as Names};

/// A date as it was written: month and day may be missing.
#[derive(Clone, PartialEq, Eq)]
pub struct Born(pub i16, pub Option<(i8, i8)>);

impl Born {
    pub fn iso(&self) -> String {
        match self.1 {
            Some((month, day)) => format!("{:04}-{month:02}-{day:02}", self.0),
            None => format!("{:04}", self.0),
        }
    }
}

/// Whom to call.
#[derive(Clone)]
pub struct Contact {
    pub name: String,
    pub phone: String,
}

/// One record of somebody.
#[derive(Clone)]
pub struct Record {
    /// Whose; only the labels know.
    pub person: usize,
    pub family: String,
    pub given: String,
    /// Empty where no reading is written.
    pub family_kana: String,
    pub given_kana: String,
    /// `f`, `m` or nothing.
    pub sex: &'static str,
    pub born: Born,
    /// As written.
    pub address: String,
    pub phones: Vec<String>,
    pub contacts: Vec<Contact>,
}

impl Record {
    pub const HEAD: &str =
        "unique_id,family,given,family_kana,given_kana,sex,born,address,phones,contacts\n";

    /// The record as a line; lists are parted by `|`.
    pub fn line(&self, at: usize) -> String {
        let contacts: Vec<&str> = self
            .contacts
            .iter()
            .flat_map(|one| [&*one.name, &*one.phone])
            .collect();
        format!(
            "{at},{},{},{},{},{},{},{},{},{}\n",
            self.family,
            self.given,
            self.family_kana,
            self.given_kana,
            self.sex,
            self.born.iso(),
            self.address,
            self.phones.join("|"),
            contacts.join("|"),
        )
    }

    /// What two records worth comparing have in common.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = vec![
            format!("person {}", self.person),
            format!("name {}{}", self.family, self.given),
        ];
        if self.born.1.is_some() {
            keys.push(format!("born {}", self.born.iso()));
        }
        if !self.given_kana.is_empty() {
            keys.push(format!("kana {}{}", self.family_kana, self.given_kana));
            keys.push(format!("given {} {}", self.given_kana, self.born.0));
        }
        keys.push(format!("given {} {}", self.given, self.born.0));
        keys.extend(self.phones.iter().map(|phone| format!("phone {phone}")));
        keys
    }
}

/// Somebody as they are.
#[derive(Clone)]
pub struct Truth {
    pub family: Name,
    pub given: Name,
    /// The name before marriage, or of a second one.
    pub other_family: Name,
    pub sex: &'static str,
    pub born: (i16, i8, i8),
    pub home: Home,
    pub other_home: Home,
    pub landline: String,
    pub mobile: String,
    pub other_mobile: String,
    pub contacts: Vec<Contact>,
}

/// Where somebody lives.
#[derive(Clone)]
pub struct Home {
    pub town: &'static str,
    pub blocks: [usize; 3],
    pub building: String,
}

const TOWNS: [&str; 24] = [
    "潮見台",
    "若草",
    "汐入",
    "浜通り",
    "松ヶ丘",
    "本町",
    "川端",
    "桜坂",
    "北谷",
    "三ツ橋",
    "南台",
    "梅里",
    "小金",
    "上原",
    "下田",
    "緑ヶ丘",
    "東雲",
    "西新",
    "柳町",
    "宮前",
    "清水",
    "栄",
    "旭",
    "鶴見台",
];

/// Everybody, and what is written of them.
pub struct Town {
    pub records: Vec<Record>,
    people: usize,
    twice: usize,
}

/// Of a hundred people so many have a second record. Ten times what a town has, so that there are
/// enough pairs to count; how many of the found are right would else hang on the share.
const TWICE: usize = 12;

impl Town {
    pub fn make(names: &Path, people: usize, seed: u64) -> anyhow::Result<Town> {
        let names = Names::make(names, people, seed)?;
        let mut chance = Chance::new(seed ^ 0x7477_696e);
        let mut all: Vec<Truth> = Vec::with_capacity(people);
        while all.len() < people {
            let at = all.len();
            household(&names, at, people - at, &mut chance, &mut all);
        }
        let (mut records, mut twice) = (Vec::new(), 0);
        for (person, truth) in all.iter().enumerate() {
            records.push(hand::first(person, truth, &mut chance));
            if chance.below(100) < TWICE {
                records.push(hand::second(person, truth, &mut chance));
                twice += 1;
            }
        }
        Ok(Town {
            records,
            people,
            twice,
        })
    }

    pub fn summary(&self) -> String {
        format!(
            "town: {} people, {} of them with two records",
            self.people, self.twice
        )
    }
}

/// The next household, at most `most` people: alone, a couple, parent and child, sisters or
/// brothers, twins, or a home for the aged.
fn household(names: &Names, at: usize, most: usize, chance: &mut Chance, all: &mut Vec<Truth>) {
    let first = somebody(names, at, chance);
    let kind = chance.below(1_000);
    let size = match kind {
        0..=2 => 12,
        3..=470 => 1,
        _ => 2,
    };
    let size = size.min(most);
    for member in 0..size {
        let mut one = first.clone();
        if member > 0 {
            let own = somebody(names, at + member, chance);
            one = Truth {
                home: first.home.clone(),
                landline: first.landline.clone(),
                ..own
            };
            match kind {
                // Only the address and the phone of the home are shared.
                0..=2 => {}
                471..=879 => couple(&first, &mut one, chance),
                880..=939 => {
                    (one.family, one.contacts) = (first.family.clone(), first.contacts.clone())
                }
                940..=979 => siblings(&first, &mut one),
                _ => twins(names, &first, &mut one, chance),
            }
        }
        all.push(one);
    }
    if kind >= 471 && size == 2 {
        each_other(all, chance);
    }
}

fn couple(first: &Truth, one: &mut Truth, chance: &mut Chance) {
    one.family = first.family.clone();
    one.sex = if first.sex == "f" { "m" } else { "f" };
    one.born.0 = (first.born.0 + chance.below(9) as i16 - 4).clamp(1926, 1961);
    one.contacts.clone_from(&first.contacts);
}

fn siblings(first: &Truth, one: &mut Truth) {
    one.family = first.family.clone();
    one.sex = first.sex;
    one.contacts.clone_from(&first.contacts);
}

/// Born the same day; often of one sex, and often with a character of the name in common.
fn twins(names: &Names, first: &Truth, one: &mut Truth, chance: &mut Chance) {
    siblings(first, one);
    one.born = first.born;
    if chance.below(100) < 30 {
        one.sex = if first.sex == "f" { "m" } else { "f" };
    }
    if chance.below(100) < 40 {
        let last = first.given.written.chars().last();
        let like = (0..200).map(|_| &names.givens[chance.below(names.givens.len().min(3_000))]);
        let mut like = like.filter(|name| name.written.chars().last() == last);
        if let Some(name) = like.find(|name| name.written != first.given.written) {
            one.given = name.clone();
        }
    }
}

/// Two who live together are often to be called for each other.
fn each_other(all: &mut [Truth], chance: &mut Chance) {
    let [.., a, b] = all else { return };
    if chance.below(100) < 45 {
        let contact = |of: &Truth| Contact {
            name: format!("{} {}", of.family.written, of.given.written),
            phone: of.mobile.clone(),
        };
        let (of_a, of_b) = (contact(a), contact(b));
        a.contacts.insert(0, of_b);
        b.contacts.insert(0, of_a);
    }
}

fn somebody(names: &Names, at: usize, chance: &mut Chance) -> Truth {
    let at = at % names.people.len();
    let other = chance.below(names.people.len());
    let given = names.people[at].given;
    let kin = (0..1 + chance.below(3)).map(|_| {
        let (a, b) = (
            chance.below(names.people.len()),
            chance.below(names.people.len()),
        );
        Contact {
            name: format!("{} {}", names.family(a).written, names.given(b).written),
            phone: mobile(chance),
        }
    });
    let contacts = kin.collect();
    Truth {
        family: names.family(at).clone(),
        given: names.given(at).clone(),
        other_family: names.family(other).clone(),
        // A given name is a woman's or a man's.
        sex: if given % 5 < 3 { "f" } else { "m" },
        born: (
            names.people[at].birth_year,
            1 + chance.below(12) as i8,
            1 + chance.below(28) as i8,
        ),
        home: home(chance),
        other_home: home(chance),
        landline: format!("03-0{:03}-{:04}", chance.below(1_000), chance.below(10_000)),
        mobile: mobile(chance),
        other_mobile: mobile(chance),
        contacts,
    }
}

fn mobile(chance: &mut Chance) -> String {
    format!(
        "090-0{:03}-{:04}",
        chance.below(1_000),
        chance.below(10_000)
    )
}

fn home(chance: &mut Chance) -> Home {
    let flat = chance.below(100) < 35;
    let building = ["コーポ", "ハイツ", "メゾン", "都営アパート"][chance.below(4)];
    Home {
        town: TOWNS[chance.below(TOWNS.len())],
        blocks: [
            1 + chance.below(5),
            1 + chance.below(35),
            1 + chance.below(25),
        ],
        building: match flat {
            true => format!(
                "{building}{}",
                101 + chance.below(6) + 100 * chance.below(5)
            ),
            false => String::new(),
        },
    }
}
