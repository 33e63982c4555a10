//! The week's list, the lists of many weeks, and what other thresholds would have changed.

use std::num::NonZero;
use std::thread;

use crate::book::{Book, within};
use crate::facts::{Alert, Day, Facts, Signal};
use crate::fault::Fault;
use crate::finding::{Finding, Outcome};
use crate::look::look;
use crate::past::Past;
use crate::sums::tenth;
use crate::thresholds::Thresholds;

/// Fewer people than this are looked at by one thread.
const WORTH_A_THREAD: u32 = 2_000;
/// Within the rest after a listing, only another kind so much stronger is listed again.
const STRONGER: f64 = 1.5;
/// More lists than this at once are a mistake of the caller: twenty years.
const MOST_LISTS: i32 = 1_100;

impl Book<'_> {
    /// At most `per_week` people on the list of `day`, strongest first. `listed` is what earlier
    /// lists said, in any order: whoever was listed rests, and what was told counts against them
    /// less and less.
    pub fn list(
        &self,
        thresholds: &Thresholds,
        day: Day,
        listed: &[Alert],
        per_week: usize,
    ) -> Vec<Finding> {
        if !within(day) {
            return Vec::new();
        }
        let mut earlier: Vec<&Alert> = listed.iter().filter(|a| a.day < day).collect();
        earlier.sort_by_key(|a| (a.person, a.day));
        let threads = thread::available_parallelism().map_or(1, NonZero::get) as u32;
        let threads = threads.min(self.people / WORTH_A_THREAD).max(1);
        let share = self.people.div_ceil(threads);
        let mut found = thread::scope(|scope| {
            let spans = (1..threads)
                .map(|t| (t * share).min(self.people)..((t + 1) * share).min(self.people));
            let others: Vec<_> = spans
                .map(|span| scope.spawn(|| self.look_at(thresholds, day, &earlier, span)))
                .collect();
            let mut found = self.look_at(thresholds, day, &earlier, 0..share);
            // A thread that panicked would be a fault of this crate; its panic goes on here.
            for other in others {
                found.extend(
                    other
                        .join()
                        .unwrap_or_else(|why| std::panic::resume_unwind(why)),
                );
            }
            found
        });
        found.sort_by(strongest_first);
        found.truncate(per_week);
        found
    }

    fn look_at(
        &self,
        thresholds: &Thresholds,
        day: Day,
        earlier: &[&Alert],
        people: std::ops::Range<u32>,
    ) -> Vec<Finding> {
        let mut past = Past::default();
        people
            .filter_map(|person| {
                let from = earlier.partition_point(|a| a.person < person);
                let to = earlier.partition_point(|a| a.person <= person);
                let Outcome::Change(finding) = look(self, thresholds, &mut past, person, day)
                else {
                    return None;
                };
                less_told(thresholds, finding, &earlier[from..to])
                    .filter(|finding| finding.sum >= thresholds.least_sum)
            })
            .collect()
    }
}

fn strongest_first(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let onset = |f: &Finding| f.lines.first().map(|l| l.onset);
    b.sum
        .total_cmp(&a.sum)
        .then(onset(b).cmp(&onset(a)))
        .then(a.person.cmp(&b.person))
}

/// Nobody is put before staff twice for what they know already.
fn less_told(thresholds: &Thresholds, mut finding: Finding, listed: &[&Alert]) -> Option<Finding> {
    let line = finding.lines.first()?;
    let last = listed.last();
    let resting = last.is_some_and(|a| finding.day - a.day < thresholds.rest_days as i32);
    if let (true, Some(last)) = (resting, last) {
        let other = kind(line.signal) != kind(last.signal);
        return (other && line.evidence >= STRONGER * last.sum.max(1.0)).then_some(finding);
    }
    let told = listed.iter().map(|a| {
        let age = f64::from(finding.day - a.day);
        a.sum * (-age / thresholds.told_half_life).exp2()
    });
    finding.told = tenth(told.fold(0.0, f64::max));
    finding.sum = tenth((finding.sum - finding.told).max(0.0));
    Some(finding)
}

/// Coming less and a gap are one absence.
fn kind(signal: Signal) -> Signal {
    if signal == Signal::Gap {
        Signal::Less
    } else {
        signal
    }
}

/// Every seventh day from `first` to `last`: at most `per_week` alerts, made only of what was known
/// on that day (meetings before it). By day, then by sum, strongest first. Facts that do not hold
/// together give no list; [`watch_with`] says why.
pub fn watch(facts: &Facts, first: Day, last: Day, per_week: usize) -> Vec<Alert> {
    watch_with(facts, &Thresholds::default(), first, last, per_week).unwrap_or_default()
}

/// [`watch`] with thresholds of a town.
pub fn watch_with(
    facts: &Facts,
    thresholds: &Thresholds,
    first: Day,
    last: Day,
    per_week: usize,
) -> Result<Vec<Alert>, Fault> {
    thresholds.checked()?;
    let book = Book::read(facts, first)?;
    lists(&book, thresholds, first, last, per_week)
}

fn lists(
    book: &Book,
    thresholds: &Thresholds,
    first: Day,
    last: Day,
    per_week: usize,
) -> Result<Vec<Alert>, Fault> {
    if !within(first) || !within(last) || (last - first) / 7 > MOST_LISTS {
        return Err(Fault::DayOutOfRange);
    }
    let mut alerts: Vec<Alert> = Vec::new();
    for day in (first..=last).step_by(7) {
        let found = book.list(thresholds, day, &alerts, per_week);
        alerts.extend(found.iter().filter_map(Finding::alert));
    }
    Ok(alerts)
}

/// What new thresholds would have changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// People the old ones listed and the new ones would not have.
    pub lost: Vec<Alert>,
    /// People only the new ones would have listed.
    pub gained: Vec<Alert>,
    /// People both list, each at the first listing, where the day differs.
    pub moved: Vec<Later>,
    /// People both list on the same day first.
    pub same: usize,
    /// Lines on all lists.
    pub old_lines: usize,
    pub new_lines: usize,
}

/// Somebody listed on another day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Later {
    pub old: Alert,
    pub new: Alert,
}

/// Both thresholds on the same facts and lists, compared by each person's first listing.
pub fn effect(
    facts: &Facts,
    old: &Thresholds,
    new: &Thresholds,
    first: Day,
    last: Day,
    per_week: usize,
) -> Result<Effect, Fault> {
    old.checked()?;
    new.checked()?;
    let book = Book::read(facts, first)?;
    let old = lists(&book, old, first, last, per_week)?;
    let new = lists(&book, new, first, last, per_week)?;
    let mut effect = Effect {
        old_lines: old.len(),
        new_lines: new.len(),
        ..Effect::default()
    };
    let (old, new) = (firsts(old), firsts(new));
    for alert in &old {
        match new.binary_search_by_key(&alert.person, |a| a.person) {
            Err(_) => effect.lost.push(*alert),
            Ok(at) if new[at].day == alert.day => effect.same += 1,
            Ok(at) => effect.moved.push(Later {
                old: *alert,
                new: new[at],
            }),
        }
    }
    let before = |a: &&Alert| old.binary_search_by_key(&a.person, |o| o.person).is_err();
    effect.gained.extend(new.iter().filter(before));
    Ok(effect)
}

/// Each person's first alert, by person.
fn firsts(mut alerts: Vec<Alert>) -> Vec<Alert> {
    alerts.sort_by_key(|a| (a.person, a.day));
    alerts.dedup_by_key(|a| a.person);
    alerts
}
