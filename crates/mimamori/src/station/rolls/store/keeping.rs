//! What was kept long enough, and sealing anew after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::rows::{place, save, sheet};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;
use crate::station::reseal;
use crate::station::rolls::rules::{Refusal, State};

const STALE: Sql = sql(
    "SELECT id, day, page, state, at, kept, version FROM roll_sheets
     WHERE network = $1 AND state = 'read' AND at < $2 ORDER BY at LIMIT 50",
);

const OLD: Sql = sql("DELETE FROM roll_sheets WHERE network = $1 AND id < $2");

const AFTER: Sql = sql("SELECT id, version, kept FROM roll_sheets
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE roll_sheets SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Forgets what was read before an instant and confirmed by nobody, some at a time, and sheets made
/// before `first`; how many readings.
pub async fn forget_before(
    conn: &mut Conn,
    deed: &Deed,
    (first, read): (RowId, i64),
) -> Result<usize, Refusal> {
    let rows = conn.rows(STALE, &args![deed.network(), read]).await?;
    let gone = rows.len();
    for row in rows {
        let mut one = sheet(deed, row)?;
        one.reading = None;
        one.state = State::Printed;
        save(conn, deed, &one).await?;
    }
    conn.exec(OLD, &args![deed.network(), first]).await?;
    Ok(gone)
}

/// Seals the next sheets under the current key.
pub async fn reseal_sheets(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    reseal::some(conn, deed, after, (AFTER, RESEAL, place)).await
}
