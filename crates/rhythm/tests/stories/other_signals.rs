use crate::hand::*;
use rhythm::*;

const SINCE: Day = TODAY - 56;

#[test]
fn a_role_given_up_shows_though_the_visits_stay() {
    let role = |since: Role| {
        let mut facts = town(1, 1);
        as_what(&mut facts, 0, 0, |day| {
            Some(if day < SINCE { Role::Teacher } else { since })
        });
        line(&facts, 0, Signal::Role)
    };
    let given_up = role(Role::Participant).unwrap();
    assert!(given_up.evidence > 2.0, "{given_up:?}");
    assert_eq!(given_up.onset, SINCE);
    let Numbers::Role { before, since, .. } = given_up.numbers else {
        panic!()
    };
    assert_eq!((before.n, before.of), (52, 52));
    assert_eq!((since.n, since.of), (0, 8));
    let Numbers::Role {
        role: Role::Teacher,
        ..
    } = role(Role::Helper).unwrap().numbers
    else {
        panic!("from teacher to helper is a step down, too")
    };
    assert_eq!(role(Role::Teacher), None);
}

#[test]
fn coming_to_more_is_no_role_given_up() {
    let mut facts = town(1, 5);
    as_what(&mut facts, 0, 0, |_| Some(Role::Helper));
    for course in 1..5 {
        visit(&mut facts, 0, course, |day| day >= SINCE);
    }
    assert_eq!(line(&facts, 0, Signal::Role), None);
}

/// 0 and 1 come through the door together; from `SINCE` on 1 comes no more. 2 comes alone.
fn pair(other: impl Fn(Day) -> bool) -> Facts {
    let mut facts = town(3, 1);
    visit(&mut facts, 0, 0, |_| true);
    visit(&mut facts, 1, 0, other);
    visit(&mut facts, 2, 0, |_| true);
    for visit in &mut facts.visits {
        visit.arrived = Some([590, 592, 600][visit.person as usize]);
    }
    facts
}

#[test]
fn the_companion_no_longer_there() {
    let gone = line(&pair(|day| day < SINCE), 0, Signal::Companion).unwrap();
    let Numbers::Companion {
        with,
        before,
        since,
    } = gone.numbers
    else {
        panic!()
    };
    assert_eq!((with, before.n, since.n, since.of), (1, 52, 0, 8));
    assert_eq!(gone.onset, SINCE);
    assert_eq!(line(&pair(|_| true), 0, Signal::Companion), None);
    // Who came at another time was no companion.
    assert_eq!(line(&pair(|day| day < SINCE), 2, Signal::Companion), None);
}

#[test]
fn a_companions_holiday_is_no_loss() {
    let mut facts = pair(|day| day < TODAY - 42);
    facts.aways.push(Away {
        person: 1,
        first: TODAY - 42,
        last: TODAY + 10,
    });
    assert_eq!(line(&facts, 0, Signal::Companion), None);
    facts.aways[0].last = TODAY + 300;
    assert!(line(&facts, 0, Signal::Companion).is_some());
}

#[test]
fn a_companion_who_goes_elsewhere_is_not_gone() {
    let mut facts = town(2, 2);
    visit(&mut facts, 0, 0, |_| true);
    visit(&mut facts, 1, 0, |day| day < SINCE);
    let elsewhere = facts.visits.len();
    facts.visits.iter_mut().for_each(|v| v.arrived = Some(590));
    assert!(line(&facts, 0, Signal::Companion).is_some());
    visit(&mut facts, 1, 1, |day| day >= SINCE);
    assert!(facts.visits.len() > elsewhere);
    assert_eq!(line(&facts, 0, Signal::Companion), None);
}

#[test]
fn a_companion_who_died_is_missed_by_the_consent_they_gave() {
    let mut facts = pair(|day| day < SINCE);
    facts.gone.push(Gone {
        person: 1,
        from: SINCE + 7,
    });
    let gone = line(&facts, 0, Signal::Companion).unwrap();
    assert_eq!(gone.onset, SINCE);
    assert_eq!(change(&facts, 1), None, "nobody looks at them any more");
    let stayed = line(&pair(|day| day < SINCE), 0, Signal::Companion);
    // Nothing but the loss explains it.
    assert!(gone.evidence > stayed.unwrap().evidence);
    // Whoever withdrew is not named.
    for consent in facts.consents.iter_mut().filter(|c| c.person == 1) {
        consent.until = Some(TODAY);
    }
    assert_eq!(line(&facts, 0, Signal::Companion), None);
}

