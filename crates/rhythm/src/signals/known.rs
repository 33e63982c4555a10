//! What is known of somebody's steadiness and pauses.

use std::ops::Range;

use crate::past::Past;
use crate::thresholds::Thresholds;

/// The own scatter is measured in stretches of four weeks: a cold lies within one.
const BLOCK: usize = 28;
/// Imagined expected visits at the scatter of somebody unknown.
const SCATTER_CALM: f64 = 8.0;
/// Below this somebody would be a clock.
const STEADIEST: f64 = 0.4;
/// The years before the usual are weighed one by one.
const YEAR: usize = 364;

/// The own gaps of all years, in visits missed by the habit of their time, and how often people
/// pause anyway.
pub(crate) struct Known<'t> {
    pub scatter: f64,
    pub gaps: Vec<f64>,
    years: f64,
    days_a_visit: f64,
    thresholds: &'t Thresholds,
}

impl<'t> Known<'t> {
    pub fn of(past: &Past, thresholds: &'t Thresholds) -> Self {
        let end = past.base.end;
        let first = past.came[..end].iter().position(|came| *came > 0);
        let first = first.unwrap_or(past.base.start);
        Self {
            scatter: scatter(past),
            gaps: gaps(past, first..end),
            years: (end - first) as f64 / 365.0,
            days_a_visit: 7.0 / past.a_week.max(0.01),
            thresholds,
        }
    }

    /// Pauses a year in which at least so many visits are missed. One year of an unknown person
    /// stands beside the own; an own gap a little shorter counts in part.
    pub fn pauses(&self, missed: f64) -> f64 {
        let own: f64 = self
            .gaps
            .iter()
            .map(|gap| (gap / missed).powi(4).min(1.0))
            .sum();
        let unknown = self.thresholds.pauses(missed * self.days_a_visit);
        (own + unknown) / (self.years + 1.0)
    }
}

/// Stretches without a visit between two visits.
fn gaps(past: &Past, days: Range<usize>) -> Vec<f64> {
    let mut gaps = Vec::with_capacity(64);
    let (mut to, mut missed) = (days.start, 0.0);
    let mut level = 1.0;
    for at in days {
        if at >= to {
            (to, level) = habit(past, at);
        }
        if past.came[at] > 0 {
            if missed > 0.0 {
                gaps.push(missed);
            }
            missed = 0.0;
        } else {
            missed += f64::from(past.expected[at]) * level;
        }
    }
    gaps
}

/// Until when the year of a day goes, counted back from the usual, and how much of the usual was
/// the habit in it: whoever came half as often then missed half as much.
fn habit(past: &Past, at: usize) -> (usize, f64) {
    let usual = past.base.start;
    if at >= usual {
        return (past.base.end, 1.0);
    }
    let to = usual - (usual - 1 - at) / YEAR * YEAR;
    let year = to.saturating_sub(YEAR)..to;
    let came = f64::from(past.came_in(year.clone()));
    (to, (came / past.expect_in(year).max(1.0)).min(1.0))
}

/// How much this person's visits scatter: variance of four weeks over their mean; 1 is pure
/// chance, less is a clock, more comes in bouts.
fn scatter(past: &Past) -> f64 {
    let unknown = 0.7 + 0.2 * past.a_week;
    let (mut squares, mut sum) = (unknown * SCATTER_CALM, SCATTER_CALM);
    let mut to = past.base.end;
    while to >= past.base.start + BLOCK {
        let expected = past.expect_in(to - BLOCK..to);
        let came = f64::from(past.came_in(to - BLOCK..to));
        squares += (came - expected).powi(2);
        sum += expected;
        to -= BLOCK;
    }
    (squares / sum).max(STEADIEST)
}
