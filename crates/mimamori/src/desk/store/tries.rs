//! Counters of tries ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::desk::rules::{TryKind, Window};

// A span that is over begins anew. The row is locked from here to the end of the transaction, so
// that many tries at the same moment are counted one after another.
const COUNT: Sql = sql(
    "INSERT INTO number_tries (network, kind, key, misses, since) VALUES ($1, $2, $3, 1, $4)
     ON CONFLICT (network, kind, key) DO UPDATE SET
       misses = CASE WHEN number_tries.since <= $5 THEN 1 ELSE number_tries.misses + 1 END,
       since = CASE WHEN number_tries.since <= $5 THEN $4 ELSE number_tries.since END",
);

const FIND: Sql =
    sql("SELECT misses, since FROM number_tries WHERE network = $1 AND kind = $2 AND key = $3");

const FORGIVE: Sql = sql("UPDATE number_tries SET misses = misses - 1
     WHERE network = $1 AND kind = $2 AND key = $3 AND misses > 0");

/// Counts a try as a miss, before it is known whether it is one.
pub async fn count_miss(
    conn: &mut Conn,
    deed: &Deed,
    kind: TryKind,
    key: i64,
) -> Result<Window, Error> {
    let over = deed.at() - kind.span();
    conn.exec_one(
        COUNT,
        &args![deed.network(), kind.code(), key, deed.at(), over],
    )
    .await?;
    let row = conn
        .one(FIND, &args![deed.network(), kind.code(), key])
        .await?;
    let row = row.ok_or(Error::Changed)?;
    Ok(Window {
        misses: row.int(0)?,
        since: row.int(1)?,
    })
}

/// It was no miss.
pub async fn forgive(conn: &mut Conn, deed: &Deed, kind: TryKind, key: i64) -> Result<(), Error> {
    conn.exec(FORGIVE, &args![deed.network(), kind.code(), key])
        .await
        .map(|_| ())
}
