//! Sealing anew after the town's key was changed.

use db::{Conn, Sql, sql};

use super::rows::place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::station::reseal::some;

const AFTER: Sql = sql("SELECT id, version, kept FROM observations
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE observations SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Seals the next observations under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    some(conn, deed, after, (AFTER, RESEAL, place)).await
}
