//! Programs that measure: each verb prints its figures and how they were made.

mod chance;
mod child;
mod consultations;
mod desk;
mod load;
mod papers;
mod renewals;
mod rhythm;
mod roster;
mod search;
mod signups;
mod station;
mod twins;
mod year;

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
    /// Tells two records of one person from two people; precision and recall beside splink's
    Twins(twins::Options),
    /// Invents a roster of people as a ward office would hand it over, as CSV
    Roster(roster::Options),
    /// The desk's look-up beside its physical limits, all out and at a set pace
    Desk(desk::Options),
    /// Kills the serving program under load, again and again, and looks for what is missing
    Kill(desk::kill::Options),
    /// Prints postcards by the thousand
    Papers(papers::Options),
    /// A year's renewals of a town: the minute's work, a month's list, asking, climbing, figures
    Renewals(renewals::Options),
    /// A generated year of a town, and 200 staff at work on it: the times of every page
    Year(year::Options),
    /// Consultations of a town: receptions, lists, and the figures of a month
    Consultations(consultations::Options),
    /// Who changes is noticed: how many, how soon, at how many false alarms, beside other lists
    Rhythm(rhythm::Options),
    /// Many ask for a few places of a course at once: who is in, who waits, in which order
    Signups(signups::Options),
    /// A Friday of the Station: tablets at its doors and people who sign up, all at once
    Friday(station::friday::Options),
    /// The doors of a course beside pretix's, in one run
    Beside(station::beside::Options),
    /// The figures of a full year of the Station: the times of their pages
    Figures(station::figures::Options),
    /// The night's list of who comes less, reading included
    Night(station::night::Options),
    /// A rival of `desk`, as a process of its own
    #[command(hide = true)]
    Bare(desk::BareOptions),
}

fn main() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match Arguments::parse().verb {
        Verb::Search(options) => search::run(&options, &mut out),
        Verb::Papers(options) => papers::run(&options, &mut out),
        Verb::Twins(options) => twins::run(&options, &mut out),
        Verb::Roster(options) => roster::run(&options, &mut out),
        Verb::Desk(options) => runtime()?.block_on(desk::run(&options, &mut out)),
        Verb::Kill(options) => runtime()?.block_on(desk::kill::run(&options, &mut out)),
        Verb::Renewals(options) => runtime()?.block_on(renewals::run(&options, &mut out)),
        Verb::Year(options) => runtime()?.block_on(year::run(&options, &mut out)),
        Verb::Consultations(options) => runtime()?.block_on(consultations::run(&options, &mut out)),
        Verb::Signups(options) => runtime()?.block_on(signups::run(&options, &mut out)),
        Verb::Friday(options) => runtime()?.block_on(station::friday::run(&options, &mut out)),
        Verb::Beside(options) => runtime()?.block_on(station::beside::run(&options, &mut out)),
        Verb::Figures(options) => runtime()?.block_on(station::figures::run(&options, &mut out)),
        Verb::Night(options) => runtime()?.block_on(station::night::run(&options, &mut out)),
        Verb::Rhythm(options) => rhythm::run(&options, &mut out),
        Verb::Bare(options) => runtime()?.block_on(desk::bare(options)),
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
}
