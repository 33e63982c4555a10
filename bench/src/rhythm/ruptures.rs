//! PyPI's `ruptures` on the same weeks, in a process of its own.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::rivals::{Ranking, in_order};
use super::weeks::Weeks;

#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Of a break, in noise times the logarithm of the number of weeks.
    pub penalty: f64,
    /// Only breaks of the last so many weeks: else those who are long gone fill the list.
    pub recent: usize,
}

/// Hands the weekly counts over and takes the scores back, for one setting.
///
/// # Errors
/// If the folder can't be written, Python can't be run, fails, or answers nonsense.
pub fn rank(
    python: &Path,
    setting: Setting,
    weeks: &Weeks,
    from: usize,
) -> anyhow::Result<Vec<Ranking>> {
    let folder = std::env::temp_dir().join(format!("mimamori-rhythm-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("weeks.csv");
    std::fs::write(&file, sheet(weeks)?)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/rhythm_ruptures.py");
    let said = Command::new(python)
        .arg(script)
        .arg(&file)
        .args([from, setting.recent].map(|weeks| weeks.to_string()))
        .arg(setting.penalty.to_string())
        .output();
    let said = said.with_context(|| format!("{} can't be run", python.display()))?;
    std::fs::remove_dir_all(&folder)?;
    anyhow::ensure!(
        said.status.success(),
        "ruptures failed: {}",
        String::from_utf8_lossy(&said.stderr)
    );
    let mut scored: Vec<Vec<(f64, u32)>> = vec![Vec::new(); weeks.count];
    for line in String::from_utf8(said.stdout)?.lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let [week, person, score] = fields[..] else {
            anyhow::bail!("not a score: {line}");
        };
        let (week, person): (usize, u32) = (week.parse()?, person.parse()?);
        let own = weeks.people.get(person as usize).context("nobody")?;
        let list = scored.get_mut(week).context("no such week")?;
        if own.watched(weeks.day(week)) {
            list.push((score.parse()?, person));
        }
    }
    Ok(in_order(scored, weeks, from))
}

/// A line a person: visits a week over the week's tide; nothing where the week says nothing.
fn sheet(weeks: &Weeks) -> anyhow::Result<String> {
    let mut text = String::new();
    for own in &weeks.people {
        for week in 0..weeks.count {
            if week > 0 {
                text.push(',');
            }
            if !own.blank[week] {
                // A week in which nearly nobody comes would weigh like a month.
                let tide = weeks.tide[week].max(0.4);
                write!(text, "{:.3}", f64::from(own.counts[week]) / tide)?;
            }
        }
        text.push('\n');
    }
    Ok(text)
}
