//! The strip of a year: what each week says, to be drawn beside a line of the list.

use crate::book::Book;
use crate::facts::{Day, Roll, Signal};
use crate::look::SIGNALS;

/// Weeks of a strip.
const WEEKS: i32 = 52;
/// A course visited within the year before the last visit is somebody's own.
const OWN_FOR: i32 = 364;

/// One week of a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripWeek {
    /// Its first day.
    pub first: Day,
    pub says: WeekSays,
}

/// What a week says of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekSays {
    /// Came so often; 0: could have come and did not.
    Came(u32),
    /// Something took place that they usually come to; nobody wrote down who came.
    NotRecorded,
    /// Told ahead that they would be away.
    Away,
    /// Nothing took place that they usually come to.
    Closed,
    /// Had never come by then.
    Before,
}

impl Book<'_> {
    /// The 52 weeks before `day`, oldest first; nothing if nothing is agreed to on that day.
    pub fn strip(&self, person: u32, day: Day) -> Option<Vec<StripWeek>> {
        let known = person < self.people && crate::book::within(day);
        let agreed = |signal: &Signal| self.agreed(person, *signal, day);
        if !known || !SIGNALS.iter().any(agreed) {
            return None;
        }
        let weeks = (1..=WEEKS).rev().map(|back| {
            let first = day - 7 * back;
            let says = self.week_says(person, first);
            StripWeek { first, says }
        });
        Some(weeks.collect())
    }

    fn week_says(&self, person: u32, first: Day) -> WeekSays {
        let visits = self.visits(person);
        let until = |day: Day| visits.partition_point(|v| self.day_of(v.meeting) < day);
        let (begin, end) = (until(first), until(first + 7));
        match end - begin {
            0 if end == 0 => return WeekSays::Before,
            0 => {}
            came => return WeekSays::Came(came as u32),
        }
        let away = |day: Day| {
            let told = self.aways(person).iter();
            told.clone().any(|a| (a.first..=a.last).contains(&day))
        };
        let (mut recorded, mut unknown, mut told) = (false, false, false);
        let last = self.day_of(visits[begin - 1].meeting);
        let own = &visits[until(last - OWN_FOR)..begin];
        let mut courses: Vec<u32> = own.iter().map(|v| self.course_of(v.meeting)).collect();
        courses.sort_unstable();
        courses.dedup();
        for course in courses {
            let held = self.held(course);
            let from = held.partition_point(|m| self.day_of(*m) < first);
            let week = held[from..].iter().map(|m| &self.meetings[*m as usize]);
            for meeting in week.take_while(|m| m.day < first + 7) {
                match meeting.roll {
                    Roll::CalledOff => {}
                    _ if away(meeting.day) => told = true,
                    Roll::Taken => recorded = true,
                    Roll::NotRecorded => unknown = true,
                }
            }
        }
        // What they could have come to says most, then what is not known.
        match () {
            () if recorded => WeekSays::Came(0),
            () if unknown => WeekSays::NotRecorded,
            () if told || (first..first + 7).all(away) => WeekSays::Away,
            () => WeekSays::Closed,
        }
    }
}
