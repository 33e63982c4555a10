//! Contractors of centers ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, StaffId};
use crate::scope::Scope;
use crate::staff::rules::Contractor;

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT center, at, name, ends, settled_at, version FROM center_contractors ",
            $rest
        ))
    };
}

const LIST: Sql = select!("WHERE network = $1 AND center = $2 ORDER BY at DESC");

const LIST_AHEAD: Sql = select!("WHERE network = $1 AND ends = 1 AND at > $2 ORDER BY center, at");

const LIST_TO_SETTLE: Sql =
    select!("WHERE network = $1 AND ends = 1 AND at <= $2 AND settled_at IS NULL ORDER BY at");

const INSERT: Sql = sql(
    "INSERT INTO center_contractors (network, center, at, name, ends, made_at, made_by, settled_at,
                                     version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 1)",
);

const TOUCH: Sql = sql("UPDATE center_contractors SET version = version + 1
     WHERE network = $1 AND center = $2 AND at = $3 AND version = $4");

const SETTLE: Sql = sql("UPDATE center_contractors SET settled_at = $4
     WHERE network = $1 AND center = $2 AND at = $3 AND settled_at IS NULL");

const REMOVE: Sql =
    sql("DELETE FROM center_contractors WHERE network = $1 AND center = $2 AND at = $3");

const LIST_STAYS: Sql =
    sql("SELECT staff FROM contractor_stays WHERE network = $1 AND center = $2 AND at = $3");

const INSERT_STAY: Sql = sql("INSERT INTO contractor_stays (network, center, at, staff)
     VALUES ($1, $2, $3, $4)");

const REMOVE_STAYS: Sql =
    sql("DELETE FROM contractor_stays WHERE network = $1 AND center = $2 AND at = $3");

fn contractor(row: &mut Row) -> Result<Contractor, Error> {
    Ok(Contractor {
        center: CenterId(row.int(0)?),
        at: instant(row.int(1)?),
        name: row.text(2)?,
        ends: row.int(3)? != 0,
        settled: row.maybe_int(4)?.is_some(),
        version: row.int(5)?,
    })
}

/// Who ran and will run a center, the last first.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    center: CenterId,
) -> Result<Vec<Contractor>, Error> {
    let mut rows = conn.rows(LIST, &args![scope.network, center]).await?;
    rows.iter_mut().map(contractor).collect()
}

/// The changes that are planned in the town.
pub async fn list_ahead(conn: &mut Conn, deed: &Deed) -> Result<Vec<Contractor>, Error> {
    let mut rows = conn
        .rows(LIST_AHEAD, &args![deed.network(), deed.at()])
        .await?;
    rows.iter_mut().map(contractor).collect()
}

/// The changes that have come and were not yet tidied up after.
pub async fn list_to_settle(conn: &mut Conn, deed: &Deed) -> Result<Vec<Contractor>, Error> {
    let mut rows = conn
        .rows(LIST_TO_SETTLE, &args![deed.network(), deed.at()])
        .await?;
    rows.iter_mut().map(contractor).collect()
}

/// Who stays at a change.
pub async fn list_stays(
    conn: &mut Conn,
    scope: &Scope,
    change: &Contractor,
) -> Result<Vec<StaffId>, Error> {
    let args = args![scope.network, change.center, change.at.as_millisecond()];
    let rows = conn.rows(LIST_STAYS, &args).await?;
    rows.iter().map(|row| row.int(0).map(StaffId)).collect()
}

/// Keeps a contractor; `Duplicate` where one begins on that day already.
pub(in crate::staff) async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    new: &Contractor,
) -> Result<(), Error> {
    let by = deed.scope.actor.account().map_or(0, |account| account.0);
    let args = args![
        deed.network(),
        new.center,
        new.at.as_millisecond(),
        &new.name,
        i64::from(new.ends),
        deed.at(),
        by
    ];
    conn.exec_one(INSERT, &args).await
}

/// Moves to the next version; `Changed` where somebody saved first.
pub(in crate::staff) async fn touch(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
) -> Result<(), Error> {
    let at = change.at.as_millisecond();
    let args = args![deed.network(), change.center, at, change.version];
    conn.exec_one(TOUCH, &args).await
}

/// Notes that what the ended accounts held was given back; `Changed` where another server did it.
pub(in crate::staff) async fn settle(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
) -> Result<(), Error> {
    let at = change.at.as_millisecond();
    let args = args![deed.network(), change.center, at, deed.at()];
    conn.exec_one(SETTLE, &args).await
}

/// Forgets a planned change.
pub(in crate::staff) async fn remove(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
) -> Result<(), Error> {
    let args = args![deed.network(), change.center, change.at.as_millisecond()];
    conn.exec_one(REMOVE, &args).await
}

/// Keeps that somebody stays.
pub(in crate::staff) async fn insert_stay(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
    staff: StaffId,
) -> Result<(), Error> {
    let at = change.at.as_millisecond();
    let args = args![deed.network(), change.center, at, staff];
    conn.exec_one(INSERT_STAY, &args).await
}

/// Forgets who stays.
pub(in crate::staff) async fn remove_stays(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
) -> Result<(), Error> {
    let args = args![deed.network(), change.center, change.at.as_millisecond()];
    conn.exec(REMOVE_STAYS, &args).await.map(drop)
}
