//! Tries at the door, and rolls that were taken to their end.

use std::collections::HashSet;

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;

use super::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::door::rules::{Outcome, Part, Roll, Tried, Way};

// The nonce is the gate: whoever sends it a second time waits here for the first and reads what it met.
const BEGIN: Sql = sql(
    "INSERT INTO door_tries (network, nonce, day, at, by, part, way, outcome, attendance)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL) ON CONFLICT DO NOTHING",
);

const SETTLE: Sql = sql("UPDATE door_tries SET outcome = $3, attendance = $4
     WHERE network = $1 AND nonce = $2");

const FIND: Sql = sql("SELECT at, part, way, outcome, attendance FROM door_tries
     WHERE network = $1 AND nonce = $2");

const OF_DAY: Sql = sql("SELECT at, part, way, outcome, attendance FROM door_tries
     WHERE network = $1 AND day = $2 ORDER BY at DESC, nonce DESC LIMIT 1000");

const LAST: Sql = sql(
    "SELECT at, part, way, outcome, attendance FROM door_tries
     WHERE network = $1 AND day = $2 AND by = $3 AND at >= $4 ORDER BY at DESC, nonce DESC LIMIT 1",
);

const COUNT: Sql = sql("SELECT COUNT(*) FROM door_tries WHERE network = $1 AND day = $2");

const ROLL: Sql = sql("SELECT at FROM rolls_taken WHERE network = $1 AND day = $2");

// Of the days of a span.
const TAKEN: Sql = sql("SELECT day FROM rolls_taken WHERE network = $1 AND day IN
       (SELECT id FROM course_days WHERE network = $1 AND day >= $2 AND day < $3)");

const END: Sql = sql(
    "INSERT INTO rolls_taken (network, day, at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING",
);

const REOPEN: Sql = sql("DELETE FROM rolls_taken WHERE network = $1 AND day = $2");

fn tried(mut row: Row) -> Result<Tried, Error> {
    Ok(Tried {
        at: instant(row.int(0)?),
        part: Part::from_code(&row.text(1)?).ok_or_else(|| shape("door_tries.part"))?,
        way: Way::from_code(&row.text(2)?).ok_or_else(|| shape("door_tries.way"))?,
        outcome: Outcome::from_code(&row.text(3)?).ok_or_else(|| shape("door_tries.outcome"))?,
        attendance: row.maybe_int(4)?.map(RowId),
    })
}

/// Begins a try; whether it is a new one.
pub async fn begin_try(
    conn: &mut Conn,
    deed: &Deed,
    (day, nonce): (RowId, i64),
    tried: &Tried,
) -> Result<bool, Error> {
    let args = args![
        deed.network(),
        nonce,
        day,
        tried.at.as_millisecond(),
        deed.scope.actor.account(),
        tried.part.code(),
        tried.way.code(),
        tried.outcome.code()
    ];
    Ok(conn.exec(BEGIN, &args).await? == 1)
}

/// Writes down what came of it.
pub async fn settle_try(
    conn: &mut Conn,
    deed: &Deed,
    nonce: i64,
    outcome: Outcome,
    attendance: Option<RowId>,
) -> Result<(), Error> {
    let args = args![deed.network(), nonce, outcome.code(), attendance];
    conn.exec_one(SETTLE, &args).await
}

/// What came of the try with this nonce.
pub async fn find_try(conn: &mut Conn, deed: &Deed, nonce: i64) -> Result<Option<Tried>, Error> {
    let row = conn.one(FIND, &args![deed.network(), nonce]).await?;
    row.map(tried).transpose()
}

/// Every try at a day, the newest first.
pub async fn list_tries(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<Vec<Tried>, Error> {
    let rows = conn.rows(OF_DAY, &args![deed.network(), day]).await?;
    rows.into_iter().map(tried).collect()
}

/// The last try of this account at the day, where it was a moment ago.
pub async fn last_try(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
    since: i64,
) -> Result<Option<Tried>, Error> {
    let account = deed.scope.actor.account();
    let args = args![deed.network(), day, account, since];
    conn.one(LAST, &args).await?.map(tried).transpose()
}

/// How many tries there were at the day.
pub async fn count_tries(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<i64, Error> {
    let row = conn.one(COUNT, &args![deed.network(), day]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// What is known of who came to the day, of whom so many are written down.
pub async fn roll_of(conn: &mut Conn, deed: &Deed, day: RowId, here: usize) -> Result<Roll, Error> {
    let row = conn.one(ROLL, &args![deed.network(), day]).await?;
    let taken = row.map(|row| row.int(0)).transpose()?;
    Ok(Roll::of(taken.map(instant), here))
}

/// The days of a span, without its last, whose rolls were taken to their end.
pub async fn list_taken(
    conn: &mut Conn,
    deed: &Deed,
    (since, until): (Date, Date),
) -> Result<HashSet<RowId>, Error> {
    let args = args![deed.network(), since.to_string(), until.to_string()];
    let rows = conn.rows(TAKEN, &args).await?;
    rows.iter().map(|row| Ok(RowId(row.int(0)?))).collect()
}

/// The roll was taken to its end.
pub async fn end_roll(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<bool, Error> {
    let args = args![deed.network(), day, deed.at()];
    Ok(conn.exec(END, &args).await? == 1)
}

/// It goes on.
pub async fn reopen_roll(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<bool, Error> {
    Ok(conn.exec(REOPEN, &args![deed.network(), day]).await? == 1)
}
