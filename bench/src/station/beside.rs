//! The doors of a course beside those of pretix, in one run: the same number of check-ins over the same
//! number of connections, in turns, each ticket and each sign-up once.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use clap::Args;
use db::Engine;
use hdrhistogram::Histogram;
use mimamori::clock::Clock;
use mimamori::ids::RowId;
use mimamori::station::door;
use mimamori::station::signups::{self, Guest, Wish};
use tokio::task::JoinSet;
use words::phone::Phone;

use super::pretix::Pretix;
use super::{Town, details, post};
use crate::load::Line;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// A Python that has pretix and gunicorn
    #[arg(long)]
    python: PathBuf,
    /// Check-ins of a round
    #[arg(long, default_value_t = 400)]
    tickets: usize,
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Connections; each has one request under way
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Processes of pretix, each with four threads
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// The program
    #[arg(long, default_value = "target/release/mimamori")]
    program: PathBuf,
}

/// Measures and prints; fails where a check-in is lost.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    // The first round of each is not counted.
    let all = options.tickets * (options.rounds + 1);
    let town = Town::found(Engine::Sqlite, Clock::Machine).await?;
    let (days, forms) = sign_up(&town, all, options.tickets).await?;
    let cookies = town.sessions(options.connections).await?;
    let pretix = Pretix::start(&options.python, all, options.workers).await?;
    let (server, kept) = town.serve(&options.program).await?;
    let ours: Vec<String> = forms
        .iter()
        .enumerate()
        .map(|(at, (day, signup))| {
            let path = format!("/station/days/{day}/door");
            let body = format!(
                "nonce={}&as=participant&signup={signup}",
                RowId(at as i64 + 1)
            );
            post(&path, &cookies[at % cookies.len()], &body)
        })
        .collect();
    let theirs: Vec<String> = pretix
        .secrets
        .iter()
        .map(|secret| redeem(&pretix, secret))
        .collect();
    let (ours, theirs) = (Arc::new(ours), Arc::new(theirs));
    writeln!(
        out,
        "{} check-ins a round over {} connections; pretix with {} processes",
        options.tickets, options.connections, options.workers
    )?;
    let mut ratios = Vec::new();
    for round in 0..=options.rounds {
        let from = round * options.tickets;
        let one = |address, requests: &Arc<Vec<String>>, is_right| {
            let (requests, to) = (requests.clone(), from + options.tickets);
            check_in(address, requests, (from, to), options.connections, is_right)
        };
        let rival = one(pretix.server.address, &theirs, is_redeemed).await?;
        let own = one(server.address, &ours, is_taken).await?;
        if round > 0 {
            ratios.push(own.rate() / rival.rate());
            writeln!(
                out,
                "  round {round}: ours {own}; pretix {rival}; {:.1} times",
                own.rate() / rival.rate()
            )?;
        }
    }
    ratios.sort_by(f64::total_cmp);
    writeln!(
        out,
        "  median {:.1} times as many a second",
        ratios[ratios.len() / 2]
    )?;
    server.kill()?;
    let town = kept.open().await?;
    let mut conn = town.app.db.read().await?;
    let mut came = 0;
    for day in days {
        came += door::list_here(&mut conn, &town.deed, day).await?.len();
    }
    ensure!(came == all, "{came} of {all} are there");
    writeln!(out, "  counted: {came} check-ins, each once")?;
    Ok(())
}

/// Guests with a place, a course for every round.
async fn sign_up(
    town: &Town,
    all: usize,
    a_day: usize,
) -> Result<(Vec<RowId>, Vec<(RowId, RowId)>)> {
    let (mut days, mut forms) = (Vec::new(), Vec::new());
    for at in 0..all {
        if at % a_day == 0 {
            days.extend(
                town.course(details(&format!("講座{at}"), None), vec![town.today()])
                    .await?,
            );
        }
        let day = days[days.len() - 1];
        let wish = Wish {
            day,
            who: signups::Who::Guest(Guest {
                name: format!("応募 {at}"),
                kana: String::new(),
                phone: Phone::parse("090-0000-1111").ok(),
            }),
            note: String::new(),
            nonce: at as i64 + 1,
        };
        let signup = signups::sign_up(&town.app.db, &town.deed, wish).await?;
        forms.push((day, signup));
    }
    Ok((days, forms))
}

fn redeem(pretix: &Pretix, secret: &str) -> String {
    let body = format!(r#"{{"secret":"{secret}","lists":[{}]}}"#, pretix.list);
    format!(
        "POST /api/v1/organizers/bench/checkinrpc/redeem/ HTTP/1.1\r\nhost: localhost\r\nauthorization: Token {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        pretix.token,
        body.len()
    )
}

fn is_redeemed(status: u16, body: &[u8]) -> bool {
    status == 201 && memchr::memmem::find(body, br#""status":"ok""#).is_some()
}

fn is_taken(status: u16, _: &[u8]) -> bool {
    status == 303
}

/// A round of one of the two.
struct Round {
    times: Histogram<u64>,
    seconds: f64,
}

impl Round {
    fn rate(&self) -> f64 {
        self.times.len() as f64 / self.seconds
    }
}

impl std::fmt::Display for Round {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let millis = |share| self.times.value_at_quantile(share) as f64 / 1000.0;
        write!(
            f,
            "{:.0} a second, p50 {:.1} ms, p95 {:.1} ms",
            self.rate(),
            millis(0.5),
            millis(0.95)
        )
    }
}

async fn check_in(
    address: SocketAddr,
    requests: Arc<Vec<String>>,
    (from, to): (usize, usize),
    connections: usize,
    is_right: fn(u16, &[u8]) -> bool,
) -> Result<Round> {
    let mut workers = JoinSet::new();
    let begun = Instant::now();
    for worker in 0..connections {
        let requests = requests.clone();
        workers.spawn(async move {
            let mut line = Line::open(address).await?;
            let mut times = Histogram::<u64>::new_with_bounds(1, 60_000_000, 3)?;
            for at in (from + worker..to).step_by(connections) {
                let sent = Instant::now();
                let (status, body) = line.ask(requests[at].as_bytes()).await?;
                if !is_right(status, body) {
                    let said = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
                    bail!("status {status}: {said}");
                }
                times.saturating_record(sent.elapsed().as_micros() as u64);
            }
            Ok(times)
        });
    }
    let mut all = Histogram::new_with_bounds(1, 60_000_000, 3)?;
    while let Some(times) = workers.join_next().await {
        all.add(times??)?;
    }
    Ok(Round {
        times: all,
        seconds: begun.elapsed().as_secs_f64(),
    })
}
