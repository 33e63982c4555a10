//! One table for all lists, over several towns.

use std::io::Write;

use ::rhythm::Day;

use super::fate::Kind;
use super::score::{Due, Outcome};

/// One way of making the list, at one length: an outcome a town.
pub struct Row {
    pub name: String,
    pub per_week: usize,
    pub outcomes: Vec<Outcome>,
}

/// Writes the rows of one length, ours last. `weeks` is how many lists were scored a town.
///
/// # Errors
/// If it can't be written.
pub fn write(
    rows: &[&Row],
    dues: &[Due],
    weeks: usize,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let Some(ours) = rows.last() else {
        return Ok(());
    };
    writeln!(
        out,
        "\n{:<30}{:>7}{:>16}{:>7}{:>7}{:>7}{:>7}{:>7}{:>8}{:>8}{:>15}{:>8}{:>8}{:>9}",
        format!("at most {} a week", ours.per_week),
        "used",
        "found % (range)",
        "stop",
        "fade",
        "role",
        "comp",
        "mixed",
        "in 30 d",
        "in 60 d",
        "days q1/med/q3",
        "false",
        "right %",
        "ours by"
    )?;
    for row in rows {
        let found: Vec<f64> = (0..dues.len())
            .map(|at| share(row, dues, Some(at), None, Day::MAX))
            .collect();
        let low = found.iter().copied().fold(f64::INFINITY, f64::min);
        let high = found.iter().copied().fold(0.0, f64::max);
        let all = share(row, dues, None, None, Day::MAX);
        let kinds: String = Kind::ALL
            .iter()
            .map(|kind| format!("{:>7.1}", share(row, dues, None, Some(*kind), Day::MAX)))
            .collect();
        let mut days: Vec<Day> = row
            .outcomes
            .iter()
            .flat_map(|one| one.found.values().copied())
            .collect();
        let quarters = [1, 2, 3].map(|part| quantile(&mut days, part));
        let alerts: usize = row.outcomes.iter().map(|one| one.alerts).sum();
        let wrong: usize = row.outcomes.iter().map(|one| one.false_alarms).sum();
        let years: f64 = dues.iter().map(|due| due.person_years).sum();
        writeln!(
            out,
            "{:<30}{:>7.1}{:>16}{kinds}{:>8.1}{:>8.1}{:>15}{:>8.1}{:>8.1}{:>9}",
            row.name,
            alerts as f64 / (weeks * dues.len()) as f64,
            format!("{all:.1} ({low:.0}–{high:.0})"),
            share(row, dues, None, None, 30),
            share(row, dues, None, None, 60),
            format!("{}/{}/{}", quarters[0], quarters[1], quarters[2]),
            100.0 * wrong as f64 / years,
            100.0 * (1.0 - wrong as f64 / alerts.max(1) as f64),
            ahead(ours, row)
        )?;
    }
    Ok(())
}

/// Found of what was due, in percent: of one town or all, of one kind or all, within so many days.
fn share(row: &Row, dues: &[Due], town: Option<usize>, kind: Option<Kind>, within: Day) -> f64 {
    let (mut found, mut all) = (0, 0);
    for (at, due) in dues.iter().enumerate() {
        if town.is_some_and(|town| town != at) {
            continue;
        }
        for (person, (_, of)) in &due.declines {
            if kind.is_none_or(|kind| kind == *of) {
                all += 1;
                let days = row.outcomes[at].found.get(person);
                found += usize::from(days.is_some_and(|days| *days <= within));
            }
        }
    }
    100.0 * f64::from(found as u32) / f64::from(all.max(1))
}

fn quantile(days: &mut [Day], quarter: usize) -> Day {
    days.sort_unstable();
    days.get(days.len() * quarter / 4).copied().unwrap_or(0)
}

/// Median of the days by which we found earlier what both found.
fn ahead(ours: &Row, other: &Row) -> String {
    let mut days: Vec<Day> = Vec::new();
    for (our, their) in ours.outcomes.iter().zip(&other.outcomes) {
        let both = our
            .found
            .iter()
            .filter_map(|(person, our)| Some(their.found.get(person)? - our));
        days.extend(both);
    }
    match days.len() {
        0 => "–".to_owned(),
        _ => format!("{:+}", quantile(&mut days, 2)),
    }
}
