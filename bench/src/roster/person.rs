//! One invented person as a row of a roster.

use super::lists::{
    ALLERGIES, BUILDINGS, CARE, CLINICS, DEPARTMENTS, DRUGS, ILLNESSES, LIVING, NOTES, Name, Names,
    PLACES, Place, RELATIONS,
};
use crate::chance::Chance;

/// The person a contact is somebody to.
struct Owner<'a> {
    family: &'a Name,
    woman: bool,
    alone: bool,
}

/// The cells of one person, in the order of the head. No cell holds a comma.
pub fn invent(number: usize, names: &Names, chance: &mut Chance) -> Vec<String> {
    let woman = chance.below(100) < 58;
    let family = common(&names.families, chance);
    let given = common(names.given(woman), chance);
    let place = common(PLACES, chance);
    let living = *common(LIVING, chance);
    let mut cells = vec![
        format!("{number:05}"),
        format!("{}　{}", family.0, given.0),
        format!("{} {}", family.1, given.1),
        if woman { "女" } else { "男" }.to_owned(),
        born(chance),
        place.1.to_owned(),
        address(place, chance),
        phone(chance),
        living.to_owned(),
    ];
    let owner = Owner {
        family,
        woman,
        alone: living == "独居",
    };
    contacts(&owner, names, &mut cells, chance);
    medical(names, &mut cells, chance);
    cells.push(text(common(CARE, chance)));
    cells.push(registered(chance));
    cells.push(sometimes(18, NOTES, chance));
    cells
}

/// Nearer the head of the list is likelier, as with real names.
fn common<'a, T>(list: &'a [T], chance: &mut Chance) -> &'a T {
    let at = (chance.unit() * chance.unit() * list.len() as f64) as usize;
    &list[at.min(list.len() - 1)]
}

fn text(word: &&str) -> String {
    (*word).to_owned()
}

fn sometimes(percent: usize, list: &[&str], chance: &mut Chance) -> String {
    if chance.below(100) < percent {
        text(common(list, chance))
    } else {
        String::new()
    }
}

/// Ages 66 to 99 in 2026, most of them about 80, in one of the ways dates are written.
fn born(chance: &mut Chance) -> String {
    let year = 1927 + chance.below(17) + chance.below(18);
    let (month, day) = (1 + chance.below(12), 1 + chance.below(28));
    match chance.below(10) {
        0..=4 => format!("昭和{}年{month}月{day}日", era_year(year - 1925)),
        5..=7 => format!("S{}.{month}.{day}", year - 1925),
        8 => format!("{year}/{month:02}/{day:02}"),
        _ => format!("{year}年{month}月{day}日"),
    }
}

fn era_year(year: usize) -> String {
    if year == 1 {
        "元".to_owned()
    } else {
        year.to_string()
    }
}

fn registered(chance: &mut Chance) -> String {
    let (year, month, day) = (
        1 + chance.below(8),
        1 + chance.below(12),
        1 + chance.below(28),
    );
    match year {
        // Reiwa began in May, and the roster is of April 2026.
        1 => format!("令和元年{}月{day}日", 5 + month % 8),
        8 => format!("令和8年{}月{day}日", 1 + month % 3),
        _ => format!("令和{year}年{month}月{day}日"),
    }
}

fn address(place: &Place, chance: &mut Chance) -> String {
    let block = 1 + chance.below(place.2);
    let (number, house) = (1 + chance.below(30), 1 + chance.below(20));
    let plain = format!("みなみ町{}{block}-{number}-{house}", place.0);
    if chance.below(100) < 30 {
        let building = common(BUILDINGS, chance);
        return format!(
            "{plain}　{building}{}{:02}号室",
            1 + chance.below(8),
            1 + chance.below(9)
        );
    }
    plain
}

/// 03-0… and 090-0…: numbers in a range that is not given out.
fn phone(chance: &mut Chance) -> String {
    let (middle, last) = (chance.below(1_000), chance.below(10_000));
    let area = if chance.below(100) < 70 { "03" } else { "090" };
    format!("{area}-0{middle:03}-{last:04}")
}

fn contacts(owner: &Owner<'_>, names: &Names, cells: &mut Vec<String>, chance: &mut Chance) {
    let second = chance.below(100) < 64;
    contact(owner, names, cells, chance);
    if second {
        contact(owner, names, cells, chance);
    } else {
        cells.extend([const { String::new() }; 3]);
    }
}

fn contact(owner: &Owner<'_>, names: &Names, cells: &mut Vec<String>, chance: &mut Chance) {
    let (relation, woman) = match *common(RELATIONS, chance) {
        ("妻" | "夫", _) if owner.alone => ("姪", true),
        ("妻" | "夫", _) if owner.woman => ("夫", false),
        ("妻" | "夫", _) => ("妻", true),
        other => other,
    };
    let kin = !["友人", "近所の人", "大家"].contains(&relation);
    let same_name = kin && chance.below(100) < 55;
    let family = if same_name {
        owner.family
    } else {
        common(&names.families, chance)
    };
    let given = common(names.given(woman), chance);
    cells.push(format!("{} {}", family.0, given.0));
    cells.push(relation.to_owned());
    cells.push(format!(
        "090-0{:03}-{:04}",
        chance.below(1_000),
        chance.below(10_000)
    ));
}

fn medical(names: &Names, cells: &mut Vec<String>, chance: &mut Chance) {
    let clinic = common(CLINICS, chance);
    cells.push(clinic.0.to_owned());
    cells.push(text(common(DEPARTMENTS, chance)));
    cells.push(format!("{}医師", common(&names.families, chance).0));
    cells.push(clinic.1.to_owned());
    let mut illness = sometimes(75, ILLNESSES, chance);
    if !illness.is_empty() && chance.below(100) < 25 {
        illness = format!("{illness}、{}", common(ILLNESSES, chance));
    }
    cells.push(illness);
    let mut drugs = sometimes(70, DRUGS, chance);
    if chance.below(100) < 6 {
        drugs = format!("{drugs}（{}アレルギー）", common(ALLERGIES, chance));
    }
    cells.push(drugs);
}
