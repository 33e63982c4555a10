//! Two programs write to one database, one of them is killed: nothing acknowledged is lost and the
//! other goes on. The programs are this one, started again with what to do as its arguments.
//!
//! This tells nothing about a power cut: there it counts what `sqlite::writer` and `postgres` have
//! the engine ask of the disk (`synchronous`, `synchronous_commit`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use db::testing::{ENGINES, fresh};
use db::{Conn, Db, Error, Location, Migration, Settings, Sql, Tls, Work, args, sql};

const SCHEMA: Migration = Migration {
    number: 1,
    name: "lines",
    text: "CREATE TABLE lines (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL) STRICT;",
};
const ADD: Sql = sql("INSERT INTO lines (id, ticket) VALUES ($1, $2)");
const ALL: Sql = sql("SELECT id, ticket FROM lines ORDER BY id");
/// So far apart the programs number their lines.
const APART: i64 = 1_000_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let words: Vec<String> = env::args().collect();
    match words.get(1).map(String::as_str) {
        Some("append") => runtime.block_on(append(&words[2], words[3].parse().unwrap())),
        _ => runtime.block_on(told()),
    }
}

/// Appends numbers from `first` on with four tasks until killed; prints each once it is kept.
async fn append(place: &str, first: i64) {
    let settings = match place.starts_with("postgres://") {
        true => Settings::postgres(place, Tls::Off),
        false => Settings::sqlite(place),
    };
    let db = Db::open(settings).await.unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|task| tokio::spawn(lines(db.clone(), first + task)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn lines(db: Db, first: i64) {
    for id in (first..first + APART).step_by(4) {
        db.write(move |conn: &mut Conn| line(conn, id))
            .await
            .unwrap();
        // One call, so that a number is never printed in part.
        std::io::stdout()
            .write_all(format!("{id}\n").as_bytes())
            .unwrap();
    }
}

fn line(conn: &mut Conn, id: i64) -> Work<'_, (), Error> {
    Box::pin(async move {
        let ticket = conn.ticket(1).await?;
        conn.exec_one(ADD, &args![id, ticket]).await
    })
}

struct Program {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    kept: BTreeSet<i64>,
}

impl Program {
    fn start(place: &str, first: i64) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["append", place, &first.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self {
            child,
            lines,
            kept: BTreeSet::new(),
        }
    }

    fn acknowledge(&mut self, count: usize) {
        for line in self.lines.by_ref().take(count) {
            self.kept.insert(line.unwrap().parse().unwrap());
        }
    }

    /// SIGKILL; what it had printed by then was acknowledged.
    fn kill(mut self) -> BTreeSet<i64> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.acknowledge(usize::MAX);
        self.kept
    }
}

async fn told() {
    for engine in ENGINES {
        let test = fresh(engine).await.unwrap();
        test.db.migrate(&[SCHEMA]).await.unwrap();
        let place = match &test.settings.location {
            Location::Sqlite { path } => path.to_str().unwrap().to_owned(),
            Location::Postgres { url, .. } => url.clone(),
        };
        let mut kept = BTreeSet::new();
        let mut stays = Program::start(&place, 0);
        for round in 1..4 {
            let mut falls = Program::start(&place, round * APART);
            falls.acknowledge(100);
            stays.acknowledge(20);
            kept.append(&mut falls.kill());
            stays.acknowledge(40);
        }
        kept.append(&mut stays.kill());
        test.db
            .write(|conn: &mut Conn| line(conn, -1))
            .await
            .unwrap();
        let rows = test.db.read().await.unwrap().rows(ALL, &[]).await.unwrap();
        let stored: BTreeSet<i64> = rows.iter().map(|row| row.int(0).unwrap()).collect();
        let tickets: BTreeSet<i64> = rows.iter().map(|row| row.int(1).unwrap()).collect();
        let lost: Vec<_> = kept.difference(&stored).collect();
        assert!(lost.is_empty(), "{engine:?} lost {lost:?}");
        assert!(kept.len() >= 480, "{engine:?} {}", kept.len());
        assert_eq!(
            tickets.len(),
            stored.len(),
            "{engine:?} gave a ticket twice"
        );
        println!(
            "{engine:?}: {} acknowledged, {} stored",
            kept.len(),
            stored.len()
        );
    }
}
