//! How far the sealing is.

use db::{Conn, Error, Sql, args, sql};
use jiff::Timestamp;

use super::hash;
use crate::audit::anchor::Anchor;
use crate::clock::instant;
use crate::scope::Scope;

const NEWEST: Sql = sql("SELECT number, at, last_ticket FROM audit_seals
     WHERE network = $1 ORDER BY number DESC LIMIT 1");

const COUNT_AFTER: Sql = sql("SELECT COUNT(*) FROM audit_lines WHERE network = $1 AND ticket > $2");

const DIGEST: Sql = sql("SELECT digest FROM audit_seals WHERE network = $1 AND number = $2");

/// How far the sealing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealState {
    /// Number and time of the newest seal; nothing before the first.
    pub newest: Option<(i64, Timestamp)>,
    /// Lines that wait for the next one.
    pub waiting: i64,
}

/// How far the sealing is in the scope's town.
pub async fn seal_state(conn: &mut Conn, scope: &Scope) -> Result<SealState, Error> {
    let newest = conn.one(NEWEST, &args![scope.network]).await?;
    let newest = newest.map(|row| Ok::<_, Error>((row.int(0)?, row.int(1)?, row.int(2)?)));
    let newest = newest.transpose()?;
    let last = newest.map_or(0, |(_, _, last)| last);
    let row = conn.one(COUNT_AFTER, &args![scope.network, last]).await?;
    Ok(SealState {
        newest: newest.map(|(number, at, _)| (number, instant(at))),
        waiting: row.map_or(Ok(0), |row| row.int(0))?,
    })
}

/// Whether the database still has the seal that the anchor knows. Newer seals beside it are fine,
/// whoever made them.
pub async fn holds(conn: &mut Conn, scope: &Scope, anchor: &Anchor) -> Result<bool, Error> {
    let row = conn
        .one(DIGEST, &args![scope.network, anchor.number])
        .await?;
    let digest = row.map(|mut row| hash(row.blob(0)?)).transpose()?;
    Ok(digest == Some(anchor.digest))
}
