//! A night of a large town: one list for 100,000 people with three years of attendance.

use std::io::Write;
use std::time::Instant;

use ::rhythm::Thresholds;

use super::days::day_of;
use super::town::{Size, Town};

/// Makes the town and times the list alone, three times.
///
/// # Errors
/// If the facts are refused or the figures can't be written.
pub fn run(people: usize, seed: u64, out: &mut impl Write) -> anyhow::Result<()> {
    let last = day_of(jiff::civil::date(2026, 9, 30));
    let began = Instant::now();
    let town = Town::make(&Size {
        people,
        first: last - 3 * 365,
        last,
        seed,
    });
    writeln!(out, "{}", town.summary())?;
    writeln!(out, "made in {:.1} s", began.elapsed().as_secs_f64())?;
    for _ in 0..3 {
        let began = Instant::now();
        let alerts = ::rhythm::watch_with(&town.facts, &Thresholds::default(), last, last, 20)?;
        writeln!(
            out,
            "a night's list: {} names in {:.2} s",
            alerts.len(),
            began.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}
