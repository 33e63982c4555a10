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

fn days_of(alerts: &[Alert], person: u32) -> Vec<Day> {
    let of = alerts.iter().filter(|a| a.person == person);
    of.map(|a| a.day).collect()
}

#[test]
fn whoever_was_listed_is_not_listed_again_until_they_come() {
    let facts = stopping(13);
    let alerts = watch(&facts, TODAY - 84, TODAY + 21, 5);
    // Fifteen weeks of absence, and one listing.
    assert_eq!(days_of(&alerts, 12).len(), 1);
    for week in alerts.chunk_by(|a, b| a.day == b.day) {
        assert!(week.len() <= 5);
    }

    let mut facts = town(1, 1);
    let away = |day: Day| (TODAY - 196..TODAY - 126).contains(&day);
    visit(&mut facts, 0, 0, |day| !away(day) && day < TODAY - 70);
    let days = days_of(&watch(&facts, TODAY - 196, TODAY, 5), 0);
    assert_eq!(days.len(), 2, "came back, and stopped again: {days:?}");
    assert!(days[0] < TODAY - 126 && days[1] > TODAY - 70);
    assert!(days[1] - days[0] >= 56);
}

fn told(person: u32, day: Day, sum: f64, again: Option<Day>) -> Told {
    let alert = Alert {
        person,
        day,
        signal: Signal::Gap,
        onset: day,
        sum,
    };
    Told { alert, again }
}

#[test]
fn what_was_told_counts_against_being_told_again() {
    let facts = stopping(13);
    let book = Book::read(&facts, TODAY).unwrap();
    let thresholds = Thresholds {
        least_sum: 0.0,
        ..Thresholds::default()
    };
    let of = |told: &[Told]| {
        let list = book.list(&thresholds, TODAY, told, 50);
        list.into_iter()
            .find(|f| f.person == 12)
            .map(|f| (f.sum, f.told))
    };
    let (new, none) = of(&[]).unwrap();
    assert_eq!(none, 0.0);
    // On the day of that list they came, and not after the next.
    let (again, deducted) = of(&[told(12, TODAY - 91, 2.0, None)]).unwrap();
    assert!((1.5..1.7).contains(&deducted), "{deducted}");
    assert!((new - deducted - again).abs() < 1e-9);
    assert_eq!(of(&[told(12, TODAY - 84, 2.0, None)]), None);
    // A list of today or later is none of before.
    assert_eq!(of(&[told(12, TODAY, 2.0, None)]).unwrap().0, new);
}

#[test]
fn after_all_is_well_somebody_still_away_is_looked_at_again_on_the_day_that_was_said() {
    let facts = stopping(13);
    let book = Book::read(&facts, TODAY).unwrap();
    let of = |again| {
        let told = [told(12, TODAY - 42, 2.0, again)];
        let list = book.list(&Thresholds::default(), TODAY, &told, 50);
        list.into_iter().find(|f| f.person == 12)
    };
    let fresh = book.list(&Thresholds::default(), TODAY, &[], 50);
    let fresh = fresh.into_iter().find(|f| f.person == 12);
    assert_eq!(of(Some(TODAY)), fresh, "nothing is held against it");
    assert_eq!(of(Some(TODAY + 1)), None);
    assert_eq!(of(None), None);
}

#[test]
fn whoever_is_below_the_end_of_the_list_is_not_lost() {
    let facts = stopping(13);
    let book = Book::read(&facts, TODAY).unwrap();
    let people = |found: &[Finding]| found.iter().map(|f| f.person).collect::<Vec<_>>();
    let all = people(&book.list(&Thresholds::default(), TODAY, &[], 50));
    let week = book.week(&Thresholds::default(), TODAY, &[], 3);
    assert_eq!(people(&week.listed), all[..3]);
    assert_eq!(people(&week.below), all[3..]);
    assert!(!week.below.is_empty() && week.missed.is_empty());
}

#[test]
fn whoever_goes_unseen_for_half_a_year_is_told_however_long_ago() {
    let mut facts = town(3, 1);
    let last = [TODAY - 203, TODAY - 497, TODAY - 7];
    for person in 0..3 {
        visit(&mut facts, person, 0, |day| day <= last[person as usize]);
    }
    let missed = |facts: &Facts, told: &[Told]| {
        let book = Book::read(facts, TODAY).unwrap();
        let week = book.week(&Thresholds::default(), TODAY, told, 0);
        let missed = week.missed.into_iter();
        missed.map(|m| (m.person, m.last_visit)).collect::<Vec<_>>()
    };
    let both = [(0, last[0]), (1, last[1])];
    assert_eq!(missed(&facts, &[]), both);
    // A list before they last came knew nothing of it; one after did.
    assert_eq!(missed(&facts, &[told(0, last[0] - 70, 2.0, None)]), both);
    assert_eq!(
        missed(&facts, &[told(0, last[0] + 70, 2.0, None)]),
        both[1..]
    );
    facts
        .consents
        .retain(|c| c.person != 1 || c.signal == Signal::Role);
    assert_eq!(missed(&facts, &[]), both[..1]);
    facts.gone.push(Gone {
        person: 0,
        from: TODAY,
    });
    assert_eq!(missed(&facts, &[]), []);
}

#[test]
fn another_and_much_stronger_kind_breaks_the_rest() {
    let facts = stopping(13);
    let book = Book::read(&facts, TODAY).unwrap();
    let of = |signal, sum| {
        let mut earlier = [told(12, TODAY - 14, sum, None)];
        earlier[0].alert.signal = signal;
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
