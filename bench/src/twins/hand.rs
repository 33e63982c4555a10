//! How somebody is written down, the first time and by another hand.

use super::town::{Born, Contact, Home, Record, Truth};
use crate::chance::Chance;
use crate::search::rewrite::variant;

/// The first record: a form filled in at the counter.
pub fn first(person: usize, truth: &Truth, chance: &mut Chance) -> Record {
    let mut record = plain(person, truth, chance);
    if chance.below(100) < 10 {
        (record.family_kana, record.given_kana) = (String::new(), String::new());
    }
    record
}

/// The second: an old roster, a phone call, another center, another year.
pub fn second(person: usize, truth: &Truth, chance: &mut Chance) -> Record {
    let mut record = plain(person, truth, chance);
    let by_lot = |percent: usize, chance: &mut Chance| chance.below(100) < percent;
    if by_lot(10, chance) {
        record.family.clone_from(&truth.other_family.written);
        record.family_kana.clone_from(&truth.other_family.reading);
    }
    if by_lot(25, chance) {
        record.family = variant(&record.family).unwrap_or(record.family);
        record.given = variant(&record.given).unwrap_or(record.given);
    }
    if by_lot(8, chance) {
        record.given.clone_from(&truth.given.reading);
    }
    if by_lot(7, chance) {
        record.given_kana = mistyped_kana(&record.given_kana, chance);
    }
    if by_lot(25, chance) {
        (record.family_kana, record.given_kana) = (String::new(), String::new());
    }
    record.born = born(truth, chance);
    match chance.below(100) {
        0..=14 => record.address = written(&truth.other_home, chance),
        15..=29 => {
            let home = Home {
                building: String::new(),
                ..truth.home.clone()
            };
            record.address = written(&home, chance);
        }
        30..=33 => record.address = String::new(),
        _ => {}
    }
    record.phones = second_phones(truth, chance);
    if by_lot(3, chance) {
        record.sex = "";
    }
    if by_lot(25, chance) {
        record.contacts.clear();
    }
    record
}

fn plain(person: usize, truth: &Truth, chance: &mut Chance) -> Record {
    let mut phones = Vec::new();
    if chance.below(100) < 70 {
        phones.push(truth.landline.clone());
    }
    if phones.is_empty() || chance.below(100) < 50 {
        phones.push(truth.mobile.clone());
    }
    let some = |_: &&Contact| chance.below(100) < 75;
    let contacts = truth.contacts.iter().filter(some).cloned().collect();
    Record {
        person,
        family: truth.family.written.clone(),
        given: truth.given.written.clone(),
        family_kana: truth.family.reading.clone(),
        given_kana: truth.given.reading.clone(),
        sex: truth.sex,
        born: Born(truth.born.0, Some((truth.born.1, truth.born.2))),
        address: written(&truth.home, chance),
        phones,
        contacts,
    }
}

/// In one of the ways in which addresses are written.
fn written(home: &Home, chance: &mut Chance) -> String {
    let [a, b, c] = home.blocks;
    let numbers = match chance.below(3) {
        0 => format!("{a}丁目{b}番{c}号"),
        1 => {
            let wide = |n: usize| {
                let digits = n.to_string();
                let wide = digits
                    .chars()
                    .map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c));
                wide.collect::<String>()
            };
            format!("{}－{}－{}", wide(a), wide(b), wide(c))
        }
        _ => format!("{a}-{b}-{c}"),
    };
    let city = if chance.below(2) == 0 { "南市" } else { "" };
    let gap = if home.building.is_empty() { "" } else { " " };
    format!("{city}{}{numbers}{gap}{}", home.town, home.building)
}

fn born(truth: &Truth, chance: &mut Chance) -> Born {
    let (year, month, day) = truth.born;
    match chance.below(100) {
        0..=2 => Born(year, Some((month, slip(day, 28, chance)))),
        3..=4 => Born(year, Some((slip(month, 12, chance), day))),
        5..=6 if day <= 12 => Born(year, Some((day, month))),
        7 => Born(year + 1, Some((month, day))),
        8 => Born(year - 10, Some((month, day))),
        9..=11 => Born(year, None),
        // Somebody guessed: an age was asked, not a date.
        12 => Born(year + 2, Some((1, 1))),
        _ => Born(year, Some((month, day))),
    }
}

/// A neighbouring number, as a finger beside the key makes it.
fn slip(number: i8, most: i8, chance: &mut Chance) -> i8 {
    let other = if chance.below(2) == 0 {
        number + 1
    } else {
        number - 1
    };
    if (1..=most).contains(&other) {
        other
    } else {
        2
    }
}

fn second_phones(truth: &Truth, chance: &mut Chance) -> Vec<String> {
    match chance.below(100) {
        0..=9 => vec![],
        10..=24 => vec![truth.other_mobile.clone()],
        25..=28 => vec![mistyped_digits(&truth.landline, chance)],
        29..=54 => vec![truth.mobile.clone()],
        _ => vec![truth.landline.clone()],
    }
}

fn mistyped_digits(phone: &str, chance: &mut Chance) -> String {
    let last = char::from(b'0' + chance.below(10) as u8);
    let mut text = phone.to_owned();
    text.pop();
    text.push(last);
    text
}

/// One kana is another.
fn mistyped_kana(reading: &str, chance: &mut Chance) -> String {
    const KANA: [char; 20] = [
        'ア', 'イ', 'カ', 'キ', 'ク', 'コ', 'サ', 'シ', 'タ', 'ツ', 'ト', 'ナ', 'ネ', 'ハ', 'マ',
        'ミ', 'ヤ', 'ユ', 'ラ', 'リ',
    ];
    let mut all: Vec<char> = reading.chars().collect();
    if all.len() > 1 {
        let at = 1 + chance.below(all.len() - 1);
        all[at] = KANA[chance.below(KANA.len())];
    }
    all.into_iter().collect()
}
