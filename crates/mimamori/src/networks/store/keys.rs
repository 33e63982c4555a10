//! Wrapped keys ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::ids::NetworkId;

const LIVE_KEYS: Sql = sql("SELECT version, wrapped FROM network_keys
     WHERE network = $1 AND retired_at IS NULL ORDER BY version");

const INSERT_KEY: Sql = sql(
    "INSERT INTO network_keys (network, version, wrapped, made_at, retired_at)
     VALUES ($1, $2, $3, $4, NULL)",
);

/// The wrapped keys of a town that still open something, oldest first.
pub(crate) async fn list_live_keys(
    conn: &mut Conn,
    network: NetworkId,
) -> Result<Vec<(u32, Vec<u8>)>, Error> {
    let rows = conn.rows(LIVE_KEYS, &args![network]).await?;
    rows.into_iter()
        .map(|mut row| Ok((row.int(0)? as u32, row.blob(1)?)))
        .collect()
}

/// Keeps a new wrapped key.
pub(crate) async fn insert_key(
    conn: &mut Conn,
    network: NetworkId,
    version: u32,
    wrapped: Vec<u8>,
    at: i64,
) -> Result<(), Error> {
    conn.exec_one(INSERT_KEY, &args![network, i64::from(version), wrapped, at])
        .await
}
