#![allow(clippy::unwrap_used)]
use jiff::civil::{Date, date};
use words::phone::Phone;

use super::*;
use crate::people::clues::{self, Clue, LIKELY};

const TODAY: Date = date(2026, 11, 20);

#[test]
fn somebody_joins_leaves_and_comes_back() {
    let mut terms = Terms::since(date(2026, 4, 10));
    assert_eq!(terms.standing(TODAY), Some(Standing::In));
    let early = terms.leave(date(2026, 4, 9), TODAY);
    assert!(matches!(early, Err(Refusal::NotThen)));
    assert!(matches!(
        terms.leave(date(2028, 1, 1), TODAY),
        Err(Refusal::NotThen)
    ));
    terms.leave(date(2027, 3, 31), TODAY).unwrap();
    assert_eq!(
        terms.standing(TODAY),
        Some(Standing::Leaving(date(2027, 3, 31)))
    );
    assert!(terms.has(date(2027, 3, 31)) && !terms.has(date(2027, 4, 1)));
    assert!(matches!(terms.leave(TODAY, TODAY), Err(Refusal::StandsSo)));
    terms.stay().unwrap();
    assert!(matches!(terms.stay(), Err(Refusal::StandsSo)));
    terms.leave(date(2026, 10, 31), TODAY).unwrap();
    assert_eq!(
        terms.standing(TODAY),
        Some(Standing::Out(date(2026, 10, 31)))
    );
    let again = terms.come_back(date(2026, 10, 31), TODAY);
    assert!(matches!(again, Err(Refusal::NotThen)));
    terms.come_back(date(2026, 12, 1), TODAY).unwrap();
    assert_eq!(
        terms.standing(TODAY),
        Some(Standing::Coming(date(2026, 12, 1)))
    );
    assert!(matches!(
        terms.come_back(TODAY, TODAY),
        Err(Refusal::StandsSo)
    ));
    assert_eq!(terms.0.len(), 2);
    assert_eq!(Terms::default().standing(TODAY), None);
}

#[test]
fn a_supporter_is_found_by_each_way_of_the_name_and_by_the_phone() {
    let details = Details {
        name: "渡邊 花子".to_owned(),
        kana: "ワタナベ ハナコ".to_owned(),
        phone: Phone::parse("090-0123-4567").ok(),
        ..Details::default()
    };
    let stands = clues_of(&details);
    let fit = |typed: &str| -> u32 {
        let asked = clues::asked(typed);
        let fitting = asked.iter().filter(|clue| stands.contains(clue));
        fitting.map(Clue::weight).sum()
    };
    for typed in ["渡辺　花子", "わたなべはなこ", "09001234567"] {
        assert!(fit(typed) >= LIKELY, "{typed}");
    }
    assert_eq!(fit("4567"), 1);
    assert_eq!(fit("ワタナベ"), 1);
    assert_eq!(fit("佐藤"), 0);
}