#[test]
fn the_companion_must_agree_as_well() {
    let mut facts = pair(|day| day < SINCE);
    facts
        .consents
        .retain(|c| c.person != 1 || c.signal != Signal::Companion);
    assert_eq!(line(&facts, 0, Signal::Companion), None);
}

#[test]
fn leaving_earlier_than_usual() {
    let leaves = |minutes: u16| {
        let mut facts = town(1, 1);
        visit(&mut facts, 0, 0, |_| true);
        for visit in &mut facts.visits {
            let since = facts.meetings[visit.meeting as usize].day >= SINCE;
            visit.left = Some(
                690 - if since {
                    minutes
                } else {
                    visit.meeting as u16 % 5
                },
            );
        }
        line(&facts, 0, Signal::Leaving)
    };
    let earlier = leaves(40).unwrap();
    assert_eq!(earlier.onset, SINCE);
    let Numbers::Leaving {
        usual_minutes_before_end,
        before,
        since,
    } = earlier.numbers
    else {
        panic!()
    };
    assert_eq!(
        (usual_minutes_before_end, before.n, since.n, since.of),
        (2, 0, 8, 8)
    );
    assert_eq!(leaves(10), None);
}

#[test]
fn sign_ups_not_kept_unless_something_explains_it() {
    let base = || {
        let mut facts = town(1, 2);
        visit(&mut facts, 0, 0, |day| day < SINCE);
        // Still seen in another course: only the promises are broken.
        visit(&mut facts, 0, 1, |_| true);
        let promised = |(i, m): (usize, &Meeting)| {
            (m.course == 0).then_some(SignUp {
                person: 0,
                meeting: i as u32,
                given_back: false,
            })
        };
        facts.sign_ups = facts
            .meetings
            .iter()
            .enumerate()
            .filter_map(promised)
            .collect();
        facts
    };
    let broken = line(&base(), 0, Signal::SignUps).unwrap();
    assert_eq!(broken.onset, SINCE);
    let Numbers::SignUps { before, since } = broken.numbers else {
        panic!()
    };
    assert_eq!((before.n, before.of, since.n, since.of), (52, 52, 0, 8));

    let mut facts = base();
    let late = |facts: &Facts, s: &SignUp| facts.meetings[s.meeting as usize].day >= SINCE;
    let mut sign_ups = facts.sign_ups.clone();
    sign_ups
        .iter_mut()
        .filter(|s| late(&facts, s))
        .for_each(|s| s.given_back = true);
    facts.sign_ups = sign_ups;
    assert_eq!(line(&facts, 0, Signal::SignUps), None);

    let mut facts = base();
    facts.aways.push(Away {
        person: 0,
        first: SINCE,
        last: TODAY,
    });
    let meetings = facts.meetings.clone();
    let before = |visit: &Visit| meetings[visit.meeting as usize].day < SINCE;
    facts.visits.retain(before);
    assert_eq!(line(&facts, 0, Signal::SignUps), None);

    for roll in [Roll::CalledOff, Roll::NotRecorded] {
        let mut facts = base();
        facts
            .meetings
            .iter_mut()
            .filter(|m| m.day >= SINCE)
            .for_each(|m| m.roll = roll);
        assert_eq!(line(&facts, 0, Signal::SignUps), None, "{roll:?}");
    }
}

#[test]
fn two_signals_add_up_the_second_by_half() {
    let mut facts = town(1, 2);
    as_what(&mut facts, 0, 0, |day| {
        Some(if day < SINCE {
            Role::Teacher
        } else {
            Role::Participant
        })
    });
    visit(&mut facts, 0, 1, |day| day < SINCE);
    let finding = change(&facts, 0).unwrap();
    let counted: Vec<&Line> = finding.lines.iter().filter(|l| l.counted > 0.0).collect();
    assert_eq!(counted.len(), 2, "{finding:?}");
    assert_eq!(counted[0].counted, counted[0].evidence);
    assert!((counted[1].counted * 2.0 - counted[1].evidence).abs() < 0.11);
    let sum: f64 = finding.lines.iter().map(|l| l.counted).sum();
    assert!((sum - finding.old - finding.sum).abs() < 1e-9);
}
