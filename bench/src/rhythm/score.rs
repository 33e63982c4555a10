//! What counts as found, and what as false.
//!
//! - A decline of the scored year is *found* if its person is on a list within 180 days after the
//!   onset, and not before: a list on the day itself knows nothing yet.
//! - An alert is *false* if its person is not in decline by then: neither yet, nor ever. Whoever
//!   quit without a word, lost a companion and came on, or was away untold, counts as false.
//! - Neither: somebody in decline who is named again or late; somebody dead or moved of whom the
//!   Station has not heard yet.
//! - Scored are people with consent to at least one signal on the day of the onset.

use std::collections::BTreeMap;

use ::rhythm::Day;

use super::fate::Kind;
use super::rivals::Named;
use super::town::Town;
use super::weeks::Weeks;

pub const IN_TIME: Day = 180;

/// When declines begin that count, and until when lists are made.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    pub first: Day,
    pub last: Day,
    pub lists_end: Day,
}

/// One decline to be found.
#[derive(Clone, Copy, Debug)]
pub struct Onset {
    pub day: Day,
    pub kind: Kind,
    /// Came about once a week or more in the half-year before.
    pub often: bool,
}

/// Half a year, and visits in it.
const BEFORE: Day = 182;
const OFTEN: usize = 20;

/// Declines to be found in one town.
pub struct Due {
    pub declines: BTreeMap<u32, Onset>,
    /// Of people watched and well, from the first scored day to the last list.
    pub person_years: f64,
    /// Declines of people who agreed to nothing.
    pub unwatched: usize,
    /// People there on the first scored day.
    pub present: usize,
}

/// What one list found in one town.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Days from the onset, by person.
    pub found: BTreeMap<u32, Day>,
    pub alerts: usize,
    pub false_alarms: usize,
}

pub fn due(town: &Town, weeks: &Weeks, scored: Scored) -> Due {
    let mut due = Due {
        declines: BTreeMap::new(),
        person_years: 0.0,
        unwatched: 0,
        present: 0,
    };
    for (at, fate) in town.fates.iter().enumerate() {
        let own = &weeks.people[at];
        let ill = fate.decline.map_or(Day::MAX, |decline| decline.onset);
        let left = fate.gone.or(fate.quit).unwrap_or(Day::MAX);
        if town.joined[at] <= scored.first && ill.min(left) > scored.first {
            due.present += 1;
        }
        if let Some(decline) = fate.decline
            && (scored.first..=scored.last).contains(&decline.onset)
        {
            if own.watched(decline.onset) {
                let recent = decline.onset - BEFORE..decline.onset;
                let visits = own.visits.iter().filter(|day| recent.contains(day));
                let onset = Onset {
                    day: decline.onset,
                    kind: decline.kind,
                    often: visits.count() >= OFTEN,
                };
                due.declines.insert(at as u32, onset);
            } else {
                due.unwatched += 1;
            }
        }
        let well = (scored.first..scored.lists_end).filter(|day| {
            *day < ill && fate.gone.is_none_or(|gone| *day < gone) && own.watched(*day)
        });
        due.person_years += well.count() as f64 / 365.25;
    }
    due
}

