//! The town-wide ebb: August, New Year, heat, a feast elsewhere. What everybody stays away from
//! says nothing about one of them.

use std::collections::VecDeque;

use crate::facts::{Day, Meeting, Roll};

/// A course's usual is the median of so many rolls: a quarter of weekly ones.
const ROLLS: usize = 12;
/// Fewer rolls than this are no usual.
const LEAST_ROLLS: usize = 4;
/// Imagined visitors at the usual level: a week of few visits moves the tide little, and nobody's
/// own absence makes an ebb of its own.
const TOWN_CALM: f64 = 30.0;
/// The same for a single course, at the town's level.
const COURSE_CALM: f64 = 15.0;
/// Below a fifth of the usual nothing is left to judge by; above, a flood is not expected of anybody.
const LOWEST: f64 = 0.2;
const HIGHEST: f64 = 1.1;

/// How many of those who usually come did come, by week and by meeting. Each value is made of its
/// own week and of weeks before it, never of later ones.
#[derive(Clone, Debug, Default)]
pub struct Tide {
    start: Day,
    weeks: Vec<f32>,
    /// For each meeting what it offered: 0 where no roll was taken.
    offered: Vec<f32>,
}

impl Tide {
    /// `came[i]` people were at `meetings[i]` (by day). Weeks begin at `start` + 7k.
    pub(crate) fn read(meetings: &[Meeting], came: &[u32], courses: usize, start: Day) -> Self {
        let usual = usual(meetings, came, courses);
        let last = meetings.last().map_or(start, |m| m.day);
        let mut sums = vec![(0.0, 0.0); week(start, last) + 1];
        for ((meeting, &came), usual) in meetings.iter().zip(came).zip(&usual) {
            if let (Roll::Taken, Some(usual)) = (meeting.roll, usual) {
                let sum = &mut sums[week(start, meeting.day)];
                sum.0 += f64::from(came);
                sum.1 += usual;
            }
        }
        let level = |came: f64, usual: f64, calm: f64, around: f64| {
            ((came + calm * around) / (usual + calm)).clamp(LOWEST, HIGHEST)
        };
        let weeks: Vec<f32> = sums
            .iter()
            .map(|&(came, usual)| level(came, usual, TOWN_CALM, 1.0) as f32)
            .collect();
        let offered = meetings
            .iter()
            .zip(came)
            .zip(&usual)
            .map(|((meeting, &came), usual)| {
                let town = f64::from(weeks[week(start, meeting.day)]);
                match (meeting.roll, usual) {
                    (Roll::Taken, Some(usual)) => {
                        level(f64::from(came), *usual, COURSE_CALM, town) as f32
                    }
                    (Roll::Taken, None) => town as f32,
                    _ => 0.0,
                }
            });
        let offered = offered.collect();
        Self {
            start,
            weeks,
            offered,
        }
    }

    /// The tide in the week of a day: 1 as usual, 0.5 half as many as usual; 1 where nothing is
    /// known.
    pub fn on(&self, day: Day) -> f64 {
        let week = usize::try_from((day - self.start).div_euclid(7)).ok();
        week.and_then(|w| self.weeks.get(w))
            .map_or(1.0, |t| f64::from(*t))
    }

    /// What a meeting asks of somebody who always comes: the tide of its week and course, 0 where
    /// it was called off or nobody wrote down who came.
    pub(crate) fn offered(&self, meeting: usize) -> f32 {
        self.offered[meeting]
    }
}

fn week(start: Day, day: Day) -> usize {
    ((day - start).max(0) / 7) as usize
}

/// For each meeting how many usually come, from rolls before it.
fn usual(meetings: &[Meeting], came: &[u32], courses: usize) -> Vec<Option<f64>> {
    let mut rolls: Vec<VecDeque<u32>> = vec![VecDeque::new(); courses];
    let mut sorted = Vec::with_capacity(ROLLS);
    let mut usual = Vec::with_capacity(meetings.len());
    for (meeting, &came) in meetings.iter().zip(came) {
        let rolls = &mut rolls[meeting.course as usize];
        usual.push((rolls.len() >= LEAST_ROLLS).then(|| {
            sorted.clear();
            sorted.extend(rolls.iter().copied());
            sorted.sort_unstable();
            let half = sorted.len() / 2;
            (f64::from(sorted[half]) + f64::from(sorted[(sorted.len() - 1) / 2])) / 2.0
        }));
        if meeting.roll == Roll::Taken {
            if rolls.len() == ROLLS {
                rolls.pop_front();
            }
            rolls.push_back(came);
        }
    }
    usual
}
