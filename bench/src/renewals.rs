//! The yearly renewal of a whole town, through the program's own acts.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use jiff::ToSpan;
use mimamori::app::App;
use mimamori::clock::{Clock, in_japan};
use mimamori::ids::NetworkId;
use mimamori::renewals::{self, AskWay, Month, State, Which};

use crate::desk::town::{Folder, fill, open_at};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// People in the town, each with a tag
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// Where the town is filled; it is used up by the measuring
    #[arg(long, default_value = "var/bench-renewals")]
    folder: PathBuf,
}

/// Measures and prints.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    let folder = Folder(options.folder.clone());
    let filled = fill(&folder, options.people, &mut |_| {}).await?;
    // Half a year later: nobody was registered too short a time ago.
    let now = in_japan(Clock::Machine.now()).checked_add(6.months())?;
    let app = open_at(&folder, Clock::standing(now.timestamp())).await?;
    let town = NetworkId(filled.network);
    let first = keep_up(&app, town).await?;
    writeln!(
        out,
        "{} people: months read, two months opened: {first:.2} s",
        filled.people
    )?;
    let idle = keep_up(&app, town).await?;
    writeln!(
        out,
        "a minute in which nothing happened: {:.1} ms",
        idle * 1e3
    )?;
    let which = Which {
        month: Month::of(now.date()),
        center: None,
        state: None,
    };
    let due = list(&app, town, which, out).await?;
    let begun = Instant::now();
    let deed = app.program_deed(town, "bench").await?;
    let asked = renewals::ask_all(&app.db, &deed, &due, which.month.year, AskWay::Postcard).await?;
    let seconds = begun.elapsed().as_secs_f64();
    writeln!(out, "asked {} by postcard: {seconds:.2} s", asked.asked)?;
    let later = now.checked_add(21.days())?;
    app.clock.set(later.timestamp());
    let climbed = keep_up(&app, town).await?;
    writeln!(
        out,
        "{} tasks of the next step: {climbed:.2} s",
        asked.asked
    )?;
    list(&app, town, which, out).await?;
    figures(&app, town, which.month, out).await
}

async fn keep_up(app: &App, town: NetworkId) -> Result<f64> {
    let deed = app.program_deed(town, "bench").await?;
    let begun = Instant::now();
    renewals::keep_up(&app.db, &deed).await?;
    Ok(begun.elapsed().as_secs_f64())
}

/// The first and the last page of the month's list with its counts; gives who is on it.
async fn list(
    app: &App,
    town: NetworkId,
    which: Which,
    out: &mut impl Write,
) -> Result<Vec<mimamori::ids::PersonId>> {
    let deed = app.program_deed(town, "bench").await?;
    let mut conn = app.db.read().await?;
    let all = renewals::list_ids(&mut conn, &deed, which).await?;
    let last = u32::try_from(all.len()).context("count")?.saturating_sub(1) / renewals::PAGE;
    for page in [0, last] {
        let begun = Instant::now();
        let counts = renewals::count(&mut conn, &deed, which).await?;
        let shown = renewals::list(&mut conn, &deed, which, page).await?.len();
        writeln!(
            out,
            "month of {}, {} asked: {shown} names of page {} with its counts: {:.1} ms",
            counts.of(None),
            counts.of(Some(State::Asked)),
            page + 1,
            begun.elapsed().as_secs_f64() * 1e3
        )?;
    }
    Ok(all)
}

async fn figures(app: &App, town: NetworkId, month: Month, out: &mut impl Write) -> Result<()> {
    let deed = app.program_deed(town, "bench").await?;
    let mut conn = app.db.read().await?;
    let begun = Instant::now();
    let sums = renewals::list_tallies(&mut conn, &deed, month.plus(-6), month.plus(5)).await?;
    let millis = begun.elapsed().as_secs_f64() * 1e3;
    writeln!(
        out,
        "figures of a year, {} sums: {millis:.1} ms",
        sums.len()
    )?;
    Ok(())
}
