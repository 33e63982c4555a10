//! The strip of a year: how often somebody came, week by week.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rhythm::{Facts, Roll};
use serde::{Deserialize, Serialize};

use super::sentence::day_of;
use crate::people::coded;

/// So many weeks are shown.
pub const WEEKS: usize = 52;

coded! {
    /// What is known of a week.
    Known {
        /// Who came was written down.
        Taken "taken" "記録あり",
        /// They had said that they would be away.
        Away "away" "前もって聞いた不在",
        /// Nothing was held, or nobody wrote down who came: never the same as absent.
        Nothing "nothing" "休み・記録なし",
    }
}

/// One week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// How many times they came.
    pub came: u32,
    /// What is known.
    pub known: Known,
}

/// A year up to a day, the oldest week first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strip {
    /// The day after the last of it.
    pub until: Date,
    /// Each week.
    pub weeks: Vec<Week>,
}

impl Strip {
    /// The strip of one person before a day.
    pub fn of(facts: &Facts, person: u32, until: rhythm::Day) -> Strip {
        let mut weeks = vec![
            Week {
                came: 0,
                known: Known::Nothing
            };
            WEEKS
        ];
        let week_of = |day: rhythm::Day| {
            let back = usize::try_from((until - 1 - day).div_euclid(7)).ok()?;
            WEEKS.checked_sub(back + 1)
        };
        for meeting in facts.meetings.iter().filter(|one| one.roll == Roll::Taken) {
            if let Some(week) = week_of(meeting.day).and_then(|at| weeks.get_mut(at)) {
                week.known = Known::Taken;
            }
        }
        for away in facts.aways.iter().filter(|one| one.person == person) {
            for day in away.first.max(until - 7 * 53)..=away.last.min(until - 1) {
                if let Some(week) = week_of(day).and_then(|at| weeks.get_mut(at)) {
                    week.known = Known::Away;
                }
            }
        }
        for visit in facts.visits.iter().filter(|one| one.person == person) {
            let meeting = facts.meetings.get(visit.meeting as usize);
            let at = meeting.and_then(|meeting| week_of(meeting.day));
            if let Some(week) = at.and_then(|at| weeks.get_mut(at)) {
                week.came += 1;
            }
        }
        Strip {
            until: day_of(until),
            weeks,
        }
    }

    /// The first day of a week.
    pub fn begins(&self, at: usize) -> Date {
        let back = i64::try_from(self.weeks.len().saturating_sub(at)).unwrap_or_default();
        self.until.saturating_sub((7 * back).days())
    }

    /// By months, for whoever hears it read: the month, and how often they came in the weeks that began
    /// in it.
    pub fn months(&self) -> Vec<(String, u32)> {
        let mut months: Vec<(String, u32)> = Vec::new();
        for (at, week) in self.weeks.iter().enumerate() {
            let month = self.begins(at).strftime("%Y年%-m月").to_string();
            match months.last_mut() {
                Some((of, came)) if *of == month => *came += week.came,
                _ => months.push((month, week.came)),
            }
        }
        months
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rhythm::{Away, Meeting, Role, Visit};

    use super::super::sentence::number_of;
    use super::*;

    #[test]
    fn each_week_says_how_often_and_what_is_known() {
        let until = number_of(date(2026, 11, 23));
        let meeting = |back: i32, roll| Meeting {
            course: 0,
            day: until - back,
            starts: 600,
            ends: 690,
            roll,
        };
        let facts = Facts {
            people: 2,
            courses: 1,
            meetings: vec![
                meeting(365, Roll::Taken),
                meeting(15, Roll::NotRecorded),
                meeting(8, Roll::Taken),
                meeting(3, Roll::Taken),
                meeting(1, Roll::Taken),
            ],
            visits: [(0, 3), (0, 4), (1, 2)]
                .map(|(person, meeting)| Visit {
                    person,
                    meeting,
                    role: Role::Participant,
                    arrived: None,
                    left: None,
                })
                .to_vec(),
            aways: vec![Away {
                person: 0,
                first: until - 10,
                last: until - 8,
            }],
            ..Facts::default()
        };
        let strip = Strip::of(&facts, 0, until);
        let last: Vec<(u32, Known)> = strip.weeks[WEEKS - 3..]
            .iter()
            .map(|week| (week.came, week.known))
            .collect();
        assert_eq!(
            last,
            [(0, Known::Nothing), (0, Known::Away), (2, Known::Taken)]
        );
        assert_eq!(strip.begins(WEEKS - 1), date(2026, 11, 16));
        assert!(
            strip.weeks[0].known == Known::Nothing,
            "a year ago lies before"
        );
        assert_eq!(strip.months().last(), Some(&("2026年11月".to_owned(), 2)));
        assert_eq!(Strip::of(&facts, 1, until).weeks[WEEKS - 2].came, 1);
    }
}
