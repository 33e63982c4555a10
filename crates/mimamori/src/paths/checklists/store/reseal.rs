//! Sealing answers anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::checklists::place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

const AFTER: Sql = sql("SELECT id, version, answers FROM checklists
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE checklists SET answers = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Seals the next ones under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version) = (RowId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&place(id, version), &row.blob(2)?)? {
            let args = args![deed.network(), id, version, fresh];
            moved.rows += conn.exec(RESEAL, &args).await?;
        }
    }
    Ok(moved)
}
