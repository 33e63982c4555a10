//! Who has the page open.

use db::{Conn, Error, Sql, args, sql};
use jiff::Timestamp;

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::station::own::rules::Place;

const FIND: Sql = sql("SELECT supporter, card, at, begun_at, seen_at, before_at
     FROM own_visits WHERE network = $1 AND hash = $2");

const INSERT: Sql = sql(
    "INSERT INTO own_visits (network, hash, supporter, card, at, begun_at, seen_at, before_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
);

const TOUCH: Sql = sql("UPDATE own_visits SET seen_at = $3 WHERE network = $1 AND hash = $2");

const DROP: Sql = sql("DELETE FROM own_visits WHERE network = $1 AND hash = $2");

const OF_SUPPORTER: Sql = sql("DELETE FROM own_visits WHERE network = $1 AND supporter = $2");

const OLD: Sql = sql("DELETE FROM own_visits WHERE network = $1 AND begun_at < $2");

/// More than the longest visit, in milliseconds.
const HOUR_MS: i64 = 3_600_000;

/// A visit as it is kept.
pub struct Row {
    /// Who.
    pub supporter: SupporterId,
    /// By which card.
    pub card: RowId,
    /// Where.
    pub place: Place,
    /// When it began.
    pub begun_at: Timestamp,
    /// When they last touched it.
    pub seen_at: Timestamp,
    /// When the page had been opened before.
    pub before_at: Option<Timestamp>,
}

fn visit(mut row: db::Row) -> Result<Row, Error> {
    let place = Place::from_code(&row.text(2)?);
    Ok(Row {
        supporter: SupporterId(row.int(0)?),
        card: RowId(row.int(1)?),
        place: place.ok_or_else(|| Error::Shape("own_visits.at".to_owned()))?,
        begun_at: instant(row.int(3)?),
        seen_at: instant(row.int(4)?),
        before_at: row.maybe_int(5)?.map(instant),
    })
}

/// The visit of a cookie.
pub async fn find_visit(
    conn: &mut Conn,
    deed: &Deed,
    hash: &[u8; 32],
) -> Result<Option<Row>, Error> {
    let row = conn
        .one(FIND, &args![deed.network(), hash.to_vec()])
        .await?;
    row.map(visit).transpose()
}

/// Keeps a new one.
pub async fn insert_visit(
    conn: &mut Conn,
    deed: &Deed,
    hash: &[u8; 32],
    new: &Row,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        hash.to_vec(),
        new.supporter,
        new.card,
        new.place.code(),
        new.begun_at.as_millisecond(),
        new.before_at.map(|at| at.as_millisecond())
    ];
    conn.exec_one(INSERT, &args).await
}

/// They are still before it.
pub async fn touch(conn: &mut Conn, deed: &Deed, hash: &[u8; 32]) -> Result<(), Error> {
    let args = args![deed.network(), hash.to_vec(), deed.at()];
    conn.exec_one(TOUCH, &args).await
}

/// It is over.
pub async fn drop_visit(conn: &mut Conn, deed: &Deed, hash: &[u8; 32]) -> Result<(), Error> {
    let args = args![deed.network(), hash.to_vec()];
    conn.exec(DROP, &args).await.map(drop)
}

/// Every one of somebody is over.
pub async fn drop_visits_of(conn: &mut Conn, deed: &Deed, of: SupporterId) -> Result<(), Error> {
    conn.exec(OF_SUPPORTER, &args![deed.network(), of])
        .await
        .map(drop)
}

/// Forgets those that are long over.
pub async fn drop_old(conn: &mut Conn, deed: &Deed) -> Result<(), Error> {
    let args = args![deed.network(), deed.at() - HOUR_MS];
    conn.exec(OLD, &args).await.map(drop)
}
