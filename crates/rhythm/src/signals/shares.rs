//! So many of so many, before and since: a role given up, leaving earlier, sign-ups not kept.

use crate::book::Book;
use crate::facts::{Day, Role, Roll, Signal};
use crate::finding::{Line, Numbers, Share};
use crate::past::Past;
use crate::sums::{Two, seldom, tenth};
use crate::thresholds::Thresholds;

/// Shares scatter more than dice: a rota, a spell of bad weather.
const SCATTER: f64 = 1.3;
const LEAST_BEFORE: u32 = 5;
const LEAST_SINCE: u32 = 3;
/// A quarter of an hour before the usual is earlier.
const EARLIER: i32 = 15;

/// What happened at one chance.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub at: usize,
    pub yes: bool,
}

/// The clearest fall of a share since some chance of the last months.
pub(super) struct Fall {
    pub from: usize,
    pub sum: f64,
    pub before: Share,
    pub since: Share,
}

/// `tries` in order of days.
pub(super) fn fall(past: &Past, tries: &[Try], a_year: f64) -> Option<Fall> {
    let count = |tries: &[Try]| Share {
        of: tries.len() as u32,
        n: tries.iter().filter(|t| t.yes).count() as u32,
    };
    let begin = tries.partition_point(|t| t.at < past.base.start);
    let split = tries.partition_point(|t| t.at < past.look.start);
    let before = count(&tries[begin..split]);
    if before.n < LEAST_BEFORE {
        return None;
    }
    let chances = (tries.len() - split) as f64;
    let mut since = Share::default();
    let mut best: Option<Fall> = None;
    for tried in tries[split..].iter().rev() {
        since.of += 1;
        since.n += u32::from(tried.yes);
        if since.of < LEAST_SINCE || tried.yes {
            continue;
        }
        let ratio = two(before, since).rarer() / SCATTER;
        let sum = seldom(chances, ratio, a_year);
        if best.as_ref().is_none_or(|best| sum > best.sum) {
            best = Some(Fall {
                from: tried.at,
                sum,
                before,
                since,
            });
        }
    }
    best
}

fn two(before: Share, since: Share) -> Two {
    // Half a miss more than was seen: nobody is certain of themselves.
    Two {
        before: f64::from(before.n),
        before_of: f64::from(before.of) + 0.5,
        since: f64::from(since.n),
        since_of: f64::from(since.of),
    }
}

pub(super) fn line(past: &Past, signal: Signal, fall: &Fall, numbers: Numbers) -> Line {
    Line {
        signal,
        onset: past.day(fall.from),
        evidence: tenth(fall.sum),
        counted: 0.0,
        numbers,
    }
}

/// Taught or helped, and no longer does. Two things must both be so: a smaller share of the visits
/// (else it is only coming less), and fewer such visits than expected (else it is only coming to
/// other things as well).
pub(crate) fn role(book: &Book, past: &Past, thresholds: &Thresholds) -> Option<Line> {
    let chance = thresholds.chance(Signal::Role);
    let best = [Role::Teacher, Role::Helper]
        .into_iter()
        .filter_map(|least| {
            let tries: Vec<Try> = past
                .visits
                .iter()
                .filter_map(|v| {
                    Some(Try {
                        at: past.at(book.day_of(v.meeting))?,
                        yes: v.role >= least,
                    })
                })
                .collect();
            let mut fall = fall(past, &tries, chance)?;
            let since = f64::from(fall.since.n);
            let usual = f64::from(fall.before.n) / past.expect_in(past.base.clone()).max(1.0);
            let fewer = Two {
                before: f64::from(fall.before.n),
                before_of: f64::from(fall.before.n),
                since,
                since_of: usual * past.expect_in(fall.from..past.look.end),
            };
            let weeks = past.look.len() as f64 / 7.0;
            fall.sum = fall.sum.min(seldom(weeks, fewer.fewer(), chance));
            Some((least, fall))
        });
    let (role, fall) = best.max_by(|a, b| a.1.sum.total_cmp(&b.1.sum))?;
    let numbers = Numbers::Role {
        role,
        before: fall.before,
        since: fall.since,
    };
    Some(line(past, Signal::Role, &fall, numbers))
}

/// Leaves well before the own usual. Measured from the meeting's end, as meetings differ.
pub(crate) fn leaving(book: &Book, past: &Past, thresholds: &Thresholds) -> Option<Line> {
    let left: Vec<(usize, i32)> = past
        .visits
        .iter()
        .filter_map(|v| {
            let ends = book.meetings[v.meeting as usize].ends;
            let at = past.at(book.day_of(v.meeting))?;
            Some((at, i32::from(ends) - i32::from(v.left?)))
        })
        .collect();
    let mut usual: Vec<i32> = left
        .iter()
        .filter(|(at, _)| past.base.contains(at))
        .map(|(_, early)| *early)
        .collect();
    if usual.len() < LEAST_BEFORE as usize {
        return None;
    }
    let middle = usual.len() / 2;
    let usual = *usual.select_nth_unstable(middle).1;
    let tries: Vec<Try> = left
        .iter()
        .map(|(at, early)| Try {
            at: *at,
            yes: *early <= usual + EARLIER,
        })
        .collect();
    let fall = fall(past, &tries, thresholds.chance(Signal::Leaving))?;
    let early = |s: Share| Share {
        n: s.of - s.n,
        of: s.of,
    };
    let numbers = Numbers::Leaving {
        usual_minutes_before_end: usual,
        before: early(fall.before),
        since: early(fall.since),
    };
    Some(line(past, Signal::Leaving, &fall, numbers))
}

/// Takes a place and does not come. Given back, told away, called off, no roll: no promise broken.
pub(crate) fn sign_ups(
    book: &Book,
    past: &Past,
    thresholds: &Thresholds,
    day: Day,
) -> Option<Line> {
    let mut tries = Vec::new();
    for sign_up in book.sign_ups(past.person) {
        let meeting = &book.meetings[sign_up.meeting as usize];
        let came = past
            .visits
            .binary_search_by_key(&sign_up.meeting, |v| v.meeting)
            .is_ok();
        let counts = meeting.day < day && meeting.roll == Roll::Taken && !sign_up.given_back;
        if let (true, Some(at)) = (counts, past.at(meeting.day))
            && (came || !past.away[at])
        {
            tries.push(Try { at, yes: came });
        }
    }
    let fall = fall(past, &tries, thresholds.chance(Signal::SignUps))?;
    let numbers = Numbers::SignUps {
        before: fall.before,
        since: fall.since,
    };
    Some(line(past, Signal::SignUps, &fall, numbers))
}
