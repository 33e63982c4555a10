//! Measures reading on invented sheets: `cargo run --release -p marks --example sheets`.
//!
//! A stranger to the reader: it knows what a printer is told and nothing of how a sheet is read.

#![allow(clippy::expect_used)]

mod camera;
mod chance;
mod hand;
mod paper;
mod tally;
mod worst;

use std::time::{Duration, Instant};

use camera::{SCENES, Scene};
use chance::Chance;
use clap::Parser;
use hand::{Hand, KINDS, Kind, Meant, Tool};
use marks::Layout;
use tally::Tally;

#[derive(Parser)]
struct Options {
    /// The first sheet's number; the same numbers give the same sheets
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Sheets of each scene
    #[arg(long, default_value_t = 20)]
    sheets: u64,
    /// Only scenes whose name holds this
    #[arg(long, default_value = "")]
    scene: String,
    /// The share of marks that are struck out
    #[arg(long, default_value_t = 0.012)]
    struck: f64,
    /// Times pictures that were forged to keep a reader busy instead
    #[arg(long)]
    worst: bool,
    /// Writes each sheet that was read wrongly or not at all into this folder
    #[arg(long)]
    keep: Option<std::path::PathBuf>,
}

/// A marked sheet and what was meant.
pub struct Marked {
    pub file: Vec<u8>,
    pub layout: Layout,
    pub meant: Vec<(Meant, Option<Kind>, Option<Tool>)>,
}

/// A sheet of its own for each number; `struck` is the share of marks that are struck out.
pub fn invent(scene: Scene, seed: u64, struck: f64) -> Marked {
    let mut chance = Chance::new(seed.wrapping_mul(31) ^ scene as u64);
    let (rows, columns, free) = [(40, 3, 0), (28, 3, 0), (24, 4, 4), (18, 2, 3)][chance.below(4)];
    let layout = Layout::new(rows, columns, free).expect("the layouts are allowed");
    let tone = chance.from(0.86, 0.97) as f32;
    let tone = [tone, tone, tone - chance.from(0.0, 0.06) as f32];
    let black = chance.from(0.05, 0.25) as f32;
    let code = format!("ROLL{:012}", chance.next() % 1_000_000_000_000);
    let mut sheet = paper::print(&layout, &code, tone, black, &mut chance);
    let mut meant = Vec::new();
    let mut hand = Hand::new(&mut chance);
    let mut habit = hand::pick(&KINDS, &mut chance);
    for row in 0..rows {
        // People come and go at the list: the pen changes, and so does the habit.
        if chance.is(0.25) {
            hand = Hand::new(&mut chance);
        }
        if chance.is(0.35) {
            habit = hand::pick(&KINDS, &mut chance);
        }
        let first = chance.is(0.72);
        for column in 0..columns {
            let marked = if column == 0 { first } else { chance.is(0.12) };
            let place = layout.drawing().rows[row].boxes[column];
            if !marked {
                meant.push((Meant::Nothing, None, None));
                continue;
            }
            hand.mark(&mut sheet, place, habit, &mut chance);
            let struck = chance.is(struck);
            if struck {
                hand.strike(&mut sheet, place, &mut chance);
            }
            let what = if struck { Meant::Struck } else { Meant::Mark };
            meant.push((what, Some(habit), Some(hand.tool())));
        }
    }
    let file = camera::take(&mut sheet, scene, &mut chance);
    Marked {
        file,
        layout,
        meant,
    }
}

fn main() {
    let options = Options::parse();
    if options.worst {
        return forged();
    }
    let mut tally = Tally::default();
    let mut times: Vec<Duration> = Vec::new();
    for (scene, name) in SCENES {
        if !name.contains(&options.scene) {
            continue;
        }
        for seed in options.seed..options.seed + options.sheets {
            let sheet = invent(scene, seed, options.struck);
            let start = Instant::now();
            let read = marks::read(&sheet.file, |_| Some(sheet.layout));
            times.push(start.elapsed());
            let fine = tally.add(name, &sheet, &read);
            if let Some(folder) = options.keep.as_ref().filter(|_| !fine) {
                let end = if sheet.file.starts_with(b"\x89PNG") {
                    "png"
                } else {
                    "jpg"
                };
                let path = folder.join(format!("{scene:?}-{seed}.{end}"));
                std::fs::write(path, &sheet.file).expect("the folder can be written");
            }
            if options.keep.is_some() {
                tally::explain(&format!("{scene:?}-{seed}"), &sheet, &read);
            }
        }
    }
    tally.print();
    times.sort();
    let at = |part: usize| {
        times
            .get((times.len() * part / 100).min(times.len() - 1))
            .copied()
    };
    let (half, most) = (at(50).unwrap_or_default(), at(95).unwrap_or_default());
    tally::say(&format!(
        "a page: median {} ms, 95th percentile {} ms",
        half.as_millis(),
        most.as_millis()
    ));
}

fn forged() {
    for (name, file) in worst::pictures() {
        let start = Instant::now();
        let read = marks::read(&file, |_| Some(worst::fullest()));
        let time = start.elapsed().as_millis();
        let how = read.map_or_else(
            |unread| format!("{unread:?}"),
            |sheet| {
                let doubt = |seen: &&marks::Seen| matches!(seen.verdict, marks::Verdict::Doubt(_));
                format!("{} in doubt", sheet.boxes.iter().filter(doubt).count())
            },
        );
        tally::say(&format!("{name:38} {time:>6} ms  {how}"));
    }
}
