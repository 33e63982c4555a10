//! Histories made by hand. Person 0 is the one looked at unless said otherwise.

use rhythm::*;

/// Two years; lists are made on it.
pub const TODAY: Day = 728;
pub const ALL: [Signal; 6] = [
    Signal::Less,
    Signal::Gap,
    Signal::Role,
    Signal::Companion,
    Signal::Leaving,
    Signal::SignUps,
];

/// A town with weekly courses, one on each weekday, from day 0 until a month after today.
pub fn town(people: u32, courses: u32) -> Facts {
    let mut facts = Facts {
        people,
        courses,
        ..Facts::default()
    };
    for day in 0..TODAY + 28 {
        for course in (0..courses).filter(|c| day % 7 == *c as Day % 7) {
            let meeting = Meeting {
                course,
                day,
                starts: 600,
                ends: 690,
                roll: Roll::Taken,
            };
            facts.meetings.push(meeting);
        }
    }
    for person in 0..people {
        agree(&mut facts, person, &ALL);
    }
    facts
}

pub fn agree(facts: &mut Facts, person: u32, signals: &[Signal]) {
    let consent = |signal| Consent {
        person,
        signal,
        from: 0,
        until: None,
    };
    facts.consents.extend(signals.iter().copied().map(consent));
}

/// Comes to a course on the days for which `comes` says so; a called-off meeting has no visits.
pub fn visit(facts: &mut Facts, person: u32, course: u32, comes: impl Fn(Day) -> bool) {
    as_what(facts, person, course, |day| {
        comes(day).then_some(Role::Participant)
    });
}

pub fn as_what(facts: &mut Facts, person: u32, course: u32, comes: impl Fn(Day) -> Option<Role>) {
    for (meeting, at) in facts.meetings.iter().enumerate() {
        let there = at.course == course && at.roll == Roll::Taken;
        if let (true, Some(role)) = (there, comes(at.day)) {
            let meeting = meeting as u32;
            facts.visits.push(Visit {
                person,
                meeting,
                role,
                arrived: None,
                left: None,
            });
        }
    }
}

pub fn change(facts: &Facts, person: u32) -> Option<Finding> {
    let book = Book::read(facts, TODAY).unwrap();
    match book.look(&Thresholds::default(), person, TODAY) {
        Outcome::Change(finding) => Some(finding),
        _ => None,
    }
}

pub fn line(facts: &Facts, person: u32, signal: Signal) -> Option<Line> {
    change(facts, person)?
        .lines
        .into_iter()
        .find(|l| l.signal == signal)
}

/// Whether the person stands on today's list.
pub fn listed(facts: &Facts, person: u32) -> bool {
    watch(facts, TODAY, TODAY, 50)
        .iter()
        .any(|a| a.person == person)
}
