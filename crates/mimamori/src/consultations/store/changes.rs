//! What stood there before each change ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::Place;

use super::rows::{close, open, shape, staff, who};
use crate::clock::instant;
use crate::consultations::rules::{Act, Before, Change, Refusal};
use crate::deed::Deed;
use crate::ids::{ConsultationId, RowId};

const INSERT: Sql = sql(
    "INSERT INTO consultation_changes (network, consultation, id, at, by, act, before)
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

const LIST: Sql = sql("SELECT id, at, by, act, before FROM consultation_changes
     WHERE network = $1 AND consultation = $2 ORDER BY id DESC");

pub(super) fn before_place(id: i64) -> Place {
    Place {
        table: "consultation_changes",
        column: "before",
        row: id,
        version: 0,
    }
}

/// Keeps what stood there.
pub async fn insert_change(
    conn: &mut Conn,
    deed: &Deed,
    of: ConsultationId,
    act: Act,
    before: &Before,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &before_place(id.0), before)?;
    let args = args![
        deed.network(),
        of,
        id,
        deed.at(),
        who(deed),
        act.code(),
        sealed
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Every change, newest first.
pub async fn list_changes(
    conn: &mut Conn,
    deed: &Deed,
    of: ConsultationId,
) -> Result<Vec<Change>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), of]).await?;
    rows.into_iter().map(|row| change(deed, row)).collect()
}

fn change(deed: &Deed, mut row: Row) -> Result<Change, Refusal> {
    let id = row.int(0)?;
    Ok(Change {
        at: instant(row.int(1)?),
        by: staff(row.int(2)?),
        act: Act::from_code(&row.text(3)?).ok_or_else(|| shape("consultation_changes.act"))?,
        before: open(deed, &before_place(id), &row.blob(4)?)?,
    })
}
