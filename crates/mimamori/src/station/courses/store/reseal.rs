//! Sealing anew after the town's key was changed.

use db::{Conn, Sql, args, sql};
use seal::Place;

use super::{days, series};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

const SERIES_AFTER: Sql = sql("SELECT id, version, kept FROM course_series
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL_SERIES: Sql =
    sql("UPDATE course_series SET kept = $4 WHERE network = $1 AND id = $2 AND version = $3");

const DAYS_AFTER: Sql = sql("SELECT id, version, kept FROM course_days
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL_DAY: Sql =
    sql("UPDATE course_days SET kept = $4 WHERE network = $1 AND id = $2 AND version = $3");

/// Seals the next series under the current key.
pub async fn reseal_series(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let walk = (
        SERIES_AFTER,
        RESEAL_SERIES,
        series::place as fn(RowId, i64) -> Place,
    );
    some(conn, deed, after, walk).await
}

/// Seals the next days under the current key.
pub async fn reseal_days(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    some(conn, deed, after, (DAYS_AFTER, RESEAL_DAY, days::place)).await
}

async fn some(
    conn: &mut Conn,
    deed: &Deed,
    after: i64,
    (next, reseal, place): (Sql, Sql, fn(RowId, i64) -> Place),
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
