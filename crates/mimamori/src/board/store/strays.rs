//! Words about a number of nobody ↔ rows: only that they came.

use db::{Conn, Error, Sql, args, sql};
use seal::{SealError, TokenKind};

use super::messages::SPAN_MS;
use crate::board::rules::{Refusal, Said, Stray};
use crate::deed::Deed;

/// What the form behind a number of nobody said.
const SAID: TokenKind = TokenKind::new("board.stray");

const INSERT: Sql = sql(
    "INSERT INTO board_strays (network, id, hash, said, origin, at)
     VALUES ($1, $2, $3, $4, $5, $6)",
);

// Of a day at the most: what is older is forgotten.
const READ: Sql = sql("SELECT SUM(CASE WHEN hash = $2 THEN 1 ELSE 0 END),
            SUM(CASE WHEN hash = $2 AND said = $3 THEN 1 ELSE 0 END),
            SUM(CASE WHEN origin = $4 AND at > $5 THEN 1 ELSE 0 END),
            MAX(CASE WHEN origin = $4 THEN at ELSE 0 END),
            SUM(CASE WHEN at > $5 THEN 1 ELSE 0 END),
            MAX(at)
     FROM board_strays WHERE network = $1");

const OVER: Sql = sql("SELECT 1 FROM board_strays WHERE network = $1 AND at <= $2 LIMIT 1");

const FORGET: Sql = sql("DELETE FROM board_strays WHERE network = $1 AND at <= $2");

/// The form behind a number of nobody is sent again within a day or never.
const KEEP_MS: i64 = 24 * SPAN_MS;

/// A keyed token of what was said: the same form with the same words is one message.
fn said_token(deed: &Deed, said: &Said) -> Result<i64, Refusal> {
    let text = serde_json::to_string(said).map_err(|_| SealError::Malformed)?;
    Ok(deed.keys.token(SAID, &text))
}

/// Keeps that words came.
pub async fn insert_stray(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
    said: &Said,
    origin: i64,
) -> Result<(), Refusal> {
    let said = said_token(deed, said)?;
    let args = args![deed.network(), deed.new_id(), hash, said, origin, deed.at()];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// What came about numbers of nobody, seen from this form with these words from this address.
pub async fn stray(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
    said: &Said,
    origin: i64,
) -> Result<Stray, Refusal> {
    let since = deed.at() - SPAN_MS;
    let args = args![deed.network(), hash, said_token(deed, said)?, origin, since];
    let row = conn.one(READ, &args).await?.ok_or(Error::Changed)?;
    let of = |at: usize| row.maybe_int(at).map(|value| value.unwrap_or(0));
    Ok(Stray {
        form: of(0)?,
        same: of(1)?,
        address: of(2)?,
        address_last: of(3)?,
        town: of(4)?,
        town_last: of(5)?,
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
