//! Sealing anew after the town's key was changed.

use db::{Conn, Sql, sql};

use super::{days, series};
use crate::deed::{Deed, Moved, Unmoved};
use crate::station::reseal::some;

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
    some(
        conn,
        deed,
        after,
        (SERIES_AFTER, RESEAL_SERIES, series::place),
    )
    .await
}

/// Seals the next days under the current key.
pub async fn reseal_days(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    some(conn, deed, after, (DAYS_AFTER, RESEAL_DAY, days::place)).await
}
