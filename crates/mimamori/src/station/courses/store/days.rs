//! Days of series ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};
use serde::{Deserialize, Serialize};

use super::{date, shape};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::courses::rules::{CourseDay, Details, Off, Refusal, State, Was};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, series, planned_on, day, state, changed_at, kept, version, holds, pinned
             FROM course_days WHERE network = $1 ",
            $rest
        ))
    };
}

const FIND: Sql = select!("AND id = $2");

const BETWEEN: Sql = select!("AND day >= $2 AND day <= $3 ORDER BY day, id");

const OF_SERIES: Sql = select!("AND series = $2 AND planned_on >= $3 ORDER BY planned_on");

const INSERT: Sql = sql(
    "INSERT INTO course_days (network, id, series, planned_on, day, state, changed_at, kept, version,
                              starts, holds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9,
             COALESCE($10, (SELECT holds FROM course_places WHERE network = $1 AND id = $11)))",
);

const SAVE: Sql = sql("UPDATE course_days
     SET day = $3, state = $4, changed_at = $5, kept = $6, version = $7, starts = $8,
         holds = COALESCE($9, (SELECT holds FROM course_places WHERE network = $1 AND id = $10))
     WHERE network = $1 AND id = $2 AND version = $7 - 1");

const DROP: Sql = sql("DELETE FROM course_days
     WHERE network = $1 AND id = $2 AND version = $3 AND pinned = 0");

const PIN: Sql =
    sql("UPDATE course_days SET pinned = 1 WHERE network = $1 AND id = $2 AND pinned = 0");

/// What is sealed of a day.
#[derive(Serialize, Deserialize)]
struct Kept {
    details: Details,
    was: Option<Was>,
    off: Option<Off>,
    #[serde(default)]
    alone: bool,
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "course_days",
        column: "kept",
        row: id.0,
        version,
    }
}

fn course_day(deed: &Deed, mut row: Row) -> Result<CourseDay, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(7)?);
    let plain = deed.keys.open(&place(id, version), &row.blob(6)?)?;
    let kept: Kept = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    let holds = row.maybe_int(8)?.map(u32::try_from).transpose();
    Ok(CourseDay {
        id,
        series: RowId(row.int(1)?),
        planned_on: date(&row.text(2)?)?,
        day: date(&row.text(3)?)?,
        details: kept.details,
        state: State::from_code(&row.text(4)?).ok_or_else(|| shape("course_days.state"))?,
        was: kept.was,
        off: kept.off,
        alone: kept.alone,
        holds: holds.map_err(|_| shape("course_days.holds"))?,
        pinned: row.int(9)? == 1,
        changed_at: instant(row.int(5)?),
        version,
    })
}

fn close(deed: &Deed, of: &CourseDay, version: i64) -> Result<Vec<u8>, SealError> {
    let kept = Kept {
        details: of.details.clone(),
        was: of.was.clone(),
        off: of.off.clone(),
        alone: of.alone,
    };
    let plain = serde_json::to_vec(&kept).map_err(|_| SealError::Malformed)?;
    let mut dice = deed.dice.clone();
    Ok(deed.keys.seal(&place(of.id, version), &plain, &mut dice))
}

/// `09:30`, which stands in order as text.
fn starts(of: &CourseDay) -> String {
    format!("{:0>5}", of.details.hours.start())
}

fn all(deed: &Deed, rows: Vec<Row>) -> Result<Vec<CourseDay>, Refusal> {
    rows.into_iter().map(|row| course_day(deed, row)).collect()
}

/// The day, if it is this town's.
pub async fn find_day(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<CourseDay, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    course_day(deed, row.ok_or(Refusal::NotFound)?)
}

/// What is held from day to day, both included, in the order of the clock.
pub async fn list_between(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    until: Date,
) -> Result<Vec<CourseDay>, Refusal> {
    let args = args![deed.network(), from.to_string(), until.to_string()];
    let mut days = all(deed, conn.rows(BETWEEN, &args).await?)?;
    // The time is sealed, so that this sort is not the database's.
    days.sort_by_key(|one| (one.day, one.details.hours, one.id));
    Ok(days)
}

/// The days of a series that its rule gave from a day on.
pub async fn list_of_series(
    conn: &mut Conn,
    deed: &Deed,
    series: RowId,
    from: Date,
) -> Result<Vec<CourseDay>, Refusal> {
    let args = args![deed.network(), series, from.to_string()];
    let rows = conn.rows(OF_SERIES, &args).await?;
    all(deed, rows)
}

/// Keeps a new one.
pub async fn insert_day(conn: &mut Conn, deed: &Deed, new: &CourseDay) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.series,
        new.planned_on.to_string(),
        new.day.to_string(),
        new.state.code(),
        new.changed_at.as_millisecond(),
        close(deed, new, 1)?,
        starts(new),
        new.details.holds.map(i64::from),
        new.details.place
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// From now on something hangs on the day; for whoever hangs it there, in the same write.
pub async fn pin_day(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Error> {
    conn.exec(PIN, &args![deed.network(), id]).await?;
    Ok(())
}

/// Keeps what changed upon the version that was read.
pub async fn save_day(conn: &mut Conn, deed: &Deed, changed: &CourseDay) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.day.to_string(),
        changed.state.code(),
        deed.at(),
        close(deed, changed, version)?,
        version,
        starts(changed),
        changed.details.holds.map(i64::from),
        changed.details.place
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Takes out a day that its rule does not give any more, and on which nothing hangs.
pub async fn drop_day(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<(), Refusal> {
    let args = args![deed.network(), day.id, day.version];
    match conn.exec(DROP, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
