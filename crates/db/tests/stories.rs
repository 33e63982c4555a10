//! Each promise of the crate, told on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use db::testing::{ENGINES, TestDb, fresh};
use db::{Conn, Db, Engine, Error, Migration, Row, Sql, Work, args, sql};
use tokio::sync::oneshot;

const SCHEMA: Migration = Migration {
    number: 1,
    name: "towns",
    text: "CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT NOT NULL, seal BLOB) STRICT;
           CREATE TABLE centers (town INTEGER NOT NULL REFERENCES towns (id), id INTEGER NOT NULL,
               note TEXT, CHECK (id < 1000), PRIMARY KEY (town, id)) STRICT, WITHOUT ROWID;
           CREATE TABLE lines (ticket INTEGER PRIMARY KEY, settled INTEGER NOT NULL) STRICT;",
};
const ADD: Sql = sql("INSERT INTO towns (id, name, seal) VALUES ($1, $2, $3)");
const NAMES: Sql = sql("SELECT name FROM towns ORDER BY name");
const COUNT: Sql = sql("SELECT COUNT(*) FROM towns");
const RENAME: Sql = sql("UPDATE towns SET name = $2 WHERE id = $1");
const CENTER: Sql = sql("INSERT INTO centers (town, id, note) VALUES ($1, $2, $3)");
const LINE: Sql = sql("INSERT INTO lines (ticket, settled) VALUES ($1, 0)");

async fn opened(engine: Engine) -> TestDb {
    let test = fresh(engine).await.unwrap();
    assert_eq!(test.db.migrate(&[SCHEMA]).await.unwrap(), [1]);
    test
}

fn add(
    id: i64,
    name: &'static str,
) -> impl for<'a> FnOnce(&'a mut Conn) -> Work<'a, (), Error> + Send {
    move |conn| Box::pin(async move { conn.exec_one(ADD, &args![id, name, None::<Vec<u8>>]).await })
}

fn run(
    statement: Sql,
    args: Vec<db::Value>,
) -> impl for<'a> FnOnce(&'a mut Conn) -> Work<'a, u64, Error> + Send {
    move |conn| Box::pin(async move { conn.exec(statement, &args).await })
}

