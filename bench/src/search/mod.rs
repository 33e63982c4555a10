//! `bench search`: does the search find the person although the name came wrong?
//!
//! A town of invented people gets names from the dictionary of Debian's `mecab-ipadic`, as skewed as
//! real ones. Queries are made from people drawn by lot, with one mistake each by rules of this
//! module alone: nothing of `words` is used to make them. Tuning was done on one half of the
//! names (`--half tuned`); what counts is the other (`--half held`, the default).
//!
//! Two stores are asked the same: the program's own (SQLite, sealed, filled by registering
//! everybody), and beside it the least there could be, hash maps in memory.

pub(crate) mod corpus;
pub(crate) mod house;
mod memory;
mod mistakes;
mod report;
pub(crate) mod rewrite;
mod rival;
mod trial;

use std::io::Write;
use std::path::PathBuf;

use corpus::{Half, Town};
use rival::Rival;

/// What `bench search` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Noun.name.csv of mecab-ipadic (EUC-JP)
    #[arg(long, default_value = "/usr/share/mecab/dic/ipadic/Noun.name.csv")]
    names: PathBuf,
    /// People in the town
    #[arg(long, default_value_t = 200_000)]
    people: usize,
    /// Queries of each kind
    #[arg(long, default_value_t = 1_000)]
    queries: usize,
    /// Which half of the names to ask for
    #[arg(long, value_enum, default_value_t = Half::Held)]
    half: Half,
    /// Pairs of names whose people are read
    #[arg(long, default_value_t = 1_000)]
    pairs: usize,
    /// Misses to print of each kind
    #[arg(long, default_value_t = 200)]
    misses: usize,
    #[arg(long, default_value_t = 20_260_401)]
    seed: u64,
}

/// Makes the town, asks, and writes the figures.
///
/// # Errors
/// If the names can't be read or the report can't be written.
pub fn run(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let town = Town::make(&options.names, options.people, options.seed)?;
    let memory = memory::Store::of(&town);
    writeln!(out, "{}", town.summary())?;
    writeln!(out, "{}", memory.summary())?;
    trials("in memory", &town, &memory, (options, 0), out)?;
    let house = house::House::of(&town, options.seed)?;
    writeln!(out, "{}", house.summary())?;
    trials("the program", &town, &house, (options, options.misses), out)
}

fn trials<R: Rival>(
    what: &str,
    town: &Town,
    store: &R,
    (options, misses): (&Options, usize),
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let rows = trial::Kind::ALL.map(|kind| trial::run(kind, town, store, options));
    let rows: anyhow::Result<Vec<trial::Row>> = rows.into_iter().collect();
    writeln!(out, "\n{what}:")?;
    report::write(&rows?, misses, out)
}
