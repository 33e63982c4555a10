//! Words about a number of nobody ↔ rows: only that they came.

use db::{Conn, Error, Sql, args, sql};

use super::messages::SPAN_MS;
use crate::board::rules::Stray;
use crate::deed::Deed;

const INSERT: Sql = sql("INSERT INTO board_strays (network, id, hash, origin, at)
     VALUES ($1, $2, $3, $4, $5)");

const BY_HASH: Sql = sql("SELECT 1 FROM board_strays WHERE network = $1 AND hash = $2");

const PRESSURE: Sql = sql("SELECT COUNT(*), MAX(at) FROM board_strays
     WHERE network = $1 AND origin = $2 AND at > $3");

const OVER: Sql = sql("SELECT 1 FROM board_strays WHERE network = $1 AND at <= $2 LIMIT 1");

const FORGET: Sql = sql("DELETE FROM board_strays WHERE network = $1 AND at <= $2");

/// The form behind a number of nobody is sent again within a day or never.
const KEEP_MS: i64 = 24 * SPAN_MS;

/// Keeps that words came.
pub async fn insert_stray(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
    origin: i64,
) -> Result<(), Error> {
    let args = args![deed.network(), deed.new_id(), hash, origin, deed.at()];
    conn.exec_one(INSERT, &args).await
}

/// Whether this form came already.
pub async fn is_stray(conn: &mut Conn, deed: &Deed, hash: [u8; 32]) -> Result<bool, Error> {
    let row = conn.one(BY_HASH, &args![deed.network(), hash]).await?;
    Ok(row.is_some())
}

/// What came from one address about numbers of nobody during the last hour.
pub async fn stray_pressure(conn: &mut Conn, deed: &Deed, origin: i64) -> Result<Stray, Error> {
    let args = args![deed.network(), origin, deed.at() - SPAN_MS];
    let row = conn.one(PRESSURE, &args).await?.ok_or(Error::Changed)?;
    Ok(Stray {
        count: row.int(0)?,
        last: row.maybe_int(1)?.unwrap_or_default(),
    })
}

/// Whether some came so long ago that nothing asks for them.
pub async fn has_old_strays(conn: &mut Conn, deed: &Deed) -> Result<bool, Error> {
    let args = args![deed.network(), deed.at() - KEEP_MS];
    Ok(conn.one(OVER, &args).await?.is_some())
}

/// Forgets those.
pub async fn forget_strays(conn: &mut Conn, deed: &Deed) -> Result<(), Error> {
    let args = args![deed.network(), deed.at() - KEEP_MS];
    conn.exec(FORGET, &args).await.map(drop)
}
