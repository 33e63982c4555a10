//! SIGKILL under load, again and again: whatever was acknowledged must be there afterwards.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use rusqlite::Connection;

use super::requests::LookUp;
use super::serve;
use super::town::{Folder, fill};
use crate::load::{Line, Requests};

/// How often, and under what load.
#[derive(Args)]
pub struct Options {
    /// How often the program is killed
    #[arg(long, default_value_t = 50)]
    times: usize,
    /// Connections of the load
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// People in the town
    #[arg(long, default_value_t = 20_000)]
    people: usize,
    /// Where the town is filled
    #[arg(long, default_value = "var/bench")]
    folder: PathBuf,
    /// The program
    #[arg(long, default_value = "target/release/mimamori")]
    program: PathBuf,
}

/// Ids of inquiries whose answers arrived whole.
type Acknowledged = Arc<Mutex<HashSet<i64>>>;

/// Kills, restarts, compares, verifies.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    let folder = Folder(options.folder.join(format!("kill-{}", options.people)));
    let filled = fill(&folder, options.people, &mut |_| {}).await?;
    let acknowledged = Acknowledged::default();
    for time in 1..=options.times {
        let server = serve(&options.program, &folder).await?;
        let workers: Vec<_> = (0..options.connections)
            .map(|_| {
                let requests = LookUp::new(&filled, true);
                tokio::spawn(ask(server.address, requests, acknowledged.clone()))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(100 + rand::random::<u64>() % 900)).await;
        server.kill()?;
        for worker in workers {
            worker.await?;
        }
        let count = compare(&folder, filled.network, &acknowledged)?;
        verify(options, &folder)?;
        writeln!(
            out,
            "killed {time} times: {count} acknowledged so far, none missing; audit verify holds"
        )?;
    }
    Ok(())
}

/// Asks until the connection breaks.
async fn ask(address: std::net::SocketAddr, mut requests: LookUp, acknowledged: Acknowledged) {
    let Ok(mut line) = Line::open(address).await else {
        return;
    };
    let mut request = Vec::new();
    loop {
        request.clear();
        requests.write(&mut request);
        let Ok((200, body)) = line.ask(&request).await else {
            return;
        };
        if let Some(id) = inquiry(body) {
            let mut all = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(id);
        }
    }
}

/// The id of the inquiry that an answer tells of.
fn inquiry(body: &[u8]) -> Option<i64> {
    let answer: serde_json::Value = serde_json::from_slice(body).ok()?;
    i64::from_str_radix(answer.get("inquiry")?.as_str()?, 16).ok()
}

/// Every acknowledged inquiry has its row and its audit line.
fn compare(folder: &Folder, network: i64, acknowledged: &Acknowledged) -> Result<usize> {
    let connection = Connection::open(folder.database())?;
    let mut rows = HashSet::new();
    let mut read = connection.prepare("SELECT id FROM inquiries WHERE network = ?1")?;
    for id in read.query_map([network], |row| row.get::<_, i64>(0))? {
        rows.insert(id?);
    }
    let mut lines = HashSet::new();
    let mut read = connection
        .prepare("SELECT why FROM audit_lines WHERE network = ?1 AND verb = 'looked_up'")?;
    for why in read.query_map([network], |row| row.get::<_, String>(0))? {
        let why = why?;
        let id = why.split(':').nth(1).context("why")?;
        lines.insert(i64::from_str_radix(id, 16)?);
    }
    let all = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
    if all.is_empty() {
        bail!("nothing was acknowledged: this measures nothing");
    }
    for id in all.iter() {
        if !rows.contains(id) || !lines.contains(id) {
            bail!("an acknowledged inquiry is missing: {id:016x}");
        }
    }
    Ok(all.len())
}

fn verify(options: &Options, folder: &Folder) -> Result<()> {
    let done = Command::new(&options.program)
        .args(["audit", "verify"])
        .env("MIMAMORI_DATABASE_SQLITE", folder.database())
        .env("MIMAMORI_KEY_FILE", folder.key())
        .env("MIMAMORI_SERVER_PUBLIC_URL", "http://127.0.0.1:8080")
        .output()?;
    if !done.status.success() {
        bail!("audit verify: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(())
}
