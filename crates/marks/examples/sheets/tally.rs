//! What was read against what was meant, in one table.

use std::collections::BTreeMap;
use std::io::Write;

use marks::{Sheet, Unread, Verdict};

use crate::Marked;
use crate::hand::{KINDS, Meant, TOOLS};

#[derive(Default, Clone, Copy)]
struct Line {
    sheets: usize,
    refused: usize,
    boxes: usize,
    right: usize,
    doubt: usize,
    wrong: usize,
    /// Struck-out marks, all of which a person must see.
    struck: usize,
    struck_missed: usize,
}

#[derive(Default)]
pub struct Tally {
    lines: BTreeMap<(usize, String), Line>,
    order: Vec<String>,
}

impl Tally {
    /// Whether all was right or in doubt.
    pub fn add(&mut self, scene: &str, sheet: &Marked, read: &Result<Sheet, Unread>) -> bool {
        if !self.order.iter().any(|known| known == scene) {
            self.order.push(scene.to_owned());
        }
        let place = self
            .order
            .iter()
            .position(|known| known == scene)
            .unwrap_or(0);
        let Ok(read) = read else {
            for key in [(place, scene.to_owned()), (900, "all".to_owned())] {
                let line = self.lines.entry(key).or_default();
                line.sheets += 1;
                line.refused += 1;
            }
            return false;
        };
        for key in [(place, scene.to_owned()), (900, "all".to_owned())] {
            self.lines.entry(key).or_default().sheets += 1;
        }
        let mut fine = true;
        for (seen, (meant, kind, tool)) in read.boxes.iter().zip(&sheet.meant) {
            let mut keys = vec![(place, scene.to_owned()), (900, "all".to_owned())];
            match (kind, tool) {
                (Some(kind), Some(tool)) => {
                    let kind = KINDS.iter().position(|known| known.0 == *kind).unwrap_or(0);
                    keys.push((100 + kind, format!("by a {}", KINDS[kind].1)));
                    let tool = TOOLS.iter().position(|known| known.0 == *tool).unwrap_or(0);
                    keys.push((200 + tool, format!("with a {}", TOOLS[tool].1)));
                }
                _ => keys.push((300, "left empty".to_owned())),
            }
            let how = outcome(*meant, seen.verdict);
            fine &= how != Outcome::Wrong;
            for key in keys {
                self.lines.entry(key).or_default().count(*meant, how);
            }
        }
        fine
    }

    pub fn print(&self) {
        say(&format!(
            "{:38} {:>6} {:>7} {:>7} {:>8} {:>8} {:>8} {:>12}",
            "", "sheets", "refused", "boxes", "right %", "doubt %", "wrong %", "struck seen"
        ));
        for ((_, name), line) in &self.lines {
            let part = |count: usize| 100.0 * count as f64 / line.boxes.max(1) as f64;
            say(&format!(
                "{name:38} {:>6} {:>7} {:>7} {:>8.2} {:>8.2} {:>8.3} {:>12}",
                line.sheets,
                line.refused,
                line.boxes,
                part(line.right),
                part(line.doubt),
                part(line.wrong),
                format!("{}/{}", line.struck - line.struck_missed, line.struck),
            ));
        }
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Outcome {
    Right,
    Doubt,
    Wrong,
}

/// A struck-out mark in doubt is in doubt; one that is decided is wrong.
fn outcome(meant: Meant, verdict: Verdict) -> Outcome {
    match (meant, verdict) {
        (_, Verdict::Doubt(_)) => Outcome::Doubt,
        (Meant::Nothing, Verdict::Empty) | (Meant::Mark, Verdict::Marked) => Outcome::Right,
        _ => Outcome::Wrong,
    }
}

impl Line {
    fn count(&mut self, meant: Meant, how: Outcome) {
        self.boxes += 1;
        match how {
            Outcome::Right => self.right += 1,
            Outcome::Doubt => self.doubt += 1,
            Outcome::Wrong => self.wrong += 1,
        }
        if meant == Meant::Struck {
            self.struck += 1;
            self.struck_missed += usize::from(how == Outcome::Wrong);
        }
    }
}

/// One line a box that was not read as it was meant.
pub fn explain(name: &str, sheet: &Marked, read: &Result<Sheet, Unread>) {
    match read {
        Err(unread) => say(&format!("{name}: {unread:?}")),
        Ok(read) => {
            for (seen, (meant, kind, tool)) in read.boxes.iter().zip(&sheet.meant) {
                if outcome(*meant, seen.verdict) != Outcome::Right {
                    let what = (kind, tool);
                    say(&format!(
                        "{name}: {}/{} {meant:?} {what:?} read {:?}",
                        seen.row, seen.column, seen.verdict
                    ));
                }
            }
        }
    }
}

pub fn say(line: &str) {
    // A closed pipe ends the printing, not the measuring.
    let _ = writeln!(std::io::stdout(), "{line}");
}
