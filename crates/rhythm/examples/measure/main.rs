//! How long a nightly list takes, and a rough look at what it finds, on made-up facts.
//!
//! `cargo run --release -p rhythm --example measure -- PEOPLE DAYS [watch]`
//!
//! These people are simple, and were made by whoever made the detector: the figures of `watch` are
//! for one's own check. The comparison that counts is made on years written apart from this crate.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod town;

use std::time::Instant;

use rhythm::{Alert, Book, Day, Facts, Signal, Thresholds, watch_with};
use town::{Change, Truth};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let people = args.get(1).map_or(5_000, |a| a.parse().unwrap());
    let days: Day = args.get(2).map_or(1_095, |a| a.parse().unwrap());
    let (facts, truths) = town::make(people, days, 7);
    println!(
        "{people} people, {} meetings, {} visits, {} sign-ups, {} aways, {} consents",
        facts.meetings.len(),
        facts.visits.len(),
        facts.sign_ups.len(),
        facts.aways.len(),
        facts.consents.len()
    );
    let thresholds = Thresholds::default();
    let begun = Instant::now();
    let book = Book::read(&facts, days).unwrap();
    let read = begun.elapsed();
    let list = book.list(&thresholds, days, &[], 20);
    println!(
        "laid ready in {read:.2?}, list of {} in {:.2?}",
        list.len(),
        begun.elapsed() - read
    );
    if args.get(3).is_none_or(|a| a != "watch") {
        return;
    }
    let first = days - 365;
    for per_week in [5, 10, 20] {
        let begun = Instant::now();
        let alerts = watch_with(&facts, &thresholds, first, days, per_week).unwrap();
        println!(
            "{per_week} a week, a year of lists in {:.1?}",
            begun.elapsed()
        );
        score("rhythm", &alerts, &truths);
        score(
            "four weeks",
            &four_weeks(&facts, first, days, per_week),
            &truths,
        );
    }
}

/// Longest absence beyond four weeks first; whoever is gone for half a year is known.
fn four_weeks(facts: &Facts, first: Day, last: Day, per_week: usize) -> Vec<Alert> {
    let mut visits: Vec<Vec<Day>> = vec![Vec::new(); facts.people as usize];
    for v in &facts.visits {
        visits[v.person as usize].push(facts.meetings[v.meeting as usize].day);
    }
    let mut told: Vec<Day> = vec![first - 56; facts.people as usize];
    let mut alerts = Vec::new();
    for day in (first..=last).step_by(7) {
        let absent = |person: &u32| {
            let seen = visits[*person as usize].iter().rev().find(|d| **d < day)?;
            Some((day - seen, *person))
        };
        let mut week: Vec<(Day, u32)> = (0..facts.people)
            .filter(|p| day - told[*p as usize] >= 56)
            .filter_map(|p| absent(&p))
            .filter(|(absent, _)| (28..=182).contains(absent))
            .collect();
        week.sort_unstable_by(|a, b| b.cmp(a));
        for (absent, person) in week.into_iter().take(per_week) {
            told[person as usize] = day;
            let onset = day - absent;
            alerts.push(Alert {
                person,
                day,
                signal: Signal::Gap,
                onset,
                sum: f64::from(absent),
            });
        }
    }
    alerts
}

/// Found: listed within 180 days of the onset.
fn score(name: &str, alerts: &[Alert], truths: &[Option<Truth>]) {
    let mut line = format!("{name:>12}");
    for kind in [Change::Stop, Change::Fade, Change::Role] {
        let whose = truths.iter().zip(0u32..);
        let of: Vec<(Truth, u32)> = whose
            .filter_map(|(t, p)| Some((t.filter(|t| t.kind == kind)?, p)))
            .collect();
        let found = |(truth, person): &(Truth, u32)| {
            let after = alerts
                .iter()
                .filter(|a| a.person == *person)
                .map(|a| a.day - truth.onset);
            after.filter(|days| (0..=180).contains(days)).min()
        };
        let mut days: Vec<Day> = of.iter().filter_map(found).collect();
        days.sort_unstable();
        let median = days.get(days.len() / 2).copied().unwrap_or_default();
        line += &format!("  {kind:?} {}/{} in {median} days", days.len(), of.len());
    }
    let wrong = |a: &&Alert| {
        truths[a.person as usize]
            .as_ref()
            .is_none_or(|truth| a.day < truth.onset)
    };
    println!(
        "{line}  lines {} wrong {}",
        alerts.len(),
        alerts.iter().filter(wrong).count()
    );
}