pub fn outcome(named: &[Named], town: &Town, due: &Due, scored: Scored) -> Outcome {
    let mut outcome = Outcome::default();
    for one in named {
        let fate = town
            .fates
            .get(one.person as usize)
            .copied()
            .unwrap_or_default();
        let since = fate.decline.map(|decline| one.day - decline.onset);
        if let Some(onset) = due.declines.get(&one.person)
            && (1..=IN_TIME).contains(&(one.day - onset.day))
        {
            let days = one.day - onset.day;
            outcome.found.entry(one.person).or_insert(days);
        }
        if one.day < scored.first || one.day > scored.lists_end {
            continue;
        }
        outcome.alerts += 1;
        let gone = fate.gone.is_some_and(|gone| one.day >= gone);
        if !gone && since.is_none_or(|since| since < 1) {
            outcome.false_alarms += 1;
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use ::rhythm::{Consent, Facts, Meeting, Role, Roll, Signal, Visit};

    use super::super::fate::{Decline, Fading, Fate};
    use super::*;

    const SCORED: Scored = Scored {
        first: 1_000,
        last: 1_364,
        lists_end: 1_540,
    };

    fn ill(onset: Day) -> Fate {
        Fate {
            decline: Some(Decline {
                onset,
                kind: Kind::Fade,
                fading: Fading {
                    starts: onset,
                    length: 60,
                    floor: 0.0,
                    shape: 1.0,
                    back: None,
                },
                by_course: false,
                role_ends: None,
                early: 0.0,
                muddled: false,
            }),
            ..Fate::default()
        }
    }

    /// Person 0 is well, 1 declines, 2 declines and agreed to nothing, 3 dies.
    fn town() -> (Town, Weeks) {
        let agreed = |person| Consent {
            person,
            signal: Signal::Less,
            from: 0,
            until: None,
        };
        let facts = Facts {
            people: 4,
            consents: vec![agreed(0), agreed(1), agreed(3)],
            ..Facts::default()
        };
        let died = Fate {
            gone: Some(1_100),
            ..Fate::default()
        };
        let town = Town {
            facts,
            fates: vec![Fate::default(), ill(1_100), ill(1_100), died],
            joined: vec![0; 4],
            first: 0,
            last: 1_600,
        };
        let weeks = Weeks::of(&town.facts, town.first, town.last);
        (town, weeks)
    }

    fn of(named: &[(u32, Day)]) -> Outcome {
        let (town, weeks) = town();
        let due = due(&town, &weeks, SCORED);
        let named: Vec<Named> = named
            .iter()
            .map(|(person, day)| Named {
                person: *person,
                day: *day,
            })
            .collect();
        outcome(&named, &town, &due, SCORED)
    }

    #[test]
    fn found_is_from_the_day_after_the_onset_to_the_hundred_and_eightieth() {
        assert!(of(&[(1, 1_100)]).found.is_empty());
        assert_eq!(of(&[(1, 1_101)]).found[&1], 1);
        assert_eq!(of(&[(1, 1_150), (1, 1_220)]).found[&1], 50);
        assert_eq!(of(&[(1, 1_280)]).found[&1], 180);
        assert!(of(&[(1, 1_281)]).found.is_empty());
        assert!(of(&[(2, 1_150)]).found.is_empty());
    }

    #[test]
    fn false_is_whoever_is_well_or_not_yet_ill() {
        assert_eq!(of(&[(0, 1_100), (1, 1_099), (1, 1_100)]).false_alarms, 3);
        assert_eq!(of(&[(1, 1_101), (1, 1_400), (3, 1_100)]).false_alarms, 0);
        assert_eq!(of(&[(3, 1_099)]).false_alarms, 1);
        let outside = of(&[(0, 999), (0, 1_541)]);
        assert_eq!((outside.alerts, outside.false_alarms), (0, 0));
    }

    #[test]
    fn often_is_twenty_visits_in_the_half_year_before() {
        let of = |visits: u32| {
            let (mut town, _) = town();
            let meeting = |day| Meeting {
                course: 0,
                day,
                starts: 600,
                ends: 690,
                roll: Roll::Taken,
            };
            // The first is too long ago, the last is on the day of the onset.
            town.facts.courses = 1;
            town.facts.meetings = (0..=visits)
                .map(|at| {
                    meeting(if at == 0 {
                        917
                    } else {
                        1_100 - visits as Day + at as Day
                    })
                })
                .collect();
            let visit = |meeting| Visit {
                person: 1,
                meeting,
                role: Role::Participant,
                arrived: None,
                left: None,
            };
            town.facts.visits = (0..=visits).map(visit).collect();
            let weeks = Weeks::of(&town.facts, town.first, town.last);
            due(&town, &weeks, SCORED).declines[&1].often
        };
        assert!(of(21));
        assert!(!of(20));
    }

    #[test]
    fn due_is_whoever_agreed_and_the_years_are_of_those_who_are_well() {
        let (town, weeks) = town();
        let due = due(&town, &weeks, SCORED);
        assert_eq!(due.declines.keys().copied().collect::<Vec<u32>>(), [1]);
        assert_eq!((due.unwatched, due.present), (1, 4));
        let days = 540.0 + 100.0 + 100.0;
        assert!((due.person_years - days / 365.25).abs() < 1e-9);
    }
}
