//! Coming less, and a gap too long: what was expected against what came.

use crate::facts::Signal;
use crate::finding::{Line, Numbers};
use crate::past::Past;
use crate::sums::{Two, seldom, tenth};
use crate::thresholds::Thresholds;

/// A weekly visitor's month.
const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;
/// The own scatter is measured in stretches of four weeks: a cold lies within one.
const BLOCK: usize = 28;
/// Imagined expected visits at the scatter of somebody unknown.
const SCATTER_CALM: f64 = 8.0;
/// Below this somebody would be a clock.
const STEADIEST: f64 = 0.4;
/// Whoever comes as usual in the last weeks has paused and is back: the ratio of "still so much of
/// the usual" against "as usual again" lowers the sum. A fixed level, so that no visit raises it.
const STILL_LESS: f64 = 0.3;
/// Missed visits below which nothing is said.
const LEAST_MISSED: f64 = 1.5;

/// Comes less than usual since some week of the last months.
pub(crate) fn less(past: &Past, known: &Known) -> Option<Line> {
    let steady = known.scatter;
    let before = f64::from(past.came_in(past.base.clone()));
    let before_of = past.expect_in(past.base.clone()).max(before);
    let weeks = past.look.len() / 7;
    let (mut expected, mut came, mut back) = (0.0, 0, 0.0_f64);
    let mut best: Option<(f64, usize, f64, u32)> = None;
    for week in (0..weeks).rev() {
        let from = past.look.end - 7 * (weeks - week);
        expected += past.expect_in(from..from + 7);
        came += past.came_in(from..from + 7);
        let since = f64::from(came);
        back = back.min(since * STILL_LESS.ln() + (1.0 - STILL_LESS) * expected);
        if expected - since < LEAST_MISSED {
            continue;
        }
        let two = Two {
            before,
            before_of,
            since,
            since_of: expected,
        };
        let pauses = known.pauses(expected - since) * (-back / steady).exp();
        let sum = seldom(weeks as f64, two.fewer() / steady, pauses);
        if best.is_none_or(|(most, ..)| sum > most) {
            best = Some((sum, from, expected, came));
        }
    }
    let (sum, from, expected, came) = best?;
    Some(Line {
        signal: Signal::Less,
        onset: past.day(first_missed(past, from)),
        evidence: tenth(sum),
        counted: 0.0,
        numbers: Numbers::Less {
            came,
            expected,
            usual_a_month: past.a_week * WEEKS_A_MONTH,
        },
    })
}

/// Has not come for longer than this person's rhythm allows.
pub(crate) fn gap(past: &Past, known: &Known) -> Option<Line> {
    let last = past.came[..past.look.end].iter().rposition(|c| *c > 0)?;
    let missed = past.expect_in(last + 1..past.look.end);
    if missed < LEAST_MISSED {
        return None;
    }
    let a_year = past.a_week * 52.18;
    let sum = seldom(a_year, missed / known.scatter, known.pauses(missed));
    let longest_before = known.gaps.iter().copied().fold(0.0, f64::max);
    Some(Line {
        signal: Signal::Gap,
        onset: past.day(first_missed(past, last + 1)),
        evidence: tenth(sum),
        counted: 0.0,
        numbers: Numbers::Gap {
            last_visit: past.day(last),
            missed,
            longest_before,
            usual_a_month: past.a_week * WEEKS_A_MONTH,
        },
    })
}

/// The first day from `from` on with something to come to and no visit.
fn first_missed(past: &Past, from: usize) -> usize {
    (from..past.look.end)
        .find(|at| past.expected[*at] > 0.0 && past.came[*at] == 0)
        .unwrap_or(from)
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

/// What is known of somebody's pauses: the own gaps of the usual in missed visits, and how often
/// people pause anyway.
pub(crate) struct Known<'t> {
    scatter: f64,
    gaps: Vec<f64>,
    years: f64,
    days_a_visit: f64,
    thresholds: &'t Thresholds,
}

impl<'t> Known<'t> {
    pub fn of(past: &Past, thresholds: &'t Thresholds) -> Self {
        let mut gaps = Vec::with_capacity(64);
        let (mut missed, mut begun) = (0.0, false);
        for at in past.base.clone() {
            if past.came[at] > 0 {
                if begun && missed > 0.0 {
                    gaps.push(missed);
                }
                begun = true;
                missed = 0.0;
            } else {
                missed += f64::from(past.expected[at]);
            }
        }
        Self {
            scatter: scatter(past),
            gaps,
            years: past.base.len() as f64 / 365.0,
            days_a_visit: 7.0 / past.a_week.max(0.01),
            thresholds,
        }
    }

    /// Pauses a year in which at least so many visits are missed. One year of an unknown person
    /// stands beside the own; an own gap a little shorter counts in part.
    fn pauses(&self, missed: f64) -> f64 {
        let own: f64 = self
            .gaps
            .iter()
            .map(|gap| (gap / missed).powi(4).min(1.0))
            .sum();
        let unknown = self.thresholds.pauses(missed * self.days_a_visit);
        (own + unknown) / (self.years + 1.0)
    }
}
