//! The week's list, the lists of many weeks, and what other thresholds would have changed.

use std::num::NonZero;
use std::thread;

use crate::book::{Book, within};
use crate::facts::{Alert, Day, Facts, Signal, Told};
use crate::fault::Fault;
use crate::finding::{Finding, Outcome};
use crate::look::look;
use crate::past::Past;
use crate::sums::tenth;
use crate::thresholds::Thresholds;

/// Fewer people than this are looked at by one thread.
const WORTH_A_THREAD: u32 = 2_000;
/// Whoever rests after a listing is listed again only for another kind, so much stronger.
const STRONGER: f64 = 1.5;
/// More lists than this at once are a mistake of the caller: twenty years.
const MOST_LISTS: i32 = 1_100;

/// Everybody at whom it is worth looking on one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Week {
    /// The list, strongest first.
    pub listed: Vec<Finding>,
    /// As clear, and not on the list because it is full: nobody gets lost unseen.
    pub below: Vec<Finding>,
    /// Did not come for half a year, and never stood on a list since they last came.
    pub missed: Vec<Missed>,
}

/// Somebody who went unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    pub person: u32,
    pub last_visit: Day,
}

impl Book<'_> {
    /// At most `per_week` people on the list of `day`, strongest first; see [`Book::week`].
    pub fn list(
        &self,
        thresholds: &Thresholds,
        day: Day,
        told: &[Told],
        per_week: usize,
    ) -> Vec<Finding> {
        self.week(thresholds, day, told, per_week).listed
    }

    /// The list of `day`, whoever is below its end, and who was missed. `told` is what earlier
    /// lists said, in any order: whoever was listed rests until they come again, and what was told
    /// counts against them less and less.
    pub fn week(&self, thresholds: &Thresholds, day: Day, told: &[Told], per_week: usize) -> Week {
        if !within(day) {
            return Week::default();
        }
        let mut earlier: Vec<&Told> = told.iter().filter(|t| t.alert.day < day).collect();
        earlier.sort_by_key(|t| (t.alert.person, t.alert.day));
        let threads = thread::available_parallelism().map_or(1, NonZero::get) as u32;
        let threads = threads.min(self.people / WORTH_A_THREAD).max(1);
        let share = self.people.div_ceil(threads);
        let mut week = thread::scope(|scope| {
            let spans = (1..threads)
                .map(|t| (t * share).min(self.people)..((t + 1) * share).min(self.people));
            let others: Vec<_> = spans
                .map(|span| scope.spawn(|| self.look_at(thresholds, day, &earlier, span)))
                .collect();
            let mut week = self.look_at(thresholds, day, &earlier, 0..share);
            // A thread that panicked would be a fault of this crate; its panic goes on here.
            for other in others {
                let other = other
                    .join()
                    .unwrap_or_else(|why| std::panic::resume_unwind(why));
                week.listed.extend(other.listed);
                week.missed.extend(other.missed);
            }
            week
        });
        week.listed.sort_by(strongest_first);
        week.below = week.listed.split_off(per_week.min(week.listed.len()));
        let latest = |missed: &Missed| std::cmp::Reverse(missed.last_visit);
        week.missed.sort_by_key(latest);
        week
    }

    /// Some of the people; the list as long as it gets.
    fn look_at(
        &self,
        thresholds: &Thresholds,
        day: Day,
        earlier: &[&Told],
        people: std::ops::Range<u32>,
    ) -> Week {
        let (mut past, mut week) = (Past::default(), Week::default());
        for person in people {
            let from = earlier.partition_point(|t| t.alert.person < person);
            let to = earlier.partition_point(|t| t.alert.person <= person);
            let told = &earlier[from..to];
            match look(self, thresholds, &mut past, person, day) {
                Outcome::Change(finding) => {
                    let left = self.less_told(thresholds, finding, told);
                    let strong = left.filter(|finding| finding.sum >= thresholds.least_sum);
                    week.listed.extend(strong);
                }
                Outcome::LongGone { last_visit } => {
                    let absence = [Signal::Less, Signal::Gap];
                    let agreed = absence.iter().any(|s| self.agreed(person, *s, day));
                    let unseen = told.last().is_none_or(|t| t.alert.day <= last_visit);
                    if agreed && unseen {
                        week.missed.push(Missed { person, last_visit });
                    }
                }
                _ => {}
            }
        }
        week
    }

    /// Nobody is put before staff twice for what they know already.
    fn less_told(
        &self,
        thresholds: &Thresholds,
        mut finding: Finding,
        told: &[&Told],
    ) -> Option<Finding> {
        let Some(last) = told.last() else {
            return Some(finding);
        };
        let line = finding.lines.first()?;
        let (alert, day) = (last.alert, finding.day);
        let resting = match last.again {
            // Whoever answered wants to know it then.
            Some(again) if day >= again => return Some(finding),
            Some(_) => true,
            None => {
                day - alert.day < thresholds.rest_days as i32
                    || !self.came(alert.person, alert.day, day)
            }
        };
        if resting {
            let other = kind(line.signal) != kind(alert.signal);
            return (other && line.evidence >= STRONGER * alert.sum.max(1.0)).then_some(finding);
        }
        let told = told.iter().map(|t| {
            let age = f64::from(day - t.alert.day);
            t.alert.sum * (-age / thresholds.told_half_life).exp2()
        });
        finding.told = tenth(told.fold(0.0, f64::max));
        finding.sum = tenth((finding.sum - finding.told).max(0.0));
        Some(finding)
    }
}

fn strongest_first(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let onset = |f: &Finding| f.lines.first().map(|l| l.onset);
    b.sum
        .total_cmp(&a.sum)
        .then(onset(b).cmp(&onset(a)))
        .then(a.person.cmp(&b.person))
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
    let mut told: Vec<Told> = Vec::new();
    for day in (first..=last).step_by(7) {
        let found = book.list(thresholds, day, &told, per_week);
        told.extend(found.iter().filter_map(Finding::alert).map(Told::from));
    }
    Ok(told.into_iter().map(|told| told.alert).collect())
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
