//! The row of somebody who came.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::Place;
use serde::{Deserialize, Serialize};

use super::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::station::door::rules::{Attendance, Part, Refusal, State, Way};

const FIND: Sql = sql(
    "SELECT id, day, supporter, signup, part, way, at, left_at, state, kept, version
     FROM attendances WHERE network = $1 AND id = $2",
);

const HERE: Sql = sql(
    "SELECT id, day, supporter, signup, part, way, at, left_at, state, kept, version
     FROM attendances WHERE network = $1 AND day = $2 AND state = 'here' ORDER BY at, id",
);

const COUNT: Sql = sql("SELECT COUNT(*) FROM attendances
     WHERE network = $1 AND day = $2 AND state = 'here'");

const INSERT: Sql = sql(
    "INSERT INTO attendances (network, id, day, who, supporter, signup, part, way, at, left_at, state,
                              kept, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, 'here', $10, 1)
     ON CONFLICT DO NOTHING",
);

const STANDING: Sql = sql("SELECT id FROM attendances
     WHERE network = $1 AND day = $2 AND who = $3 AND part = $4 AND state = 'here'");

const SAVE: Sql = sql(
    "UPDATE attendances SET left_at = $3, state = $4, kept = $5, version = $6
     WHERE network = $1 AND id = $2 AND version = $6 - 1",
);

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "attendances",
        column: "kept",
        row: id.0,
        version,
    }
}

fn attendance(deed: &Deed, mut row: Row) -> Result<Attendance, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(10)?);
    let kept: Kept = deed.open(&place(id, version), &row.blob(9)?)?;
    Ok(Attendance {
        id,
        day: RowId(row.int(1)?),
        supporter: row.maybe_int(2)?.map(SupporterId),
        signup: row.maybe_int(3)?.map(RowId),
        name: kept.name,
        part: Part::from_code(&row.text(4)?).ok_or_else(|| shape("attendances.part"))?,
        way: Way::from_code(&row.text(5)?).ok_or_else(|| shape("attendances.way"))?,
        at: instant(row.int(6)?),
        left_at: row.maybe_int(7)?.map(instant),
        state: State::from_code(&row.text(8)?).ok_or_else(|| shape("attendances.state"))?,
        version,
    })
}

pub(super) fn close(deed: &Deed, id: RowId, version: i64, name: &str) -> Result<Vec<u8>, Refusal> {
    let name = name.to_owned();
    Ok(deed.close(&place(id, version), &Kept { name })?)
}

/// The attendance, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Attendance, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    attendance(deed, row.ok_or(Refusal::NotFound)?)
}

/// Who came to the day, the first first.
pub async fn list_here(
    conn: &mut Conn,
    deed: &Deed,
    day: RowId,
) -> Result<Vec<Attendance>, Refusal> {
    let rows = conn.rows(HERE, &args![deed.network(), day]).await?;
    rows.into_iter().map(|row| attendance(deed, row)).collect()
}

/// How many came to the day.
pub async fn count_here(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<usize, Error> {
    let row = conn.one(COUNT, &args![deed.network(), day]).await?;
    let count = row.map_or(Ok(0), |row| row.int(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Keeps a new one; where they are in already as the same, gives that one instead.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    new: &Attendance,
) -> Result<Option<RowId>, Refusal> {
    let supporter = new.supporter.map(|id| id.0);
    let who = supporter.or(new.signup.map(|id| id.0)).unwrap_or(new.id.0);
    let args = args![
        deed.network(),
        new.id,
        new.day,
        who,
        supporter,
        new.signup,
        new.part.code(),
        new.way.code(),
        new.at.as_millisecond(),
        close(deed, new.id, 1, &new.name)?
    ];
    if conn.exec(INSERT, &args).await? == 1 {
        return Ok(None);
    }
    let args = args![deed.network(), new.day, who, new.part.code()];
    let row = conn.one(STANDING, &args).await?.ok_or(Refusal::Changed)?;
    Ok(Some(RowId(row.int(0)?)))
}

/// Keeps what changed upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Attendance) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.left_at.map(|at| at.as_millisecond()),
        changed.state.code(),
        close(deed, changed.id, version, &changed.name)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
