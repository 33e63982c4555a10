//! What figures are counted from ↔ rows: of a row only its codes are opened.

use db::{Conn, Row, Sql, args, sql};

use super::rows::{codes_place, open};
use crate::consultations::rules::{Codes, Counted, Refusal};
use crate::deed::Deed;
use crate::ids::{CenterId, ConsultationId};

const LIST: Sql = sql(
    "SELECT id, center, person, stranger, codes, version FROM consultations
     WHERE network = $1 AND month = $2 AND state <> 'struck'",
);

// Every change of a row raises its version, and no row is ever removed.
const STAMP: Sql = sql("SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT)
     FROM consultations WHERE network = $1 AND month = $2");

/// By what it is known that nothing changed in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    rows: i64,
    versions: i64,
}

/// The month's stamp ("2026-11").
pub async fn stamp_of(conn: &mut Conn, deed: &Deed, month: &str) -> Result<Stamp, Refusal> {
    let row = conn.one(STAMP, &args![deed.network(), month]).await?;
    let row = row.ok_or(Refusal::NotFound)?;
    Ok(Stamp {
        rows: row.int(0)?,
        versions: row.int(1)?,
    })
}

/// Every consultation of a month, as it is counted.
pub async fn list_counted(
    conn: &mut Conn,
    deed: &Deed,
    month: &str,
) -> Result<Vec<Counted>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), month]).await?;
    rows.into_iter().map(|row| counted(deed, row)).collect()
}

/// Somebody registered is counted by the record; somebody who is not, by the mark that is the same
/// at every center, or else as one of this center.
fn counted(deed: &Deed, mut row: Row) -> Result<Counted, Refusal> {
    let (id, version) = (ConsultationId(row.int(0)?), row.int(5)?);
    let codes: Codes = open(deed, &codes_place(id, version), &row.blob(4)?)?;
    let who = match (row.maybe_int(2)?, codes.who, row.maybe_int(3)?) {
        (Some(person), _, _) => person,
        (None, 0, stranger) => stranger.unwrap_or(0),
        (None, mark, _) => mark,
    };
    Ok(Counted {
        center: CenterId(row.int(1)?),
        who,
        codes,
    })
}
