//! Programs that measure: each verb prints its figures and how they were made.

mod chance;
mod roster;
mod search;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Measures mimamori on invented towns")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Finds people by names with a mistake in them; prints recall, misses and times
    Search(search::Options),
    /// Invents a roster of people as a ward office would hand it over, as CSV
    Roster(roster::Options),
}

fn main() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match Arguments::parse().verb {
        Verb::Search(options) => search::run(&options, &mut out),
        Verb::Roster(options) => roster::run(&options, &mut out),
    }
}
