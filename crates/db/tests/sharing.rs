//! SQLite: which writes share a commit, and what one of them can do to the others.
//!
//! A first job holds the writer until the others are queued, so who shares is not left to chance.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Waker};

use db::testing::{TestDb, fresh};
use db::{Conn, Db, Engine, Error, Location, Migration, Settings, Sql, Value, Work, args, sql};

const SCHEMA: Migration = Migration {
    number: 1,
    name: "towns",
    text: "CREATE TABLE towns (id INTEGER PRIMARY KEY, map BLOB NOT NULL) STRICT;
           CREATE TABLE centers (town INTEGER NOT NULL REFERENCES towns (id)) STRICT;",
};
const ADD: Sql = sql("INSERT INTO towns (id, map) VALUES ($1, $2)");
const COUNT: Sql = sql("SELECT COUNT(*) FROM towns");
/// Lets a dangling row through until the commit, which then fails.
const DEFER: Sql = sql("PRAGMA defer_foreign_keys = ON");
const DANGLING: Sql = sql("INSERT INTO centers (town) VALUES (77)");
const SMALL_DISK: Sql = sql("PRAGMA max_page_count = 40");
const LARGE_DISK: Sql = sql("PRAGMA max_page_count = 1000000");

type Answer<T> = Result<T, Error>;
type Waiting<'a, T> = Pin<Box<dyn Future<Output = Answer<T>> + 'a>>;

struct Desk {
    test: TestDb,
    path: PathBuf,
}

impl Desk {
    async fn opened() -> Self {
        let test = fresh(Engine::Sqlite).await.unwrap();
        test.db.migrate(&[SCHEMA]).await.unwrap();
        let Location::Sqlite { path } = test.settings.location.clone() else {
            unreachable!("asked for SQLite")
        };
        Self { test, path }
    }

    fn db(&self) -> &Db {
        &self.test.db
    }

    /// Has the writer begin a transaction in which row 0 is written, and hold it there.
    async fn hold(&self) -> (Waiting<'_, ()>, mpsc::Sender<()>) {
        let (release, released) = mpsc::channel();
        let (begin, begun) = tokio::sync::oneshot::channel();
        let held = queued(Box::pin(self.db().write(
            move |conn: &mut Conn| -> Work<'_, (), Error> {
                Box::pin(async move {
                    conn.exec_one(ADD, &args![0, [0u8; 8]]).await?;
                    begin.send(()).unwrap();
                    released.recv().unwrap();
                    Ok(())
                })
            },
        )));
        begun.await.unwrap();
        (held, release)
    }

    /// A job that stands and falls with its commit: it fails, after it added a row where one is given.
    fn together(&self, id: Option<i64>) -> Waiting<'_, ()> {
        Box::pin(
            self.db()
                .write_together(move |conn: &mut Conn| -> Work<'_, (), Error> {
                    Box::pin(async move {
                        if let Some(id) = id {
                            conn.exec_one(ADD, &args![id, [7u8; 8]]).await?;
                        }
                        Err(Error::Changed)
                    })
                }),
        )
    }

    /// A job that adds a row; it answers how many rows it sees itself and how many an outsider sees.
    fn add(&self, id: i64, size: usize) -> Waiting<'_, (i64, i64)> {
        let path = self.path.clone();
        Box::pin(
            self.db()
                .write(move |conn: &mut Conn| -> Work<'_, (i64, i64), Error> {
                    Box::pin(async move {
                        conn.exec_one(ADD, &args![id, vec![7u8; size]]).await?;
                        let inside = conn.one(COUNT, &[]).await?.unwrap().int(0)?;
                        let outsider = rusqlite::Connection::open(path).unwrap();
                        let outside =
                            outsider.query_row(COUNT.text(), [], |row| row.get::<_, i64>(0));
                        Ok((inside, outside.unwrap()))
                    })
                }),
        )
    }

    async fn count(&self) -> i64 {
        let mut conn = self.db().read().await.unwrap();
        conn.one(COUNT, &[]).await.unwrap().unwrap().int(0).unwrap()
    }

    /// A job of these statements.
    fn statements(&self, statements: &'static [Sql]) -> Waiting<'_, ()> {
        Box::pin(
            self.db()
                .write(move |conn: &mut Conn| -> Work<'_, (), Error> {
                    Box::pin(async move {
                        for statement in statements {
                            conn.rows(*statement, &[]).await?;
                        }
                        Ok(())
                    })
                }),
        )
    }
}

