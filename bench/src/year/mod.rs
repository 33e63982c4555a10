//! A generated year of a town, and the staff of its centers at work on it.
//!
//! The town is filled through the program's own acts, many in one transaction. Then the program
//! itself serves it, as a process of its own, and every member of staff has a browser: they open a
//! page, read it for a while, open the next. Times are of whole answers as a browser would get
//! them; they are printed for every page apart.

mod days;
mod fill;
mod pages;
mod rooms;
mod support;
mod work;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;
use db::Engine;
use db::testing::{self, TestDb};

use crate::child::Server;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// `sqlite`, `postgres` or both; PostgreSQL needs `bin/pg run` around it
    #[arg(long, value_delimiter = ',', default_value = "sqlite,postgres")]
    engines: Vec<String>,
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    #[arg(long, default_value_t = 10)]
    centers: usize,
    #[arg(long, default_value_t = 200)]
    staff: usize,
    /// Tasks of the year; one in twenty is still to be done
    #[arg(long, default_value_t = 40_000)]
    tasks: usize,
    /// Consultations of the year
    #[arg(long, default_value_t = 150_000)]
    consultations: usize,
    /// Notices of the year; one in twenty is still to be looked into
    #[arg(long, default_value_t = 10_000)]
    notices: usize,
    /// Cases of the year; two in five are under way
    #[arg(long, default_value_t = 20_000)]
    cases: usize,
    /// Seconds of measured work, after a third of it to warm up
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Seconds that a page is read before the next is opened, on average
    #[arg(long, default_value_t = 5.0)]
    think: f64,
    /// The aim for the 95th percentile of every page, in milliseconds
    #[arg(long, default_value_t = 150.0)]
    aim: f64,
    /// The program
    #[arg(long, default_value = "target/release/mimamori")]
    program: PathBuf,
}

impl Options {
    /// Rows of the year besides people.
    fn all(&self) -> usize {
        self.tasks + self.consultations + self.notices + self.cases
    }
}

/// Measures and prints; fails where a page misses the aim.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    let mut missed = Vec::new();
    for name in &options.engines {
        let engine = match name.as_str() {
            "sqlite" => Engine::Sqlite,
            "postgres" => Engine::Postgres,
            other => bail!("no such engine: {other}"),
        };
        missed.extend(on(engine, options, out).await?);
    }
    match missed.is_empty() {
        true => Ok(()),
        false => bail!("over the aim: {}", missed.join(", ")),
    }
}

async fn on(engine: Engine, options: &Options, out: &mut impl Write) -> Result<Vec<String>> {
    writeln!(out, "{engine:?}")?;
    let fresh = testing::fresh(engine).await?;
    let folder = tempfile_folder()?;
    let filled = fill::fill(&fresh, &folder, options, out).await?;
    let TestDb {
        db,
        settings,
        guard,
    } = fresh;
    // One SQLite file has one program.
    drop(db);
    let server = Server::serve(&options.program, &settings.location, &folder).await?;
    let work = work::Work {
        address: server.address,
        filled: filled.into(),
        think: options.think,
        warm: Duration::from_secs(options.seconds / 3),
        length: Duration::from_secs(options.seconds),
    };
    let pages = work.run().await?;
    let (now, most) = server.memory()?;
    let missed = report(&pages, options, out)?;
    writeln!(out, "  memory of the server {now:.0} MiB (most {most:.0})")?;
    server.kill()?;
    drop(guard);
    std::fs::remove_dir_all(&folder)?;
    Ok(missed)
}

/// A folder for the key.
fn tempfile_folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("mimamori-year-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Each page with its times; gives those over the aim.
fn report(
    pages: &[(&'static str, work::Times)],
    options: &Options,
    out: &mut impl Write,
) -> Result<Vec<String>> {
    let all: u64 = pages.iter().map(|(_, times)| times.len()).sum();
    writeln!(
        out,
        "  {} staff at work for {} s, {:.1} s a page: {:.1} pages a second",
        options.staff,
        options.seconds,
        options.think,
        all as f64 / options.seconds as f64
    )?;
    let mut missed = Vec::new();
    for (name, times) in pages {
        let millis = |share| times.value_at_quantile(share) as f64 / 1000.0;
        let late = millis(0.95) > options.aim;
        writeln!(
            out,
            "  {name:<28} {:>6} times   p50 {:>6.1} ms   p95 {:>6.1} ms   p99 {:>6.1} ms{}",
            times.len(),
            millis(0.5),
            millis(0.95),
            millis(0.99),
            if late { "   over the aim" } else { "" }
        )?;
        if late {
            missed.push((*name).to_owned());
        }
    }
    Ok(missed)
}