async fn count(db: &Db) -> i64 {
    let row = db.read().await.unwrap().one(COUNT, &[]).await.unwrap();
    row.unwrap().int(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_read_back_in_the_same_order() {
    for engine in ENGINES {
        let test = opened(engine).await;
        for (id, name) in [
            (1, "ん"),
            (2, "a"),
            (3, "B"),
            (4, "ア"),
            (5, "あ"),
            (6, "𠮷"),
        ] {
            test.db.write(add(id, name)).await.unwrap();
        }
        let rows = test
            .db
            .read()
            .await
            .unwrap()
            .rows(NAMES, &[])
            .await
            .unwrap();
        let names: Vec<String> = rows
            .into_iter()
            .map(|mut row: Row| row.text(0).unwrap())
            .collect();
        assert_eq!(names, ["B", "a", "あ", "ん", "ア", "𠮷"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_values_may_stand_in_any_order() {
    const SWAPPED: Sql =
        sql("SELECT name, id, seal FROM towns WHERE name = $2 AND id = $1 AND id = $1");
    for engine in ENGINES {
        let test = opened(engine).await;
        test.db
            .write(run(ADD, args![7, "みなみ町", [1u8, 2]].to_vec()))
            .await
            .unwrap();
        let mut conn = test.db.read().await.unwrap();
        let mut row = conn
            .one(SWAPPED, &args![7, "みなみ町"])
            .await
            .unwrap()
            .expect("found");
        assert_eq!(
            (row.text(0).unwrap(), row.int(1).unwrap()),
            ("みなみ町".to_owned(), 7)
        );
        assert_eq!(row.maybe_blob(2).unwrap(), Some(vec![1, 2]));
        for wrong in [args![7].to_vec(), args![7, "a", 1].to_vec()] {
            assert!(
                matches!(conn.one(SWAPPED, &wrong).await, Err(Error::Shape(_))),
                "{engine:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_or_a_panic_undoes_the_whole_write() {
    for engine in ENGINES {
        let test = opened(engine).await;
        let failed: Result<(), Error> = test
            .db
            .write(|conn: &mut Conn| {
                Box::pin(async move {
                    conn.exec(ADD, &args![1, "a", None::<&[u8]>]).await?;
                    Err(Error::Changed)
                })
            })
            .await;
        assert_eq!(failed, Err(Error::Changed));
        let db = test.db.clone();
        let panicked = tokio::spawn(async move {
            db.write(|conn: &mut Conn| -> Work<'_, (), Error> {
                Box::pin(async move {
                    conn.exec(ADD, &args![2, "b", None::<&[u8]>]).await?;
                    panic!("as planned")
                })
            })
            .await
        })
        .await;
        assert!(panicked.unwrap_err().is_panic());
        assert_eq!(count(&test.db).await, 0, "{engine:?}");
        test.db.write(add(3, "c")).await.unwrap();
        assert_eq!(count(&test.db).await, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_statement_cannot_be_passed_over() {
    for engine in ENGINES {
        let test = opened(engine).await;
        test.db.write(add(1, "a")).await.unwrap();
        let answer: Result<(), Error> = test
            .db
            .write(|conn: &mut Conn| {
                Box::pin(async move {
                    conn.exec(ADD, &args![2, "b", None::<&[u8]>]).await?;
                    let _ignored = conn.exec(ADD, &args![1, "again", None::<&[u8]>]).await;
                    Ok(())
                })
            })
            .await;
        assert_eq!(answer, Err(Error::Duplicate), "{engine:?}");
        assert_eq!(count(&test.db).await, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_of_this_crate_does_not_end_the_write() {
    for engine in ENGINES {
        let test = opened(engine).await;
        let answer: Result<(), Error> = test
            .db
            .write(|conn: &mut Conn| {
                Box::pin(async move {
                    let count = conn.exec(ADD, &args![1]).await;
                    assert!(matches!(count, Err(Error::Shape(_))), "{count:?}");
                    let nobody = conn.exec_one(RENAME, &args![77, "x"]).await;
                    assert_eq!(nobody, Err(Error::Changed));
                    conn.exec_one(ADD, &args![1, "a", None::<&[u8]>]).await
                })
            })
            .await;
        assert_eq!(answer, Ok(()), "{engine:?}");
        assert_eq!(count(&test.db).await, 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_leaves_its_neighbours_alone() {
    for engine in ENGINES {
        let test = opened(engine).await;
        let jobs: Vec<_> = (0..60i64)
            .map(|n| {
                let db = test.db.clone();
                // Every third asks for a row that another has already.
                let id = if n % 3 == 0 { 1_000 } else { n };
                tokio::spawn(async move { db.write(add(id, "x")).await })
            })
            .collect();
        let mut kept = 0;
        for job in jobs {
            match job.await.unwrap() {
                Ok(()) => kept += 1,
                Err(error) => assert_eq!(error, Error::Duplicate),
            }
        }
        assert_eq!((kept, count(&test.db).await), (41, 41), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_told_apart_and_carry_no_value() {
    const SECRET: &str = "山田花子";
    const TO_NUMBER: Sql = sql("SELECT CAST($1 AS BIGINT)");
    for engine in ENGINES {
        let test = opened(engine).await;
        test.db.write(add(1, SECRET)).await.unwrap();
        let write = |statement, args: Vec<db::Value>| test.db.write(run(statement, args));
        let again = write(ADD, args![1, SECRET, None::<&[u8]>].to_vec())
            .await
            .unwrap_err();
        assert_eq!(again, Error::Duplicate, "{engine:?}");
        let lost = write(CENTER, args![99, 1, SECRET].to_vec())
            .await
            .unwrap_err();
        assert_eq!(lost, Error::Dangling, "{engine:?}");
        let check = write(CENTER, args![1, 5000, SECRET].to_vec())
            .await
            .unwrap_err();
        assert!(matches!(check, Error::Statement(_)), "{engine:?} {check}");
        let null = write(ADD, args![2, None::<&str>, SECRET.as_bytes()].to_vec())
            .await
            .unwrap_err();
        let nul = write(ADD, args![2, "山田花子\0", None::<&[u8]>].to_vec())
            .await
            .unwrap_err();
        assert!(matches!(nul, Error::Shape(_)), "{engine:?} {nul}");
        let kind = write(ADD, args![SECRET, SECRET, None::<&[u8]>].to_vec())
            .await
            .unwrap_err();
        let cast = test
            .db
            .read()
            .await
            .unwrap()
            .one(TO_NUMBER, &args![SECRET])
            .await
            .err();
        for error in [again, lost, check, null, nul, kind]
            .into_iter()
            .chain(cast)
        {
            assert!(
                !format!("{error} {error:?}").contains("花子"),
                "{engine:?} tells a name"
            );
        }
        let gone: Result<(), Error> = test
            .db
            .write(|conn: &mut Conn| {
                Box::pin(async move { conn.exec_one(RENAME, &args![77, "x"]).await })
            })
            .await;
        assert_eq!(gone, Err(Error::Changed), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_connection_cannot_write() {
    for engine in ENGINES {
        let test = opened(engine).await;
        let mut conn = test.db.read().await.unwrap();
        let refused = conn.exec(ADD, &args![1, "a", None::<&[u8]>]).await;
        assert!(matches!(refused, Err(Error::Statement(_))), "{engine:?}");
        assert_eq!(count(&test.db).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_does_not_stop_its_write() {
    for engine in ENGINES {
        let test = opened(engine).await;
        let (began, begun) = oneshot::channel();
        let (gone, go_on) = std::sync::mpsc::channel::<()>();
        let db = test.db.clone();
        let caller = tokio::spawn(async move {
            db.write(move |conn: &mut Conn| -> Work<'_, (), Error> {
                Box::pin(async move {
                    conn.exec(ADD, &args![1, "a", None::<&[u8]>]).await?;
                    began.send(()).unwrap();
                    go_on.recv().unwrap();
                    conn.exec(ADD, &args![2, "b", None::<&[u8]>]).await?;
                    Ok(())
                })
            })
            .await
        });
        begun.await.unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        gone.send(()).unwrap();
        // The next write on the same row waits for the first to end.
        let again = test.db.write(add(1, "c")).await;
        assert_eq!(again, Err(Error::Duplicate), "{engine:?}");
        assert_eq!(count(&test.db).await, 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settled_is_never_overtaken() {
    const BELOW: Sql = sql("SELECT COUNT(*) FROM lines WHERE ticket <= $1");
    for engine in ENGINES {
        let test = opened(engine).await;
        let writers: Vec<_> = (0..6)
            .map(|_| {
                let db = test.db.clone();
                tokio::spawn(async move {
                    for _ in 0..30 {
                        db.write(ticketed).await.unwrap();
                    }
                })
            })
            .collect();
        let mut seen = Vec::new();
        for _ in 0..20 {
            seen.push(
                test.db
                    .write(|conn: &mut Conn| -> Work<'_, (i64, i64), Error> {
                        Box::pin(async move {
                            let settled = conn.settled(1).await?;
                            let below = conn.one(BELOW, &args![settled]).await?.unwrap().int(0)?;
                            Ok((settled, below))
                        })
                    })
                    .await
                    .unwrap(),
            );
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let mut conn = test.db.read().await.unwrap();
        for (settled, below) in seen {
            let now = conn
                .one(BELOW, &args![settled])
                .await
                .unwrap()
                .unwrap()
                .int(0)
                .unwrap();
            assert_eq!(now, below, "{engine:?}: a line came in below {settled}");
        }
    }
}

fn ticketed(conn: &mut Conn) -> Work<'_, (), Error> {
    Box::pin(async move {
        let ticket = conn.ticket(1).await?;
        conn.exec_one(LINE, &args![ticket]).await
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_go_forward_once_and_never_change() {
    const CHANGED: Migration = Migration {
        text: "CREATE TABLE other (id INTEGER) STRICT;",
        ..SCHEMA
    };
    const BROKEN: Migration = Migration {
        number: 2,
        name: "broken",
        text: "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE half (id INTEGER) STRICT;",
    };
    for engine in ENGINES {
        let test = opened(engine).await;
        assert_eq!(test.db.migrate(&[SCHEMA]).await.unwrap(), [0u32; 0]);
        assert!(
            matches!(test.db.migrate(&[CHANGED]).await, Err(Error::Migration(_))),
            "{engine:?}"
        );
        assert!(
            matches!(test.db.migrate(&[]).await, Err(Error::Migration(_))),
            "{engine:?}"
        );
        assert!(
            matches!(test.db.migrate(&[BROKEN]).await, Err(Error::Migration(_))),
            "{engine:?}"
        );
        assert!(
            matches!(
                test.db.migrate(&[SCHEMA, BROKEN]).await,
                Err(Error::Migration(_))
            ),
            "{engine:?}"
        );
        let fixed = Migration {
            text: "CREATE TABLE half (id INTEGER) STRICT;",
            ..BROKEN
        };
        assert_eq!(
            test.db.migrate(&[SCHEMA, fixed]).await.unwrap(),
            [2],
            "{engine:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_migrate_and_write_at_once() {
    for engine in ENGINES {
        let test = fresh(engine).await.unwrap();
        let other = Db::open(test.settings.clone()).await.unwrap();
        let (one, two) = tokio::join!(test.db.migrate(&[SCHEMA]), other.migrate(&[SCHEMA]));
        assert_eq!(one.unwrap().len() + two.unwrap().len(), 1, "{engine:?}");
        let both = [Arc::new(test.db.clone()), Arc::new(other)];
        let jobs: Vec<_> = (0..100i64)
            .map(|id| {
                let db = Arc::clone(&both[(id % 2) as usize]);
                tokio::spawn(async move { db.write(add(id, "x")).await })
            })
            .collect();
        for job in jobs {
            job.await.unwrap().unwrap();
        }
        assert_eq!(count(&test.db).await, 100, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_is_complete_and_never_over_a_file() {
    for engine in ENGINES {
        let test = opened(engine).await;
        test.db.write(add(1, "a")).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        test.db.snapshot(&path).await.unwrap();
        assert!(path.metadata().unwrap().len() > 0);
        assert!(
            matches!(test.db.snapshot(&path).await, Err(Error::Down(_))),
            "{engine:?}"
        );
        if engine == Engine::Sqlite {
            let copy = Db::open(db::Settings::sqlite(&path)).await.unwrap();
            assert_eq!(count(&copy).await, 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_can_be_prepared_and_a_wrong_one_is_named() {
    const WRONG: Sql = sql("SELECT nothing FROM towns");
    for engine in ENGINES {
        let test = opened(engine).await;
        for statement in [ADD, NAMES, COUNT, RENAME, CENTER, LINE] {
            test.db.prepare(statement).await.unwrap();
        }
        let told = test.db.prepare(WRONG).await.unwrap_err().to_string();
        assert!(told.contains("SELECT nothing FROM towns"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_refuses_a_write_that_waits_for_something_else() {
    let test = opened(Engine::Sqlite).await;
    let answer: Result<(), Error> = test
        .db
        .write(|conn: &mut Conn| {
            Box::pin(async move {
                conn.exec(ADD, &args![1, "a", None::<&[u8]>]).await?;
                std::future::pending().await
            })
        })
        .await;
    assert!(
        answer
            .unwrap_err()
            .to_string()
            .contains("waited for something else")
    );
    assert_eq!(count(&test.db).await, 0);
}
