//! Two records side by side, field by field.

use words::date::PartialDate;
use words::sound::distance;

use super::side::{Half, Home, Near, Side};
use super::weights::{Level, Likeness};

/// How two records compare. What either lacks is not compared, and says nothing.
pub fn compare(a: &Side, b: &Side) -> Likeness {
    let [family, given] = names(a, b);
    let levels = [
        family,
        given,
        sex(a, b),
        Some(born(&a.born, &b.born)),
        homes(a.home.as_ref(), b.home.as_ref()),
        phones(&a.phones, &b.phones),
        contacts(a, b),
        (!a.number.is_empty() && a.number == b.number).then_some(Level::NumberSame),
    ];
    Likeness {
        levels: levels.into_iter().flatten().collect(),
    }
}

/// How near two halves are.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Nearness {
    Same,
    Variant,
    Sound,
    Voice,
    OneSound,
    Part,
    Unheard,
    Other,
}

/// Readings this near differ by a long vowel or a way of writing only.
const SAME_SOUND: u16 = 12;
/// By voicing, or by small kana besides.
const VOICE: u16 = 60;
/// By one sound.
const ONE_SOUND: u16 = 100;

fn names(a: &Side, b: &Side) -> [Option<Level>; 2] {
    if a.given.written.is_empty() || b.given.written.is_empty() {
        return wholes(a, b);
    }
    let family = match halves(&a.family, &b.family) {
        Nearness::Same => Level::FamilySame,
        Nearness::Variant => Level::FamilyVariant,
        Nearness::Sound => Level::FamilySound,
        Nearness::Voice | Nearness::OneSound | Nearness::Part => Level::FamilyNear,
        Nearness::Unheard => Level::FamilyUnheard,
        Nearness::Other => Level::FamilyOther,
    };
    let given = match halves(&a.given, &b.given) {
        Nearness::Same => Level::GivenSame,
        Nearness::Variant => Level::GivenVariant,
        Nearness::Sound => Level::GivenSound,
        Nearness::Voice => Level::GivenNear,
        Nearness::OneSound => Level::GivenOneSound,
        Nearness::Part => Level::GivenPart,
        Nearness::Unheard => Level::GivenUnheard,
        Nearness::Other => Level::GivenOther,
    };
    [Some(family), Some(given)]
}

/// A name in one piece on either side: it agrees as a whole, or tells nothing by halves.
fn wholes(a: &Side, b: &Side) -> [Option<Level>; 2] {
    let ((name, kana), (other, other_kana)) = (a.whole(), b.whole());
    if name == other {
        return [Some(Level::FamilySame), Some(Level::GivenSame)];
    }
    if !kana.is_empty() && kana == other_kana {
        return [Some(Level::FamilySound), Some(Level::GivenSound)];
    }
    let far = match kana.is_empty() || other_kana.is_empty() {
        true => common(&name, &other) == 0,
        false => distance(&kana, &other_kana, 2 * ONE_SOUND).is_none(),
    };
    match far {
        true => [Some(Level::FamilyUnheard), Some(Level::GivenUnheard)],
        false => [None, None],
    }
}

fn halves(a: &Half, b: &Half) -> Nearness {
    if a.written == b.written {
        return Nearness::Same;
    }
    if a.folded == b.folded {
        return Nearness::Variant;
    }
    let shared = common(&a.folded, &b.folded);
    if a.kana.is_empty() || b.kana.is_empty() {
        return match shared {
            0 => Nearness::Unheard,
            _ => Nearness::Part,
        };
    }
    match distance(&a.kana, &b.kana, ONE_SOUND).map(|near| near.cost) {
        Some(..=SAME_SOUND) => Nearness::Sound,
        Some(..=VOICE) => Nearness::Voice,
        Some(_) => Nearness::OneSound,
        None => Nearness::Other,
    }
}

/// How many characters stand in both.
fn common(a: &str, b: &str) -> usize {
    a.chars().filter(|c| b.contains(*c)).count()
}

fn sex(a: &Side, b: &Side) -> Option<Level> {
    match a.sex? == b.sex? {
        true => Some(Level::SexSame),
        false => Some(Level::SexOther),
    }
}

