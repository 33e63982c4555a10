//! Sealing pairs and merges anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::merges::{before_place, photo_place};
use super::pairs::place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{PersonId, RowId};

// By the older record of each pair; all pairs of one record in one step.
const NEXT: Sql = sql("SELECT one FROM twin_pairs
     WHERE network = $1 AND one > $2 ORDER BY one LIMIT 1");

const PAIRS: Sql =
    sql("SELECT two, words FROM twin_pairs WHERE network = $1 AND one = $2 ORDER BY two");

const RESEAL_PAIR: Sql = sql("UPDATE twin_pairs SET words = $4
     WHERE network = $1 AND one = $2 AND two = $3 AND words = $5");

const MERGES: Sql = sql("SELECT id, before, photo FROM twin_merges
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 20");

const RESEAL_MERGE: Sql = sql("UPDATE twin_merges SET before = $3 WHERE network = $1 AND id = $2");

const RESEAL_PHOTO: Sql = sql("UPDATE twin_merges SET photo = $3 WHERE network = $1 AND id = $2");

/// Seals the pairs of the next record under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    let Some(row) = conn.one(NEXT, &args![deed.network(), after]).await? else {
        return Ok(moved);
    };
    let one = PersonId(row.int(0)?);
    moved.next = Some(one.0);
    for mut row in conn.rows(PAIRS, &args![deed.network(), one]).await? {
        let two = PersonId(row.int(0)?);
        let words = row.blob(1)?;
        if let Some(fresh) = deed.resealed(&place(one, two), &words)? {
            let args = args![deed.network(), one, two, fresh, words];
            moved.rows += conn.exec(RESEAL_PAIR, &args).await?;
        }
    }
    Ok(moved)
}

/// Seals what the next merges keep under the current key.
pub async fn reseal_merges(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(MERGES, &args![deed.network(), after]).await? {
        let id = RowId(row.int(0)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&before_place(id), &row.blob(1)?)? {
            moved.rows += conn
                .exec(RESEAL_MERGE, &args![deed.network(), id, fresh])
                .await?;
        }
        let photo = row.maybe_blob(2)?.unwrap_or_default();
        if let Some(fresh) = deed.resealed(&photo_place(id), &photo)? {
            moved.rows += conn
                .exec(RESEAL_PHOTO, &args![deed.network(), id, fresh])
                .await?;
        }
    }
    Ok(moved)
}
