//! Pairs of records that may be one person.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, shape, staff_of};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::rules::Refusal;
use crate::people::store::actor_number;
use crate::people::twins::rules::{Pair, PairState, PairWords, ordered};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT t.one, t.two, t.state, t.score, t.at, t.by, t.version, t.words
             FROM twin_pairs t ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE t.network = $1 AND t.one = $2 AND t.two = $3");

const OF_PERSON: Sql =
    select!("WHERE t.network = $1 AND (t.one = $2 OR t.two = $2) ORDER BY t.one, t.two");

// $3: 0 for every center, 1 for one ($4) and those of nobody.
const LIST: Sql = select!(
    "JOIN people a ON a.network = t.network AND a.id = t.one
     JOIN people b ON b.network = t.network AND b.id = t.two
     WHERE t.network = $1 AND t.state = $2 AND a.state = 'registered' AND b.state = 'registered'
       AND ($3 = 0 OR a.center = $4 OR b.center = $4 OR a.center IS NULL OR b.center IS NULL)
     ORDER BY t.score DESC, t.one, t.two LIMIT $5 OFFSET $6"
);

const COUNT: Sql = sql("SELECT COUNT(*) FROM twin_pairs t
     JOIN people a ON a.network = t.network AND a.id = t.one
     JOIN people b ON b.network = t.network AND b.id = t.two
     WHERE t.network = $1 AND t.state = $2 AND a.state = 'registered' AND b.state = 'registered'
       AND ($3 = 0 OR a.center = $4 OR b.center = $4 OR a.center IS NULL OR b.center IS NULL)");

const COUNT_OPEN_OF: Sql = sql("SELECT COUNT(*) FROM twin_pairs t
     JOIN people o ON o.network = t.network
       AND o.id = CASE WHEN t.one = $2 THEN t.two ELSE t.one END
     WHERE t.network = $1 AND (t.one = $2 OR t.two = $2) AND t.state <> 'other'
       AND o.state = 'registered'");

const PUT: Sql = sql(
    "INSERT INTO twin_pairs (network, one, two, state, score, at, by, version, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)
     ON CONFLICT (network, one, two) DO UPDATE
       SET state = excluded.state, score = excluded.score, at = excluded.at, by = excluded.by,
           version = twin_pairs.version + 1, words = excluded.words",
);

const FORGET: Sql = sql("DELETE FROM twin_pairs WHERE network = $1 AND (one = $2 OR two = $2)");

const DROP: Sql = sql("DELETE FROM twin_pairs WHERE network = $1 AND one = $2 AND two = $3");

/// Pairs on one page of the list.
pub const PAGE: u32 = 20;

/// Which pairs are listed: in this state, of one center or of all.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// Where they stand.
    pub state: PairState,
    /// Of which at least one record is this center's or nobody's.
    pub center: Option<CenterId>,
}

pub(super) fn place(one: PersonId, two: PersonId) -> Place {
    Place {
        table: "twin_pairs",
        column: "words",
        row: one.0,
        version: two.0,
    }
}

/// The pair of these two, in whatever order.
pub async fn find(
    conn: &mut Conn,
    deed: &Deed,
    a: PersonId,
    b: PersonId,
) -> Result<Option<Pair>, Refusal> {
    let (one, two) = ordered(a, b);
    let row = conn.one(FIND, &args![deed.network(), one, two]).await?;
    row.map(|row| pair(deed, row)).transpose()
}

/// Every pair of a record, whatever was said of it.
pub async fn list_of(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<Vec<Pair>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), id]).await?;
    rows.into_iter().map(|row| pair(deed, row)).collect()
}

/// One page, the likeliest first; pages count from 0.
pub async fn list(
    conn: &mut Conn,
    deed: &Deed,
    which: Which,
    page: u32,
) -> Result<Vec<Pair>, Refusal> {
    let (some, center) = asked(which);
    let skip = i64::from(page) * i64::from(PAGE);
    let args = args![deed.network(), which.state.code(), some, center, PAGE, skip];
    let rows = conn.rows(LIST, &args).await?;
    rows.into_iter().map(|row| pair(deed, row)).collect()
}

/// How many the whole list has.
pub async fn count(conn: &mut Conn, deed: &Deed, which: Which) -> Result<i64, Refusal> {
    let (some, center) = asked(which);
    let args = args![deed.network(), which.state.code(), some, center];
    let row = conn.one(COUNT, &args).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// How many pairs of a record wait for somebody.
pub async fn count_open_of(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<i64, Refusal> {
    let row = conn.one(COUNT_OPEN_OF, &args![deed.network(), id]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// Whether somebody is asked whether this record is another's as well.
pub async fn is_open_for(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<bool, db::Error> {
    let row = conn.one(COUNT_OPEN_OF, &args![deed.network(), id]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

fn asked(which: Which) -> (i64, i64) {
    which.center.map_or((0, 0), |center| (1, center.0))
}

fn pair(deed: &Deed, mut row: Row) -> Result<Pair, Refusal> {
    let (one, two) = (PersonId(row.int(0)?), PersonId(row.int(1)?));
    let state = PairState::from_code(&row.text(2)?).ok_or_else(|| shape("twin_pairs.state"))?;
    Ok(Pair {
        one,
        two,
        state,
        score: i32::try_from(row.int(3)?).map_err(|_| shape("twin_pairs.score"))?,
        at: row.int(4)?,
        by: staff_of(row.int(5)?),
        version: row.int(6)?,
        words: open(deed, &place(one, two), &row.blob(7)?)?,
    })
}

/// Keeps a pair as it stands now, with who says so.
pub async fn put(
    conn: &mut Conn,
    deed: &Deed,
    (a, b): (PersonId, PersonId),
    state: PairState,
    score: i32,
    words: &PairWords,
) -> Result<(), Refusal> {
    let (one, two) = ordered(a, b);
    let sealed = close(deed, &place(one, two), words)?;
    let (at, by) = (deed.at(), actor_number(deed));
    let args = args![
        deed.network(),
        one,
        two,
        state.code(),
        score,
        at,
        by,
        sealed
    ];
    Ok(conn.exec_one(PUT, &args).await?)
}

/// Forgets a pair that is none any more.
pub async fn remove(conn: &mut Conn, deed: &Deed, a: PersonId, b: PersonId) -> Result<(), Refusal> {
    let (one, two) = ordered(a, b);
    conn.exec(DROP, &args![deed.network(), one, two]).await?;
    Ok(())
}

/// Forgets every pair of a record that is erased.
pub async fn forget_of(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<(), Error> {
    conn.exec(FORGET, &args![deed.network(), id])
        .await
        .map(drop)
}