fn born(a: &PartialDate, b: &PartialDate) -> Level {
    let whole = |date: &PartialDate| date.full().is_some();
    let agree = |x: Option<i8>, y: Option<i8>| x.is_none() || y.is_none() || x == y;
    if whole(a) && whole(b) {
        return match (a.iso() == b.iso(), a.year() == b.year()) {
            (true, _) => Level::BornSame,
            (false, _) if is_slip(a, b) => Level::BornSlip,
            (false, true) => Level::BornYear,
            (false, false) => Level::BornOther,
        };
    }
    let loose = i16::from(a.is_about() || b.is_about()) * 2;
    let near = (a.year() - b.year()).abs() <= loose;
    match near && (loose > 0 || agree(a.month(), b.month()) && agree(a.day(), b.day())) {
        true => Level::BornPart,
        false if a.year() == b.year() => Level::BornYear,
        false => Level::BornOther,
    }
}

/// Years between one era and the next, by which a date goes astray: 明治–大正, 大正–昭和,
/// 昭和–平成, and the era's year taken for the last two digits of a western one (昭和, 大正); one
/// year, where an era was counted from zero.
const ERA_SLIPS: [i16; 6] = [44, 14, 63, 25, 11, 1];

/// Month and day changed places, another era, two neighbouring digits swapped, or one digit.
fn is_slip(a: &PartialDate, b: &PartialDate) -> bool {
    let same_day = a.month() == b.month() && a.day() == b.day();
    let years = (a.year() - b.year()).abs();
    let turned = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    turned || same_day && ERA_SLIPS.contains(&years) || is_digit_slip(&a.iso(), &b.iso())
}

/// Texts of one length that differ in one character, or in two neighbours that changed places.
fn is_digit_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
    match differ[..] {
        [_] => true,
        [x, y] => x + 1 == y && a[x] == b[y] && a[y] == b[x],
        _ => false,
    }
}

fn homes(a: Option<&Home>, b: Option<&Home>) -> Option<Level> {
    let (a, b) = (a?, b?);
    if a.key == b.key {
        return Some(Level::AddressSame);
    }
    if a.town != b.town || a.blocks.is_empty() || b.blocks.is_empty() {
        return Some(Level::AddressOther);
    }
    // 2-12-18 and 2-12-18-895: the room stands behind the house on one side only.
    let least = a.blocks.len().min(b.blocks.len());
    let house = least >= 2 && a.blocks[..least] == b.blocks[..least];
    Some(match house {
        true => Level::AddressHouse,
        false if a.blocks[0] == b.blocks[0] => Level::AddressNear,
        false => Level::AddressOther,
    })
}

fn phones(a: &[String], b: &[String]) -> Option<Level> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let any = |fits: fn(&str, &str) -> bool| a.iter().any(|x| b.iter().any(|y| fits(x, y)));
    Some(match any(|x, y| x == y) {
        true => Level::PhonesShared,
        false if any(is_digit_slip) => Level::PhonesNear,
        false => Level::PhonesOther,
    })
}

fn contacts(a: &Side, b: &Side) -> Option<Level> {
    if names_other(a, b) || names_other(b, a) {
        return Some(Level::ContactsEachOther);
    }
    if a.contacts.is_empty() || b.contacts.is_empty() {
        return None;
    }
    let shared = a
        .contacts
        .iter()
        .any(|x| b.contacts.iter().any(|y| meet(x, y)));
    Some(match shared {
        true => Level::ContactsShared,
        false => Level::ContactsOther,
    })
}

fn meet(x: &Near, y: &Near) -> bool {
    !x.name.is_empty() && x.name == y.name || x.phones.iter().any(|phone| y.phones.contains(phone))
}

/// Whether `a` names `b` as somebody to call, and not a namesake of `a`.
fn names_other(a: &Side, b: &Side) -> bool {
    let ((own, _), (other, _)) = (a.whole(), b.whole());
    own != other && a.contacts.iter().any(|contact| contact.name == other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn slip(a: &str, b: &str) -> Level {
        born(
            &PartialDate::parse(a).unwrap(),
            &PartialDate::parse(b).unwrap(),
        )
    }

    #[test]
    fn a_slip_of_the_birth_date_is_told_from_another_date() {
        assert_eq!(slip("昭和13年4月2日", "1938-04-02"), Level::BornSame);
        for near in [
            "昭和13年2月4日",
            "大正13年4月2日",
            "昭和13年4月3日",
            "昭和14年4月2日",
            "1913-04-02",
        ] {
            assert_eq!(slip("昭和13年4月2日", near), Level::BornSlip, "{near}");
        }
        assert_eq!(slip("昭和13年4月2日", "昭和13年"), Level::BornPart);
        assert_eq!(slip("昭和13年4月2日", "昭和13年11月25日"), Level::BornYear);
        assert_eq!(slip("昭和13年4月2日", "昭和9年11月25日"), Level::BornOther);
    }
}
