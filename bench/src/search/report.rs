//! The figures, as a table to be read.

use std::io::Write;
use std::time::Duration;

use super::trial::Row;

pub fn write(rows: &[Row], misses: usize, out: &mut impl Write) -> anyhow::Result<()> {
    for row in rows {
        for miss in row.misses.iter().take(misses) {
            writeln!(out, "miss {:?}: {miss}", row.kind)?;
        }
    }
    writeln!(
        out,
        "{:<20} {:>6} {:>10} {:>11} {:>8} {:>8} {:>8} {:>6} {:>7}",
        "kind", "asked", "with year", "name alone", "p50 ms", "p95 ms", "p99 ms", "keys", "opened"
    )?;
    for row in rows {
        line(&label(row), &[row], out)?;
    }
    let counted: Vec<&Row> = rows.iter().filter(|r| r.counts()).collect();
    line("one mistake", &counted, out)?;
    line("all", &rows.iter().collect::<Vec<_>>(), out)?;
    writeln!(
        out,
        "aims: one mistake with year 97 %, name alone 95 %, p95 50 ms"
    )?;
    Ok(())
}

fn label(row: &Row) -> String {
    let name = format!("{:?}", row.kind);
    name.trim_start_matches("Mistaken(")
        .trim_end_matches(')')
        .to_owned()
}

fn line(label: &str, rows: &[&Row], out: &mut impl Write) -> anyhow::Result<()> {
    let sum = |of: fn(&Row) -> usize| rows.iter().map(|r| of(r)).sum::<usize>();
    let asked = sum(|r| r.asked).max(1);
    let percent = |n: usize| 100.0 * n as f64 / asked as f64;
    let mut times: Vec<Duration> = rows.iter().flat_map(|r| r.times.iter().copied()).collect();
    times.sort_unstable();
    let at = |share: usize| {
        times
            .get(times.len() * share / 100)
            .map_or(0.0, |t| t.as_secs_f64() * 1e3)
    };
    writeln!(
        out,
        "{label:<20} {asked:>6} {:>8.1} % {:>9.1} % {:>8.2} {:>8.2} {:>8.2} {:>6} {:>7}",
        percent(sum(|r| r.with_year)),
        percent(sum(|r| r.name_alone)),
        at(50),
        at(95),
        at(99),
        sum(|r| r.keys) / (2 * asked),
        sum(|r| r.opened) / (2 * asked)
    )?;
    Ok(())
}
