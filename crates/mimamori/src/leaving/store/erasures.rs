//! Erasures ↔ rows.

use std::collections::HashMap;

use db::{Conn, Error, Sql, args, sql};
use seal::TownKeys;

use super::shape;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::leaving::rules::{Erasure, Kind};

const LIST: Sql =
    sql("SELECT person, at, kind FROM erasures WHERE network = $1 ORDER BY at, person");

const LIST_TRACES: Sql = sql("SELECT trace, person FROM erasure_traces
     WHERE network = $1 ORDER BY person, trace");

const COUNT: Sql = sql("SELECT COUNT(*) FROM erasures WHERE network = $1");

const INSERT: Sql = sql(
    "INSERT INTO erasures (network, person, at, kind) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING",
);

const INSERT_TRACE: Sql = sql(
    "INSERT INTO erasure_traces (network, trace, person) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING",
);

const OF_TRACE: Sql = sql("SELECT e.at FROM erasure_traces t
     JOIN erasures e ON e.network = t.network AND e.person = t.person
     WHERE t.network = $1 AND t.trace = $2 ORDER BY e.at DESC LIMIT 1");

/// The keyed hash of what an erased person may be known by again: 63 bits, never negative.
pub fn token(keys: &TownKeys, trace: &str) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = keys.lasting().mac(&[b"trace", trace.as_bytes()]);
    i64::from_be_bytes([a, b, c, d, e, f, g, h]) & i64::MAX
}

/// Every erasure of the town, the oldest first.
pub async fn list_erasures(conn: &mut Conn, deed: &Deed) -> Result<Vec<Erasure>, Error> {
    let mut traces: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in conn.rows(LIST_TRACES, &args![deed.network()]).await? {
        traces.entry(row.int(1)?).or_default().push(row.int(0)?);
    }
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    let erasures = rows.into_iter().map(|mut row| {
        let person = row.int(0)?;
        Ok(Erasure {
            person: PersonId(person),
            at: row.int(1)?,
            kind: Kind::from_code(&row.text(2)?).ok_or_else(|| shape("erasures.kind"))?,
            traces: traces.remove(&person).unwrap_or_default(),
        })
    });
    erasures.collect()
}

/// How many erasures the town has.
pub async fn count_erasures(conn: &mut Conn, deed: &Deed) -> Result<i64, Error> {
    let row = conn.one(COUNT, &args![deed.network()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Keeps an erasure; one that is there already stays as it is.
pub async fn insert_erasure(conn: &mut Conn, deed: &Deed, erasure: &Erasure) -> Result<(), Error> {
    let (person, kind) = (erasure.person, erasure.kind.code());
    conn.exec(INSERT, &args![deed.network(), person, erasure.at, kind])
        .await?;
    for trace in &erasure.traces {
        conn.exec(INSERT_TRACE, &args![deed.network(), *trace, person])
            .await?;
    }
    Ok(())
}

/// When somebody of one of these hashes was last erased, in milliseconds since 1970.
pub async fn find_traces(
    conn: &mut Conn,
    deed: &Deed,
    tokens: &[i64],
) -> Result<Option<i64>, Error> {
    let mut last = None;
    for token in tokens {
        let row = conn.one(OF_TRACE, &args![deed.network(), *token]).await?;
        let at = row.map(|row| row.int(0)).transpose()?;
        last = last.max(at);
    }
    Ok(last)
}

/// Every hash, with when its person was last erased: for many questions at once.
pub async fn list_traces(conn: &mut Conn, deed: &Deed) -> Result<HashMap<i64, i64>, Error> {
    let mut all: HashMap<i64, i64> = HashMap::new();
    for erasure in list_erasures(conn, deed).await? {
        for trace in erasure.traces {
            let at = all.entry(trace).or_default();
            *at = erasure.at.max(*at);
        }
    }
    Ok(all)
}
