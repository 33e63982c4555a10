//! Durable inserts a second: 32 tasks through `Db::write` beside a plain loop that commits each.
//! Point reads a second: `Conn::one` beside the bare binding.
//!
//! `cargo run --release -p db --example commits [seconds]`
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use db::{Conn, Db, Error, Migration, Settings, Sql, args, sql};

const TASKS: u64 = 32;
const LINES: Migration = Migration {
    number: 1,
    name: "lines",
    text: "CREATE TABLE lines (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL, seal BLOB NOT NULL) STRICT;",
};
const INSERT: Sql = sql("INSERT INTO lines (id, ticket, seal) VALUES ($1, $2, $3)");
const SEAL: [u8; 200] = [7; 200];
const SEAL_OF: Sql = sql("SELECT ticket, seal FROM lines WHERE id = $1");
const READS: i64 = 200_000;
/// Of what the plain loop wrote.
const ROWS: i64 = 500;

fn main() {
    let seconds = std::env::args()
        .nth(1)
        .map_or(5, |text| text.parse().unwrap());
    let folder = tempfile::tempdir_in(".").unwrap();
    let length = Duration::from_secs(seconds);
    plain(&folder.path().join("plain.sqlite"), length);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    for (name, tasks, ticket) in [
        ("one task", 1, false),
        ("32 tasks", TASKS, false),
        ("32 tasks, tickets", TASKS, true),
    ] {
        let path = folder.path().join(format!("{tasks}-{ticket}.sqlite"));
        runtime.block_on(shared(name, &path, tasks, ticket, length));
    }
    let path = folder.path().join("plain.sqlite");
    bare_reads(&path);
    runtime.block_on(reads(&path));
}

fn bare_reads(path: &std::path::Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let start = Instant::now();
    for id in 0..READS {
        let seal: Vec<u8> = connection
            .prepare_cached(SEAL_OF.text())
            .unwrap()
            .query_row([id % ROWS], |row| row.get(1))
            .unwrap();
        assert_eq!(seal.len(), SEAL.len());
    }
    report_reads("bare reads", start.elapsed());
}

async fn reads(path: &std::path::Path) {
    let db = Db::open(Settings::sqlite(path)).await.unwrap();
    let start = Instant::now();
    for id in 0..READS {
        read(&mut db.read().await.unwrap(), id).await;
    }
    report_reads("read(), one()", start.elapsed());
    let mut conn = db.read().await.unwrap();
    let start = Instant::now();
    for id in 0..READS {
        read(&mut conn, id).await;
    }
    report_reads("one()", start.elapsed());
}

async fn read(conn: &mut Conn, id: i64) {
    let row = conn.one(SEAL_OF, &args![id % ROWS]).await.unwrap();
    assert_eq!(row.unwrap().blob(1).unwrap().len(), SEAL.len());
}

fn report_reads(name: &str, length: Duration) {
    let rate = READS as f64 / length.as_secs_f64();
    println!("{name:18} {rate:8.0}/s  {:6.2} µs each", 1e6 / rate);
}

fn plain(path: &std::path::Path, length: Duration) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        .unwrap();
    connection.execute_batch(LINES.text).unwrap();
    let mut insert = connection
        .prepare("INSERT INTO lines VALUES (?1, 0, ?2)")
        .unwrap();
    let start = Instant::now();
    let mut took = Vec::new();
    for id in 0_i64.. {
        let begin = Instant::now();
        insert.execute((id, SEAL)).unwrap();
        took.push(begin.elapsed());
        if start.elapsed() > length {
            break;
        }
    }
    report("plain loop", start.elapsed(), took);
}

async fn shared(name: &str, path: &std::path::Path, tasks: u64, ticket: bool, length: Duration) {
    let db = Db::open(Settings::sqlite(path)).await.unwrap();
    db.migrate(&[LINES]).await.unwrap();
    let start = Instant::now();
    let ids = Arc::new(AtomicI64::new(0));
    let running: Vec<_> = (0..tasks)
        .map(|_| {
            let (db, ids) = (db.clone(), Arc::clone(&ids));
            tokio::spawn(inserts(db, ids, ticket, start + length))
        })
        .collect();
    let mut took = Vec::new();
    for task in running {
        took.extend(task.await.unwrap());
    }
    report(name, start.elapsed(), took);
}

async fn inserts(db: Db, ids: Arc<AtomicI64>, ticket: bool, until: Instant) -> Vec<Duration> {
    let mut took = Vec::new();
    loop {
        let begin = Instant::now();
        if begin > until {
            break;
        }
        let id = ids.fetch_add(1, Ordering::Relaxed);
        db.write(move |conn: &mut Conn| Box::pin(insert(conn, id, ticket)))
            .await
            .unwrap();
        took.push(begin.elapsed());
    }
    took
}

async fn insert(conn: &mut Conn, id: i64, ticket: bool) -> Result<(), Error> {
    let number = if ticket { conn.ticket(1).await? } else { 0 };
    conn.exec_one(INSERT, &args![id, number, SEAL]).await
}

fn report(name: &str, length: Duration, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 1000].as_secs_f64() * 1000.0;
    let rate = took.len() as f64 / length.as_secs_f64();
    println!(
        "{name:18} {rate:8.0}/s  p50 {:6.2} ms  p99 {:6.2} ms  p99.9 {:6.2} ms",
        at(500),
        at(990),
        at(999)
    );
}
