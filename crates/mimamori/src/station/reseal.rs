//! Sealing anew after the town's key was changed, a hundred rows a time.

use db::{Conn, Sql, args};
use seal::Place;

use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

/// The statement that lists `id, version, sealed` after `$2`, the one that keeps `$4` upon version
/// `$3`, and the place of a row's seal.
pub type Walk = (Sql, Sql, fn(RowId, i64) -> Place);

/// Seals the next rows under the current key.
pub async fn some(
    conn: &mut Conn,
    deed: &Deed,
    after: i64,
    (next, reseal, place): Walk,
) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(next, &args![deed.network(), after]).await? {
        let (id, version) = (RowId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&place(id, version), &row.blob(2)?)? {
            let args = args![deed.network(), id, version, fresh];
            moved.rows += conn.exec(reseal, &args).await?;
        }
    }
    Ok(moved)
}
