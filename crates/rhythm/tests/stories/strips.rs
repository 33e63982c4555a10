use crate::hand::*;
use rhythm::*;

/// The week that began so many weeks ago.
fn week(facts: &Facts, back: usize) -> WeekSays {
    let book = Book::read(facts, TODAY).unwrap();
    let strip = book.strip(0, TODAY).unwrap();
    assert_eq!(strip.len(), 52);
    let week = strip[52 - back];
    assert_eq!(week.first, TODAY - 7 * back as Day);
    week.says
}

/// Twice a week until eight weeks ago.
fn twice() -> Facts {
    let mut facts = town(1, 3);
    for course in 0..2 {
        visit(&mut facts, 0, course, |day| day < TODAY - 56);
    }
    facts
}

#[test]
fn a_strip_tells_not_there_from_not_recorded_away_and_closed() {
    let mut facts = twice();
    assert_eq!(week(&facts, 9), WeekSays::Came(2));
    assert_eq!(week(&facts, 8), WeekSays::Came(0));
    let set = |facts: &mut Facts, back: Day, roll: Roll| {
        let days = TODAY - 7 * back..TODAY - 7 * back + 7;
        let of = facts.meetings.iter_mut();
        of.filter(|m| days.contains(&m.day) && m.course < 2)
            .for_each(|m| m.roll = roll);
    };
    set(&mut facts, 7, Roll::NotRecorded);
    assert_eq!(week(&facts, 7), WeekSays::NotRecorded);
    // The third course took place; it is none of theirs.
    set(&mut facts, 6, Roll::CalledOff);
    assert_eq!(week(&facts, 6), WeekSays::Closed);
    facts.aways.push(Away {
        person: 0,
        first: TODAY - 35,
        last: TODAY - 22,
    });
    assert_eq!(week(&facts, 5), WeekSays::Away);
    assert_eq!(week(&facts, 4), WeekSays::Away);
    assert_eq!(week(&facts, 3), WeekSays::Came(0));
    // Away for one of two days: they could have come to the other.
    facts.aways[0].last = TODAY - 28;
    assert_eq!(week(&facts, 4), WeekSays::Came(0));
    set(&mut facts, 8, Roll::NotRecorded);
    facts.meetings.iter_mut().for_each(|m| {
        if m.day == TODAY - 55 {
            m.roll = Roll::Taken;
        }
    });
    assert_eq!(week(&facts, 8), WeekSays::Came(0), "one of two is known");
}

#[test]
fn before_the_first_visit_there_is_nothing_to_miss() {
    let mut facts = town(1, 1);
    visit(&mut facts, 0, 0, |day| day >= TODAY - 140);
    assert_eq!(week(&facts, 21), WeekSays::Before);
    assert_eq!(week(&facts, 20), WeekSays::Came(1));
}

#[test]
fn a_strip_needs_consent_and_a_person() {
    let mut facts = twice();
    let strip = |facts: &Facts, person, day| {
        let book = Book::read(facts, TODAY).unwrap();
        book.strip(person, day)
    };
    assert!(strip(&facts, 0, TODAY).is_some());
    assert_eq!(strip(&facts, 1, TODAY), None);
    assert_eq!(strip(&facts, 0, i32::MAX), None);
    facts.consents.retain(|c| c.signal == Signal::Role);
    assert!(strip(&facts, 0, TODAY).is_some());
    facts.consents[0].until = Some(TODAY);
    assert_eq!(strip(&facts, 0, TODAY), None);
}
