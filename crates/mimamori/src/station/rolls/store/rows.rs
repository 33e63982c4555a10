//! The row of a sheet.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::Place;
use serde::{Deserialize, Serialize};

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::rolls::rules::{Order, Reading, Refusal, Sheet, State};

const FIND: Sql = sql(
    "SELECT id, day, page, state, at, kept, version FROM roll_sheets
     WHERE network = $1 AND id = $2",
);

const OF_DAY: Sql = sql(
    "SELECT id, day, page, state, at, kept, version FROM roll_sheets
     WHERE network = $1 AND day = $2 ORDER BY id",
);

const INSERT: Sql = sql(
    "INSERT INTO roll_sheets (network, id, day, page, state, at, kept, version)
     VALUES ($1, $2, $3, $4, 'printed', $5, $6, 1)",
);

const SAVE: Sql = sql(
    "UPDATE roll_sheets SET state = $3, at = $4, kept = $5, version = $6
     WHERE network = $1 AND id = $2 AND version = $6 - 1",
);

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    order: Order,
    reading: Option<Reading>,
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "roll_sheets",
        column: "kept",
        row: id.0,
        version,
    }
}

pub(super) fn sheet(deed: &Deed, mut row: Row) -> Result<Sheet, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(6)?);
    let kept: Kept = deed.open(&place(id, version), &row.blob(5)?)?;
    let state = State::from_code(&row.text(3)?);
    Ok(Sheet {
        id,
        day: RowId(row.int(1)?),
        page: row.int(2)?,
        state: state.ok_or_else(|| Error::Shape("roll_sheets.state".to_owned()))?,
        at: instant(row.int(4)?),
        order: kept.order,
        reading: kept.reading,
        version,
    })
}

fn close(deed: &Deed, of: &Sheet, version: i64) -> Result<Vec<u8>, Refusal> {
    let kept = Kept {
        order: of.order.clone(),
        reading: of.reading.clone(),
    };
    Ok(deed.close(&place(of.id, version), &kept)?)
}

/// The sheet, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Sheet, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    sheet(deed, row.ok_or(Refusal::NotFound)?)
}

/// Every sheet of a day, the first printed first.
pub async fn list_of_day(conn: &mut Conn, deed: &Deed, day: RowId) -> Result<Vec<Sheet>, Refusal> {
    let rows = conn.rows(OF_DAY, &args![deed.network(), day]).await?;
    rows.into_iter().map(|row| sheet(deed, row)).collect()
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Sheet) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.day,
        new.page,
        new.at.as_millisecond(),
        close(deed, new, 1)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Sheet) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.state.code(),
        changed.at.as_millisecond(),
        close(deed, changed, version)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
