//! `bench twins`: does the comparison tell two records of one person from two people?
//!
//! A town of invented people, each with a first record, some with a second as another hand would
//! write it: another kanji, no reading, a maiden name, a mistyped birth date, the house before,
//! another phone. Beside them stands what is easily taken for one person: couples, parent and
//! child, sisters, twins of one birth date at one address, homes where forty share one phone.
//! Everything is made by rules of this module alone: nothing of `words` nor of the scorer.
//!
//! Compared are the pairs that share a birth date, a phone, a name or a reading, and every true
//! pair besides. The same pairs go to PyPI's `splink` (`bench/twins_splink.py`) in the same run.

mod hand;
mod score;
mod town;
mod walk;

use std::collections::{BTreeSet, HashMap};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use town::{Record, Town};

/// What `bench twins` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Noun.name.csv of mecab-ipadic (EUC-JP)
    #[arg(long, default_value = "/usr/share/mecab/dic/ipadic/Noun.name.csv")]
    names: PathBuf,
    /// People in the town
    #[arg(long, default_value_t = 20_000)]
    people: usize,
    #[arg(long, default_value_t = 20_261_124)]
    seed: u64,
    /// A Python that has splink; without it only our figures are printed
    #[arg(long)]
    python: Option<PathBuf>,
    /// Registers everybody in a sealed database instead, and times the walk over all of them
    #[arg(long)]
    walk: bool,
    /// Wrong and missed pairs to print
    #[arg(long, default_value_t = 0)]
    misses: usize,
}

/// Two records, by their places, and whether they are one person.
pub struct Pair {
    pub left: usize,
    pub right: usize,
    pub same: bool,
}

/// Makes the town, compares, and writes the figures.
///
/// # Errors
/// If the names can't be read, the database fails or the rival does.
pub fn run(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let town = Town::make(&options.names, options.people, options.seed)?;
    writeln!(out, "{}", town.summary())?;
    if options.walk {
        return walk::run(&town, out);
    }
    let pairs = pairs(&town.records);
    let same = pairs.iter().filter(|pair| pair.same).count();
    writeln!(
        out,
        "pairs: {} compared, {same} of them one person",
        pairs.len()
    )?;
    score::run(&town.records, &pairs, options.misses, out)?;
    match &options.python {
        Some(python) => rival(python, &town.records, &pairs, out),
        None => Ok(()),
    }
}

/// Every pair under a common key, and every true pair.
fn pairs(records: &[Record]) -> Vec<Pair> {
    let mut under: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        for key in record.keys() {
            under.entry(key).or_default().push(at);
        }
    }
    let mut found = BTreeSet::new();
    for list in under.values() {
        for (i, left) in list.iter().enumerate() {
            // A record may stand twice under one key: a name in kana is its own reading.
            let others = list[i + 1..].iter().filter(|right| *right != left);
            found.extend(others.map(|right| (*left, *right)));
        }
    }
    let pair = |(left, right): (usize, usize)| Pair {
        left,
        right,
        same: records[left].person == records[right].person,
    };
    found.into_iter().map(pair).collect()
}

/// Hands records and pairs to splink, and prints what it says.
fn rival(
    python: &PathBuf,
    records: &[Record],
    pairs: &[Pair],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("mimamori-twins-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut text = Record::HEAD.to_owned();
    records
        .iter()
        .enumerate()
        .for_each(|(at, one)| text += &one.line(at));
    std::fs::write(folder.join("records.csv"), text)?;
    let mut text = "left,right,same\n".to_owned();
    for pair in pairs {
        text += &format!("{},{},{}\n", pair.left, pair.right, u8::from(pair.same));
    }
    std::fs::write(folder.join("pairs.csv"), text)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/twins_splink.py");
    let said = Command::new(python).arg(script).arg(&folder).output();
    let said = said.with_context(|| format!("{} can't be run", python.display()))?;
    std::fs::remove_dir_all(&folder)?;
    anyhow::ensure!(
        said.status.success(),
        "splink failed: {}",
        String::from_utf8_lossy(&said.stderr)
    );
    Ok(out.write_all(&said.stdout)?)
}
