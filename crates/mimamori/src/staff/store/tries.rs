//! Counters of tries ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::staff::rules::{Counter, TryKind};

const FIND: Sql = sql("SELECT failures, last_at, known_at FROM sign_in_tries
     WHERE network = $1 AND kind = $2 AND key = $3");

const BEGIN: Sql = sql(
    "INSERT INTO sign_in_tries (network, kind, key, failures, last_at, known_at)
     VALUES ($1, $2, $3, 0, 0, NULL) ON CONFLICT DO NOTHING",
);

const RAISE: Sql = sql("UPDATE sign_in_tries SET failures = $4, last_at = $5
     WHERE network = $1 AND kind = $2 AND key = $3 AND failures = $6 AND last_at = $7");

const SETTLE: Sql = sql("UPDATE sign_in_tries SET failures = $4, known_at = $5
     WHERE network = $1 AND kind = $2 AND key = $3");

/// The counter; one at zero where nothing was counted.
pub(in crate::staff) async fn find_counter(
    conn: &mut Conn,
    deed: &Deed,
    kind: TryKind,
    key: i64,
) -> Result<Counter, Error> {
    conn.exec(BEGIN, &args![deed.network(), kind.code(), key])
        .await?;
    let row = conn
        .one(FIND, &args![deed.network(), kind.code(), key])
        .await?;
    let row = row.ok_or(Error::Changed)?;
    Ok(Counter {
        failures: row.int(0)?,
        last_at: row.int(1)?,
        known_at: row.maybe_int(2)?,
    })
}

/// Counts one more, before it is known whether it fails; whether nobody else counted in between.
pub(in crate::staff) async fn raise_counter(
    conn: &mut Conn,
    deed: &Deed,
    kind: TryKind,
    key: i64,
    counter: &Counter,
) -> Result<bool, Error> {
    let failures = counter.failures_at(deed.at()) + 1;
    let args = args![
        deed.network(),
        kind.code(),
        key,
        failures,
        deed.at(),
        counter.failures,
        counter.last_at
    ];
    Ok(conn.exec(RAISE, &args).await? == 1)
}

/// After a success: sets the failures and when the pair was last good.
pub(in crate::staff) async fn settle_counter(
    conn: &mut Conn,
    deed: &Deed,
    kind: TryKind,
    key: i64,
    failures: i64,
    known_at: Option<i64>,
) -> Result<(), Error> {
    let args = args![deed.network(), kind.code(), key, failures, known_at];
    conn.exec(SETTLE, &args).await.map(|_| ())
}
