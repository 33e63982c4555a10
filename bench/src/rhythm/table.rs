//! One table for all lists, over several towns.

use std::io::Write;

use ::rhythm::Day;

use super::fate::Kind;
use super::score::{Due, Onset, Outcome};

/// One way of making the list, at one length: an outcome a town.
pub struct Row {
    pub name: String,
    pub per_week: usize,
    pub outcomes: Vec<Outcome>,
}

const HEAD: &str = "used | found | (towns) | stop | fade | role | comp. | mixed | often | 30 d | 60 d | 90 d \
    |        days | false | right | ours by |";
const RULE: &str = "---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

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
    let head = format!("at most {} a week", ours.per_week);
    writeln!(out, "\n| {head:<25} | {HEAD}\n|---|{RULE}")?;
    for row in rows {
        writeln!(out, "{}", line(row, ours, dues, weeks * dues.len()))?;
    }
    Ok(())
}

fn line(row: &Row, ours: &Row, dues: &[Due], lists: usize) -> String {
    let town = |town: usize| share(row, dues, |at, _| at == town, Day::MAX);
    let towns: Vec<f64> = (0..dues.len()).map(town).collect();
    let low = towns.iter().copied().fold(f64::INFINITY, f64::min);
    let high = towns.iter().copied().fold(0.0, f64::max);
    let all = |within| share(row, dues, |_, _| true, within);
    let kind = |kind: &Kind| {
        let found = share(row, dues, |_, onset| onset.kind == *kind, Day::MAX);
        format!(" {found:>4.1} |")
    };
    let kinds: String = Kind::ALL.iter().map(kind).collect();
    let found = row.outcomes.iter().flat_map(|one| one.found.values());
    let mut days: Vec<Day> = found.copied().collect();
    let quarters = [1, 2, 3].map(|part| quantile(&mut days, part).to_string());
    let alerts: usize = row.outcomes.iter().map(|one| one.alerts).sum();
    let wrong: usize = row.outcomes.iter().map(|one| one.false_alarms).sum();
    let years: f64 = dues.iter().map(|due| due.person_years).sum();
    format!(
        "| {:<25} | {:>4.1} | {:>5.1} | {:>7} |{kinds} {:>5.1} | {:>4.1} | {:>4.1} | {:>4.1} | {:>11} | {:>5.1} | {:>5.1} | {:>7} |",
        row.name,
        alerts as f64 / lists as f64,
        all(Day::MAX),
        format!("{low:.0}–{high:.0}"),
        share(row, dues, |_, onset| onset.often, Day::MAX),
        all(30),
        all(60),
        all(90),
        quarters.join("/"),
        100.0 * wrong as f64 / years,
        100.0 * (1.0 - wrong as f64 / alerts.max(1) as f64),
        ahead(ours, row)
    )
}

/// Found within so many days, of those due that `of` takes (by town and onset), in percent.
fn share(row: &Row, dues: &[Due], of: impl Fn(usize, &Onset) -> bool, within: Day) -> f64 {
    let (mut found, mut all) = (0, 0);
    for (at, due) in dues.iter().enumerate() {
        for (person, _) in due.declines.iter().filter(|(_, onset)| of(at, onset)) {
            all += 1;
            let days = row.outcomes[at].found.get(person);
            found += usize::from(days.is_some_and(|days| days <= &within));
        }
    }
    100.0 * found as f64 / f64::from(all.max(1))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn due(people: &[(u32, Kind, bool)]) -> Due {
        let onset = |(person, kind, often): &(u32, Kind, bool)| {
            let (kind, often) = (*kind, *often);
            (
                *person,
                Onset {
                    day: 0,
                    kind,
                    often,
                },
            )
        };
        Due {
            declines: people.iter().map(onset).collect(),
            person_years: 50.0,
            unwatched: 0,
            present: 0,
        }
    }

    fn row(found: [&[(u32, Day)]; 2]) -> Row {
        let outcome = |found: &[(u32, Day)]| Outcome {
            found: BTreeMap::from_iter(found.iter().copied()),
            alerts: 4,
            false_alarms: 1,
        };
        Row {
            name: "a list".to_owned(),
            per_week: 1,
            outcomes: found.map(outcome).to_vec(),
        }
    }

    #[test]
    fn a_line_says_what_was_found_when_and_at_which_cost() {
        let one = due(&[(1, Kind::Stop, true), (2, Kind::Fade, false)]);
        let other = due(&[(1, Kind::Fade, false), (2, Kind::Fade, true)]);
        let (ours, theirs) = (
            row([&[(1, 20)], &[]]),
            row([&[(1, 50)], &[(1, 31), (2, 90)]]),
        );
        let line = line(&theirs, &ours, &[one, other], 4);
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        // 3 of 4; 1 of 2 and 2 of 2; the stop; 2 of 3 fades; no other kinds.
        assert_eq!(cells[2..6], ["2.0", "75.0", "50–100", "100.0"]);
        assert_eq!(cells[6..10], ["66.7", "0.0", "0.0", "0.0"]);
        // Both who came often; none in 30 days, 2 in 60, all in 90; 2 false in 100 years, 6 of 8 right.
        assert_eq!(cells[10..13], ["100.0", "0.0", "50.0"]);
        assert_eq!(cells[13..15], ["75.0", "31/50/90"]);
        assert_eq!(cells[15..18], ["2.0", "75.0", "+30"]);
    }
}