/// Polled once, a write stands in the queue; unless the runtime thinks the test polls too much.
fn queued<'a, T: 'a>(write: Waiting<'a, T>) -> Waiting<'a, T> {
    let mut write: Waiting<'a, T> = Box::pin(tokio::task::unconstrained(write));
    let mut context = Context::from_waker(Waker::noop());
    assert!(write.as_mut().poll(&mut context).is_pending());
    write
}

fn is_down<T>(answer: &Answer<T>) -> bool {
    matches!(answer, Err(Error::Down(_)))
}

#[tokio::test]
async fn writes_that_wait_together_share_a_commit() {
    let desk = Desk::opened().await;
    let (held, release) = desk.hold().await;
    let one = queued(desk.add(1, 8));
    let again = queued(desk.add(1, 8));
    let two = queued(desk.add(2, 8));
    release.send(()).unwrap();
    assert_eq!(one.await, Ok((2, 0)));
    assert_eq!(again.await, Err(Error::Duplicate));
    assert_eq!(
        two.await,
        Ok((3, 0)),
        "the neighbour's refusal undoes nothing"
    );
    assert_eq!(held.await, Ok(()));
    assert_eq!(desk.count().await, 3);
}

#[tokio::test]
async fn a_write_together_that_fails_takes_its_commit_with_it() {
    let desk = Desk::opened().await;
    let (held, release) = desk.hold().await;
    let beside = queued(desk.add(1, 8));
    let failing = queued(desk.together(Some(2)));
    release.send(()).unwrap();
    assert_eq!(failing.await, Err(Error::Changed));
    assert!(is_down(&beside.await) && is_down(&held.await));
    assert_eq!(desk.count().await, 0);
}

#[tokio::test]
async fn a_write_together_that_refuses_before_it_writes_harms_nobody() {
    let desk = Desk::opened().await;
    let (held, release) = desk.hold().await;
    let beside = queued(desk.add(1, 8));
    let refusing = queued(desk.together(None));
    release.send(()).unwrap();
    assert_eq!(refusing.await, Err(Error::Changed));
    assert_eq!(beside.await, Ok((2, 0)));
    assert_eq!(held.await, Ok(()));
    assert_eq!(desk.count().await, 2);
}

#[tokio::test]
async fn a_first_write_that_fails_leaves_nothing_and_holds_nobody_back() {
    let desk = Desk::opened().await;
    let (release, released) = mpsc::channel();
    let first = queued(Box::pin(desk.db().write(
        move |conn: &mut Conn| -> Work<'_, (), Error> {
            Box::pin(async move {
                conn.exec_one(ADD, &args![0, [0u8; 8]]).await?;
                released.recv().unwrap();
                Err(Error::Changed)
            })
        },
    )));
    let again = queued(desk.add(0, 8));
    let other = queued(desk.add(1, 8));
    release.send(()).unwrap();
    assert_eq!(first.await, Err(Error::Changed));
    assert_eq!(again.await, Ok((1, 0)), "its row is gone");
    assert_eq!(other.await, Ok((2, 0)));
    assert_eq!(desk.count().await, 2);
}

#[tokio::test]
async fn a_commit_takes_a_bounded_number_of_writes() {
    let desk = Desk::opened().await;
    let (held, release) = desk.hold().await;
    let waiting: Vec<_> = (1..300).map(|id| queued(desk.add(id, 8))).collect();
    release.send(()).unwrap();
    let mut seen = Vec::new();
    for write in waiting {
        seen.push(write.await.unwrap());
    }
    assert_eq!(seen[254], (256, 0));
    assert_eq!(seen[255], (257, 256), "the first of the next commit");
    assert_eq!(held.await, Ok(()));
    assert_eq!(desk.count().await, 300);
}

#[tokio::test]
async fn who_shares_a_commit_that_fails_is_told_so() {
    let desk = Desk::opened().await;
    let (held, release) = desk.hold().await;
    let one = queued(desk.add(1, 8));
    let again = queued(desk.add(1, 8));
    let wrong = queued(desk.statements(&[DEFER, DANGLING]));
    let two = queued(desk.add(2, 8));
    release.send(()).unwrap();
    for answer in [one.await, two.await] {
        assert!(is_down(&answer), "{answer:?}");
    }
    assert_eq!(again.await, Err(Error::Duplicate), "its own reason stays");
    assert!(is_down(&wrong.await) && is_down(&held.await));
    assert_eq!(desk.count().await, 0);
    assert!(desk.add(3, 8).await.is_ok(), "the next write is as ever");
    assert_eq!(desk.count().await, 1);
}

#[tokio::test]
async fn a_full_disk_loses_the_shared_commit_and_is_told_to_all() {
    let desk = Desk::opened().await;
    desk.statements(&[SMALL_DISK]).await.unwrap();
    let (held, release) = desk.hold().await;
    let one = queued(desk.add(1, 8));
    let large = queued(desk.add(2, 400_000));
    let later = queued(desk.add(3, 8));
    release.send(()).unwrap();
    assert!(is_down(&one.await) && is_down(&large.await) && is_down(&held.await));
    // It stood behind the loss, so it came into the next commit.
    assert_eq!(later.await, Ok((1, 0)));
    desk.statements(&[LARGE_DISK]).await.unwrap();
    assert!(desk.add(2, 400_000).await.is_ok());
    assert_eq!(desk.count().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_stays_short_while_many_write_and_read() {
    const LOG: u64 = 160 << 20;
    let desk = Desk::opened().await;
    let log = desk.path.with_extension("sqlite-wal");
    let db = desk.db().clone();
    let reading = tokio::spawn(async move {
        loop {
            db.read().await.unwrap().one(COUNT, &[]).await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    let mut longest = 0;
    for id in 0..320 {
        let row: [Value; 2] = args![id, vec![7u8; 1 << 20]];
        desk.db()
            .write(move |conn: &mut Conn| -> Work<'_, (), Error> {
                Box::pin(async move { conn.exec_one(ADD, &row).await })
            })
            .await
            .unwrap();
        assert_eq!(desk.count().await, id + 1);
        longest = longest.max(log.metadata().unwrap().len());
    }
    reading.abort();
    assert!(longest < LOG, "{longest} bytes");
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        folder.path().to_owned(),
        folder.path().join("no/such.sqlite"),
    ] {
        assert!(is_down(&Db::open(Settings::sqlite(path)).await.map(drop)));
    }
}
