//! Sealing who asked anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::leavings::asker_place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

const AFTER: Sql = sql("SELECT id, asker FROM leavings
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE leavings SET asker = $3
     WHERE network = $1 AND id = $2 AND asker = $4");

/// Seals the next ones under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, sealed) = (RowId(row.int(0)?), row.blob(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&asker_place(id), &sealed)? {
            let args = args![deed.network(), id, fresh, sealed];
            moved.rows += conn.exec(RESEAL, &args).await?;
        }
    }
    Ok(moved)
}
