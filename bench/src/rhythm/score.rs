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

/// Declines to be found in one town.
pub struct Due {
    pub declines: BTreeMap<u32, (Day, Kind)>,
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
                due.declines.insert(at as u32, (decline.onset, decline.kind));
            } else {
                due.unwatched += 1;
            }
        }
        let well = (scored.first..scored.lists_end)
            .filter(|day| *day < ill && fate.gone.is_none_or(|gone| *day < gone) && own.watched(*day));
        due.person_years += well.count() as f64 / 365.25;
    }
    due
}

pub fn outcome(named: &[Named], town: &Town, due: &Due, scored: Scored) -> Outcome {
    let mut outcome = Outcome::default();
    for one in named {
        let fate = town.fates.get(one.person as usize).copied().unwrap_or_default();
        let since = fate.decline.map(|decline| one.day - decline.onset);
        if let Some((onset, _)) = due.declines.get(&one.person)
            && (1..=IN_TIME).contains(&(one.day - onset))
        {
            outcome.found.entry(one.person).or_insert(one.day - onset);
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
