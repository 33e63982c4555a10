//! Runs ↔ rows.

use std::collections::HashSet;

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, SealError};

use super::files::open_listed;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, StaffId};
use crate::papers::rules::{Job, Kind, Refusal, Run};
use crate::people;
use crate::scope::Actor;
use crate::tags::Tag;

const INSERT: Sql = sql(
    "INSERT INTO paper_runs (network, id, kind, staff, at, updated_at, total, done, job)
     VALUES ($1, $2, $3, $4, $5, $5, $6, 0, $7)",
);

const FIND: Sql = sql("SELECT id, kind, staff, at, updated_at, total, done, job
     FROM paper_runs WHERE network = $1 AND id = $2");

const LIST: Sql = sql("SELECT id, kind, staff, at, updated_at, total, done, job
     FROM paper_runs WHERE network = $1 ORDER BY id DESC LIMIT $2");

const ADD_DONE: Sql = sql("UPDATE paper_runs SET done = done + $3, updated_at = $4
     WHERE network = $1 AND id = $2");

const REMOVE_PARTS: Sql = sql("DELETE FROM paper_parts WHERE network = $1 AND run = $2");

const REMOVE: Sql = sql("DELETE FROM paper_runs WHERE network = $1 AND id = $2");

const FORGET_PARTS: Sql = sql("DELETE FROM paper_parts WHERE network = $1
     AND run IN (SELECT id FROM paper_runs WHERE network = $1 AND at < $2)");

const LISTED: Sql = sql("SELECT run, number, listed FROM paper_parts WHERE network = $1");

const OLD: Sql = sql("SELECT id FROM paper_runs WHERE network = $1 AND at < $2 LIMIT 1");

const FORGET: Sql = sql("DELETE FROM paper_runs WHERE network = $1 AND at < $2");

pub(super) fn job_place(run: RowId) -> Place {
    Place {
        table: "paper_runs",
        column: "job",
        row: run.0,
        version: 1,
    }
}

/// Keeps a new run.
pub async fn insert_run(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    job: &Job,
    total: usize,
) -> Result<(), Refusal> {
    let staff = match deed.scope.actor {
        Actor::Staff(staff) => staff.0,
        _ => 0,
    };
    let plain = serde_json::to_vec(job).map_err(|_| SealError::Malformed)?;
    let sealed = deed
        .keys
        .seal(&job_place(run), &plain, &mut deed.dice.clone());
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    let args = args![
        deed.network(),
        run,
        job.kind().code(),
        staff,
        deed.at(),
        total,
        sealed
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// A run of this town.
pub async fn find_run(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<Option<Run>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), run]).await?;
    row.map(|row| read(deed, row)).transpose()
}

/// The newest runs.
pub async fn list_runs(conn: &mut Conn, deed: &Deed, most: u32) -> Result<Vec<Run>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), most]).await?;
    rows.into_iter().map(|row| read(deed, row)).collect()
}

fn read(deed: &Deed, mut row: Row) -> Result<Run, Refusal> {
    let id = RowId(row.int(0)?);
    let kind = Kind::from_code(&row.text(1)?);
    let plain = deed.keys.open(&job_place(id), &row.blob(7)?)?;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(Run {
        id,
        kind: kind.ok_or_else(|| Error::Shape("paper_runs.kind".to_owned()))?,
        staff: Some(row.int(2)?).filter(|staff| *staff != 0).map(StaffId),
        at: instant(row.int(3)?),
        updated_at: instant(row.int(4)?),
        total: count(row.int(5)?),
        done: count(row.int(6)?),
        job: serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?,
    })
}

/// Removes every run on whose papers the person stands, by the record or by one of these tags;
/// whoever needs the rest of it prints it again.
pub async fn forget_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    tags: &[Tag],
) -> Result<(), people::Refusal> {
    let mut theirs: Vec<String> = tags.iter().map(|tag| tag.id.to_string()).collect();
    theirs.push(person.to_string());
    let mut runs = HashSet::new();
    for mut row in conn.rows(LISTED, &args![deed.network()]).await? {
        let (run, number) = (RowId(row.int(0)?), row.int(1)?);
        let listed = open_listed(deed, run, number, &row.blob(2)?)?;
        if listed.items.iter().any(|item| theirs.contains(item)) {
            runs.insert(run);
        }
    }
    for run in runs {
        remove(conn, deed, run).await?;
    }
    Ok(())
}

/// Whether a run began before an instant.
pub async fn holds_old(conn: &mut Conn, deed: &Deed, before: i64) -> Result<bool, Error> {
    Ok(conn
        .one(OLD, &args![deed.network(), before])
        .await?
        .is_some())
}

/// Counts what was made, in the transaction that keeps it.
pub async fn add_done(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    more: i64,
    at: i64,
) -> Result<(), Error> {
    conn.exec_one(ADD_DONE, &args![deed.network(), run, more, at])
        .await
}

/// Removes a run with its files.
pub async fn remove(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<(), Error> {
    conn.exec(REMOVE_PARTS, &args![deed.network(), run]).await?;
    conn.exec_one(REMOVE, &args![deed.network(), run]).await
}

/// Removes runs that began before an instant, with their files.
pub async fn forget(conn: &mut Conn, deed: &Deed, before: i64) -> Result<(), Error> {
    conn.exec(FORGET_PARTS, &args![deed.network(), before])
        .await?;
    conn.exec(FORGET, &args![deed.network(), before])
        .await
        .map(drop)
}
