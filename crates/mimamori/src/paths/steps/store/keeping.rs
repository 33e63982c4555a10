//! Forgetting somebody, and sealing anew after the town's key was changed.

use db::{Conn, Error, Sql, args, sql};

use super::paths::place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{PersonId, RowId};

const FORGET: Sql = sql("DELETE FROM paths WHERE network = $1 AND person = $2");

const AFTER: Sql = sql("SELECT id, version, kept FROM paths
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql =
    sql("UPDATE paths SET kept = $4 WHERE network = $1 AND id = $2 AND version = $3");

/// Removes every path of the person, within the caller's transaction.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    conn.exec(FORGET, &args![deed.network(), person]).await?;
    Ok(())
}

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
