//! What was kept long enough, and sealing anew after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::rows::{close, place};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;
use crate::station::door::rules::Refusal;
use crate::station::reseal;

// Whoever just came by has neither a supporter nor a sign-up; one who was forgotten is no walk-in any more.
const WALK_INS: Sql = sql("SELECT id, version FROM attendances
     WHERE network = $1 AND id < $2 AND supporter IS NULL AND signup IS NULL AND who = id LIMIT 200");

const EMPTY: Sql = sql(
    "UPDATE attendances SET who = 0 - id, kept = $3, version = $4
     WHERE network = $1 AND id = $2 AND version = $4 - 1",
);

const TRIES: Sql = sql("DELETE FROM door_tries WHERE network = $1 AND at < $2");

const AFTER: Sql = sql("SELECT id, version, kept FROM attendances
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE attendances SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Forgets who just came by before an instant, some at a time, and tries of that time; how many names.
pub async fn forget_before(
    conn: &mut Conn,
    deed: &Deed,
    first: i64,
    at: i64,
) -> Result<usize, Refusal> {
    let mut gone = 0;
    for row in conn.rows(WALK_INS, &args![deed.network(), first]).await? {
        let (id, version) = (RowId(row.int(0)?), row.int(1)? + 1);
        let args = args![deed.network(), id, close(deed, id, version, "")?, version];
        conn.exec_one(EMPTY, &args).await?;
        gone += 1;
    }
    conn.exec(TRIES, &args![deed.network(), at]).await?;
    Ok(gone)
}

/// Seals the next attendances under the current key.
pub async fn reseal_attendances(
    conn: &mut Conn,
    deed: &Deed,
    after: i64,
) -> Result<Moved, Unmoved> {
    reseal::some(conn, deed, after, (AFTER, RESEAL, place)).await
}
