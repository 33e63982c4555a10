use crate::hand::*;
use rhythm::*;

/// Person n stops n weeks before today.
fn stopping(people: u32) -> Facts {
    let mut facts = town(people, 1);
    for person in 0..people {
        visit(&mut facts, person, 0, |day| day < TODAY - 7 * person as Day);
    }
    facts
}

#[test]
fn the_list_is_no_longer_than_asked_and_the_strongest_first() {
    let facts = stopping(13);
    let list = watch(&facts, TODAY, TODAY, 3);
    assert_eq!(
        list.iter().map(|a| a.person).collect::<Vec<_>>(),
        [12, 11, 10]
    );
    assert!(list[0].sum >= list[1].sum && list[1].sum >= list[2].sum);
    assert_eq!(watch(&facts, TODAY, TODAY, 0), []);
}

#[test]
fn whoever_was_listed_rests_for_eight_weeks() {
    let facts = stopping(13);
    let alerts = watch(&facts, TODAY - 84, TODAY + 21, 5);
    let of = |person| {
        alerts
            .iter()
            .filter(move |a| a.person == person)
            .map(|a| a.day)
    };
    let days: Vec<Day> = of(12).collect();
    assert!(!days.is_empty());
    for two in days.windows(2) {
        assert!(two[1] - two[0] >= 56, "{days:?}");
    }
    for week in alerts.chunk_by(|a, b| a.day == b.day) {
        assert!(week.len() <= 5);
    }
}

#[test]
fn what_was_told_counts_against_being_told_again() {
    let facts = stopping(13);
    let book = Book::read(&facts, TODAY).unwrap();
    let thresholds = Thresholds {
        least_sum: 0.0,
        ..Thresholds::default()
    };
    let listed = |day, sum| Alert {
        person: 12,
        day,
        signal: Signal::Gap,
        onset: day,
        sum,
    };
    let of = |earlier: &[Alert]| {
        let list = book.list(&thresholds, TODAY, earlier, 50);
        list.into_iter()
            .find(|f| f.person == 12)
            .map(|f| (f.sum, f.told))
    };
    let (new, told) = of(&[]).unwrap();
    assert_eq!(told, 0.0);
    assert_eq!(of(&[listed(TODAY - 55, 2.0)]), None);
    let (again, told) = of(&[listed(TODAY - 56, 2.0)]).unwrap();
    assert!((1.7..1.9).contains(&told), "{told}");
    assert!((new - told - again).abs() < 1e-9);
    // A list of today or later is none of before.
    assert_eq!(of(&[listed(TODAY, 2.0)]).unwrap().0, new);
}

#[test]
fn another_and_much_stronger_kind_breaks_the_rest() {
    let facts = stopping(13);
    let book = Book::read(&facts, TODAY).unwrap();
    let of = |signal, sum| {
        let earlier = [Alert {
            person: 12,
            day: TODAY - 14,
            signal,
            onset: 0,
            sum,
        }];
        let list = book.list(&Thresholds::default(), TODAY, &earlier, 50);
        list.iter().any(|f| f.person == 12)
    };
    assert!(of(Signal::SignUps, 1.6));
    assert!(!of(Signal::SignUps, 4.5), "not stronger");
    assert!(!of(Signal::Less, 1.6), "the same absence");
}

#[test]
fn only_what_was_known_on_the_day_counts() {
    let facts = stopping(13);
    let mut known = facts.clone();
    known.meetings.retain(|m| m.day < TODAY);
    known
        .visits
        .retain(|v| (v.meeting as usize) < known.meetings.len());
    assert_eq!(
        watch(&facts, TODAY - 28, TODAY, 4),
        watch(&known, TODAY - 28, TODAY, 4)
    );
    assert!(!watch(&known, TODAY, TODAY, 4).is_empty());
}

#[test]
fn threads_change_nothing() {
    let mut facts = stopping(13);
    let few = watch(&facts, TODAY, TODAY, 50);
    facts.people = 4_100;
    assert_eq!(watch(&facts, TODAY, TODAY, 50), few);
}

#[test]
fn the_effect_of_another_threshold_is_shown() {
    let facts = stopping(13);
    let old = Thresholds::default();
    let strict = Thresholds {
        least_sum: 3.0,
        ..old.clone()
    };
    let changed = effect(&facts, &old, &strict, TODAY - 56, TODAY, 20).unwrap();
    assert!(changed.new_lines < changed.old_lines);
    assert!(
        !changed.lost.is_empty() && changed.gained.is_empty(),
        "{changed:?}"
    );
    assert!(changed.moved.iter().all(|m| m.new.day > m.old.day));
    assert!(!changed.moved.is_empty());
    let back = effect(&facts, &strict, &old, TODAY - 56, TODAY, 20).unwrap();
    assert_eq!(back.gained.len(), changed.lost.len());
    let same = effect(&facts, &old, &old, TODAY - 56, TODAY, 20).unwrap();
    assert_eq!(
        (same.lost.len(), same.gained.len(), same.moved.len()),
        (0, 0, 0)
    );
    assert!(same.same > 0);
}
