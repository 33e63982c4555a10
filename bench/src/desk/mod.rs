//! The look-up at the desk beside its physical limits.

mod bare;
pub mod kill;
pub mod person;
mod requests;
pub mod town;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use crate::child::{Server, free_address};
use crate::load::{self, Outcome, Requests};
use requests::{Bare, LookUp};
use town::{Filled, Folder};

use town::fill;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// People in the town
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// A smaller and a larger town, to see whether size matters: `20000,2000000`
    #[arg(long, value_delimiter = ',', num_args = 0..)]
    sizes: Vec<usize>,
    /// Connections of the load
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 6)]
    seconds: u64,
    /// How often the candidates take turns
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Where towns are filled and kept for the next run
    #[arg(long, default_value = "var/bench")]
    folder: PathBuf,
    /// The program
    #[arg(long, default_value = "target/release/mimamori")]
    program: PathBuf,
}

/// A rival's server process.
#[derive(Args)]
pub struct BareOptions {
    #[arg(long)]
    database: PathBuf,
    #[arg(long)]
    address: SocketAddr,
    #[arg(long)]
    audited: bool,
}

/// Serves a rival until it is killed.
pub async fn bare(options: BareOptions) -> Result<()> {
    bare::serve(&options.database, options.address, options.audited).await
}

/// Measures and prints.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    let (folder, filled) = ready(options, options.people, out).await?;
    let candidates = start_all(options, &folder, &filled).await?;
    writeln!(
        out,
        "{} people, {} connections, {} s each, {} rounds in turn",
        filled.people, options.connections, options.seconds, options.rounds
    )?;
    let mut rates = vec![Vec::new(); candidates.len()];
    for _ in 0..options.rounds {
        for (candidate, rates) in candidates.iter().zip(&mut rates) {
            rates.push(candidate.closed(options).await?.rate());
        }
    }
    for (candidate, rates) in candidates.iter().zip(&rates) {
        candidate.report(options, rates, out).await?;
    }
    ratios(&candidates, &rates, out)?;
    for size in &options.sizes {
        one_size(options, *size, out).await?;
    }
    Ok(())
}

/// One thing that answers look-ups.
struct Candidate {
    name: &'static str,
    /// One program answers both programs and people: two would share one file.
    server: Arc<Server>,
    requests: Kind,
}

enum Kind {
    Bare(Bare),
    LookUp(LookUp),
}

impl Candidate {
    async fn closed(&self, options: &Options) -> Result<Outcome> {
        let length = Duration::from_secs(options.seconds);
        let (address, connections) = (self.server.address, options.connections);
        match &self.requests {
            Kind::Bare(bare) => load::closed(address, connections, length, bare.clone()).await,
            Kind::LookUp(own) => load::closed(address, connections, length, own.clone()).await,
        }
    }

    async fn paced(&self, options: &Options, rate: f64) -> Result<Outcome> {
        match &self.requests {
            Kind::Bare(bare) => self.paced_with(options, rate, bare.clone()).await,
            Kind::LookUp(own) => self.paced_with(options, rate, own.clone()).await,
        }
    }

    async fn paced_with<R: Requests>(
        &self,
        options: &Options,
        rate: f64,
        requests: R,
    ) -> Result<Outcome> {
        let length = Duration::from_secs(options.seconds);
        load::paced(
            self.server.address,
            options.connections,
            length,
            rate,
            requests,
        )
        .await
    }

    /// Its median rate, its times at 70 % of that rate, its memory and its start.
    async fn report(&self, options: &Options, rates: &[f64], out: &mut impl Write) -> Result<()> {
        let rate = median(rates);
        let calm = self.paced(options, rate * 0.7).await?;
        let (now, most) = self.server.memory()?;
        writeln!(
            out,
            "{:<42} {rate:>8.0}/s (min {:.0}, max {:.0}); paced at 70 %: p50 {:.2} ms, p99 {:.2} ms, p99.9 {:.2} ms; memory {now:.0} MiB (most {most:.0}); start {} ms",
            self.name,
            rates.iter().copied().fold(f64::INFINITY, f64::min),
            rates.iter().copied().fold(0.0, f64::max),
            calm.millis(0.5),
            calm.millis(0.99),
            calm.millis(0.999),
            self.server.start.as_millis(),
        )?;
        let full = self.closed(options).await?;
        writeln!(
            out,
            "{:<42} closed, all out: p50 {:.2} ms, p99 {:.2} ms",
            "",
            full.millis(0.5),
            full.millis(0.99)
        )?;
        Ok(())
    }
}

