//! Series ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::{Place, SealError};
use serde::{Deserialize, Serialize};

use super::date;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::courses::rules::{Details, Refusal, Rule, Series};

const FIND: Sql = sql(
    "SELECT id, begins, until, ended_on, kept, version FROM course_series
     WHERE network = $1 AND id = $2",
);

const LIST: Sql = sql(
    "SELECT id, begins, until, ended_on, kept, version FROM course_series
     WHERE network = $1 ORDER BY id",
);

const INSERT: Sql = sql(
    "INSERT INTO course_series (network, id, begins, until, ended_on, kept, version)
     VALUES ($1, $2, $3, $4, NULL, $5, 1)",
);

const SAVE: Sql = sql(
    "UPDATE course_series SET begins = $3, until = $4, ended_on = $5, kept = $6, version = $7
     WHERE network = $1 AND id = $2 AND version = $7 - 1",
);

/// What is sealed of a series.
#[derive(Serialize, Deserialize)]
struct Kept {
    rule: Rule,
    details: Details,
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "course_series",
        column: "kept",
        row: id.0,
        version,
    }
}

fn series(deed: &Deed, mut row: Row) -> Result<Series, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(5)?);
    let plain = deed.keys.open(&place(id, version), &row.blob(4)?)?;
    let kept: Kept = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    let ended_on = row.maybe_text(3)?.map(|text| date(&text)).transpose()?;
    Ok(Series {
        id,
        begins: date(&row.text(1)?)?,
        until: date(&row.text(2)?)?,
        ended_on,
        rule: kept.rule,
        details: kept.details,
        version,
    })
}

fn close(deed: &Deed, of: &Series, version: i64) -> Result<Vec<u8>, SealError> {
    let kept = Kept {
        rule: of.rule.clone(),
        details: of.details.clone(),
    };
    let plain = serde_json::to_vec(&kept).map_err(|_| SealError::Malformed)?;
    let mut dice = deed.dice.clone();
    Ok(deed.keys.seal(&place(of.id, version), &plain, &mut dice))
}

/// The series, if it is this town's.
pub async fn find_series(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Series, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    series(deed, row.ok_or(Refusal::NotFound)?)
}

/// Every series, in the order in which they were made.
pub async fn list_series(conn: &mut Conn, deed: &Deed) -> Result<Vec<Series>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    rows.into_iter().map(|row| series(deed, row)).collect()
}

/// Keeps a new one.
pub async fn insert_series(conn: &mut Conn, deed: &Deed, new: &Series) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.begins.to_string(),
        new.until.to_string(),
        close(deed, new, 1)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save_series(conn: &mut Conn, deed: &Deed, changed: &Series) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.begins.to_string(),
        changed.until.to_string(),
        changed.ended_on.map(|day| day.to_string()),
        close(deed, changed, version)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
