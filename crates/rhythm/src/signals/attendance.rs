//! Coming less, and a gap too long: what was expected against what came.

use crate::facts::Signal;
use crate::finding::{Line, Numbers};
use crate::past::Past;
use crate::signals::Known;
use crate::sums::{Two, seldom, tenth};

/// A weekly visitor's month.
const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;
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
