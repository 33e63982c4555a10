use crate::hand::*;
use proptest::prelude::*;
use rhythm::*;

/// The weeks in which a change may have begun, by the default thresholds.
const LOOK: Day = 7 * 18;

/// Some people with habits in three courses, scattered by the given numbers.
fn scattered(people: u32, seeds: &[u8]) -> Facts {
    let mut facts = town(people, 3);
    for (i, meeting) in facts.meetings.iter_mut().enumerate() {
        meeting.roll = match seeds[(i * 7) % seeds.len()] % 23 {
            0 => Roll::NotRecorded,
            1 => Roll::CalledOff,
            _ => Roll::Taken,
        };
    }
    for person in 0..people {
        for course in 0..3 {
            visit(&mut facts, person, course, |day| {
                let seed = seeds
                    [(day as usize / 7 * 31 + person as usize * 5 + course as usize) % seeds.len()];
                let fading = if day > TODAY - 100 {
                    seeds[person as usize % seeds.len()]
                } else {
                    0
                };
                seed.saturating_add(fading) < 140
            });
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn another_visit_in_the_last_weeks_never_raises_coming_less(
        seeds in prop::collection::vec(any::<u8>(), 97),
        back in 1..LOOK,
        course in 0u32..3,
    ) {
        let facts = scattered(2, &seeds);
        let before = line(&facts, 0, Signal::Less).map_or(0.0, |l| l.evidence);
        let mut more = facts;
        let there = |v: &Visit, m: u32| v.person == 0 && v.meeting == m;
        let meeting = more.meetings.iter().zip(0u32..).filter(|(m, i)| {
            m.course == course && m.day >= TODAY - back && m.day < TODAY
                && m.roll == Roll::Taken && !more.visits.iter().any(|v| there(v, *i))
        }).map(|(_, i)| i).next();
        prop_assume!(meeting.is_some());
        let visit = Visit { person: 0, meeting: meeting.unwrap(), role: Role::Participant, arrived: None, left: None };
        more.visits.push(visit);
        let after = line(&more, 0, Signal::Less).map_or(0.0, |l| l.evidence);
        prop_assert!(after <= before, "{before} {after}");
    }

    #[test]
    fn no_consent_no_finding(seeds in prop::collection::vec(any::<u8>(), 97)) {
        let mut facts = scattered(4, &seeds);
        facts.consents.retain(|c| c.person != 2);
        let alerts = watch(&facts, TODAY - 56, TODAY, 50);
        prop_assert!(alerts.iter().all(|a| a.person != 2));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(seeds in prop::collection::vec(any::<u8>(), 97), turn in 1usize..500) {
        let mut facts = scattered(4, &seeds);
        facts.aways.push(Away { person: 1, first: TODAY - 20, last: TODAY - 3 });
        facts.aways.push(Away { person: 0, first: TODAY - 90, last: TODAY - 80 });
        let straight = watch(&facts, TODAY - 56, TODAY, 50);
        let (visits, consents) = (facts.visits.len(), facts.consents.len());
        facts.visits.rotate_left(turn % visits.max(1));
        facts.visits.extend_from_within(..turn.min(visits));
        facts.visits.reverse();
        facts.consents.rotate_left(turn % consents);
        facts.aways.reverse();
        prop_assert_eq!(watch(&facts, TODAY - 56, TODAY, 50), straight);
    }

    #[test]
    fn nothing_panics_and_lines_add_up(
        meetings in prop::collection::vec((0u32..4, 0..900, any::<u16>(), 0u8..3), 1..200),
        visits in prop::collection::vec((0u32..3, any::<u32>(), 0u8..3, any::<Option<u16>>(), any::<Option<u16>>()), 0..400),
        aways in prop::collection::vec((0u32..3, -2_000_000_000i32..2_000_000_000, 0..100_000_000), 0..5),
        day in 0..1_000,
    ) {
        let mut facts = Facts { people: 3, courses: 4, ..Facts::default() };
        let mut meetings = meetings;
        meetings.sort_by_key(|m| m.1);
        facts.meetings = meetings.iter().map(|&(course, day, starts, roll)| Meeting {
            course, day, starts, ends: starts.wrapping_add(90),
            roll: [Roll::Taken, Roll::NotRecorded, Roll::CalledOff][roll as usize],
        }).collect();
        let n = facts.meetings.len() as u32;
        facts.visits = visits.iter().map(|&(person, m, role, arrived, left)| Visit {
            person, meeting: m % n,
            role: [Role::Participant, Role::Helper, Role::Teacher][role as usize], arrived, left,
        }).collect();
        facts.sign_ups = visits.iter().map(|v| SignUp { person: v.0, meeting: v.1 / 3 % n, given_back: v.2 == 0 }).collect();
        facts.aways = aways.iter().map(|&(person, first, long)| Away { person, first, last: first.saturating_add(long) }).collect();
        for person in 0..3 {
            agree(&mut facts, person, &ALL);
        }
        facts.gone = aways.iter().take(1).map(|a| Gone { person: a.0, from: day - 9 }).collect();
        let thresholds = Thresholds { least_sum: 0.0, least_visits: 3, least_base_weeks: 4, ..Thresholds::default() };
        let book = Book::read(&facts, day).unwrap();
        for finding in book.list(&thresholds, day, &[], 50) {
            let sum: f64 = finding.lines.iter().map(|l| l.counted).sum();
            prop_assert!(((sum - finding.old).max(0.0) - finding.sum).abs() < 1e-6, "{:?}", finding);
            prop_assert!(finding.sum.is_finite());
            prop_assert!(finding.lines.iter().all(|l| l.onset < day));
            prop_assert!(book.strip(finding.person, day).is_some());
        }
    }
}