async fn ready(options: &Options, people: usize, out: &mut impl Write) -> Result<(Folder, Filled)> {
    let folder = Folder(options.folder.join(people.to_string()));
    let mut said = |words: &str| {
        let _ = writeln!(out, "  filling: {words}");
    };
    let filled = fill(&folder, people, &mut said).await?;
    let size = std::fs::metadata(folder.database())?.len() / (1 << 20);
    writeln!(
        out,
        "town of {people}: filled in {:.0} s ({:.0} people/s), database {size} MiB",
        filled.seconds,
        people as f64 / filled.seconds
    )?;
    Ok((folder, filled))
}

async fn start_all(options: &Options, folder: &Folder, filled: &Filled) -> Result<Vec<Candidate>> {
    let rival = |audited| rival(folder, filled, audited);
    let [json, html] = program(options, folder, filled).await?;
    Ok(vec![rival(false).await?, rival(true).await?, json, html])
}

async fn rival(folder: &Folder, filled: &Filled, audited: bool) -> Result<Candidate> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("bare").arg("--database").arg(folder.database());
    command.arg("--address").arg(address.to_string());
    if audited {
        command.arg("--audited");
    }
    Ok(Candidate {
        name: if audited {
            "(b) bare read + shared audit commit"
        } else {
            "(a) bare axum + SQLite point read"
        },
        server: Arc::new(Server::start(command, address).await?),
        requests: Kind::Bare(Bare::new(filled)),
    })
}

async fn program(options: &Options, folder: &Folder, filled: &Filled) -> Result<[Candidate; 2]> {
    let server = Arc::new(serve(&options.program, folder).await?);
    let asked_by = |name, json| Candidate {
        name,
        server: server.clone(),
        requests: Kind::LookUp(LookUp::new(filled, json)),
    };
    Ok([
        asked_by("(c) mimamori, JSON", true),
        asked_by("(c) mimamori, HTML page", false),
    ])
}

/// The program itself on the town's files.
pub async fn serve(program: &std::path::Path, folder: &Folder) -> Result<Server> {
    let address = free_address()?;
    let mut command = Command::new(program);
    command.arg("serve");
    command.env("MIMAMORI_SERVER_LISTEN", address.to_string());
    command.env("MIMAMORI_DATABASE_SQLITE", folder.database());
    command.env("MIMAMORI_KEY_FILE", folder.key());
    command.env("MIMAMORI_SERVER_PUBLIC_URL", format!("http://{address}"));
    Server::start(command, address).await
}

fn ratios(candidates: &[Candidate], rates: &[Vec<f64>], out: &mut impl Write) -> Result<()> {
    for (candidate, own) in candidates.iter().zip(rates).skip(2) {
        for (rival, words) in [(1, "(b)"), (0, "(a)")] {
            let each: Vec<f64> = own
                .iter()
                .zip(&rates[rival])
                .map(|(own, rival)| own / rival)
                .collect();
            writeln!(
                out,
                "{}: {:.2} of {words}, round by round {}",
                candidate.name,
                median(&each),
                listed(&each)
            )?;
        }
    }
    Ok(())
}

/// The program alone on a town of another size.
async fn one_size(options: &Options, people: usize, out: &mut impl Write) -> Result<()> {
    let (folder, filled) = ready(options, people, out).await?;
    for candidate in program(options, &folder, &filled).await? {
        let mut rates = Vec::new();
        for _ in 0..options.rounds {
            rates.push(candidate.closed(options).await?.rate());
        }
        candidate.report(options, &rates, out).await?;
    }
    Ok(())
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn listed(figures: &[f64]) -> String {
    let words: Vec<String> = figures
        .iter()
        .map(|figure| format!("{figure:.2}"))
        .collect();
    words.join(" ")
}
