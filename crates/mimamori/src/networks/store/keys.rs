//! Wrapped keys ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::NetworkId;

const LIVE_KEYS: Sql = sql("SELECT version, wrapped FROM network_keys
     WHERE network = $1 AND retired_at IS NULL ORDER BY version");

const INSERT_KEY: Sql = sql(
    "INSERT INTO network_keys (network, version, wrapped, made_at, retired_at)
     VALUES ($1, $2, $3, $4, NULL)",
);

const NEWEST_KEY: Sql = sql("SELECT MAX(version) FROM network_keys WHERE network = $1");

const MADE_AT: Sql = sql("SELECT made_at FROM network_keys WHERE network = $1 AND version = $2");

const RETIRE_KEY: Sql = sql("UPDATE network_keys SET retired_at = $3, wrapped = $4
     WHERE network = $1 AND version = $2 AND retired_at IS NULL");

const FIND_MOVE: Sql = sql("SELECT part, after FROM key_moves WHERE network = $1 AND version = $2");

const PUT_MOVE: Sql = sql(
    "INSERT INTO key_moves (network, version, part, after) VALUES ($1, $2, $3, $4)
     ON CONFLICT (network, version) DO UPDATE SET part = excluded.part, after = excluded.after",
);

const REMOVE_MOVE: Sql = sql("DELETE FROM key_moves WHERE network = $1 AND version = $2");

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

/// The highest version a town ever had, retired or not.
pub(crate) async fn find_newest_key(conn: &mut Conn, deed: &Deed) -> Result<u32, Error> {
    let row = conn.one(NEWEST_KEY, &args![deed.network()]).await?;
    let version = row.map_or(Ok(None), |row| row.maybe_int(0))?;
    Ok(version.unwrap_or(0) as u32)
}

/// When a version was made, in milliseconds since 1970.
pub async fn key_made_at(conn: &mut Conn, deed: &Deed, version: u32) -> Result<i64, Error> {
    let args = args![deed.network(), i64::from(version)];
    let row = conn.one(MADE_AT, &args).await?;
    row.map_or(Err(Error::Changed), |row| row.int(0))
}

/// Retires a version and overwrites its wrapped key: nothing opens what is sealed with it.
pub(crate) async fn retire_key(conn: &mut Conn, deed: &Deed, version: u32) -> Result<(), Error> {
    let args = args![
        deed.network(),
        i64::from(version),
        deed.at(),
        Vec::<u8>::new()
    ];
    conn.exec_one(RETIRE_KEY, &args).await?;
    let current = i64::from(deed.keys.current());
    conn.exec(REMOVE_MOVE, &args![deed.network(), current])
        .await?;
    Ok(())
}

/// How far the rotation to a version is: part and row; nothing where it has not begun.
pub async fn find_move(
    conn: &mut Conn,
    deed: &Deed,
    version: u32,
) -> Result<Option<(String, i64)>, Error> {
    let args = args![deed.network(), i64::from(version)];
    let row = conn.one(FIND_MOVE, &args).await?;
    row.map(|mut row| Ok((row.text(0)?, row.int(1)?)))
        .transpose()
}

/// Keeps how far the rotation to a version is, in the transaction that went so far.
pub async fn put_move(
    conn: &mut Conn,
    deed: &Deed,
    version: u32,
    part: &str,
    after: i64,
) -> Result<(), Error> {
    let args = args![deed.network(), i64::from(version), part, after];
    conn.exec_one(PUT_MOVE, &args).await
}
