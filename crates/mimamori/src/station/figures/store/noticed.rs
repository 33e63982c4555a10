//! What was noticed at the Station: counts, nobody's name.

use db::{Conn, Error, Sql, args, sql};
use jiff::civil::Date;

use super::shape;
use crate::clock::midnight;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId};
use crate::station::change::State;

// A bare 0 beside a place makes PostgreSQL take it for a small integer, and an id is none.
//
// A slip is none. About somebody of whom nobody had told or asked before, it is the first.
const TOLD: Sql = sql("SELECT n.id, CASE
         WHEN n.person IS NULL THEN 0
         WHEN EXISTS (SELECT 1 FROM notices e WHERE e.network = $1 AND e.person = n.person
              AND (e.received_at < n.received_at
                OR e.received_at = n.received_at AND e.id < n.id)) THEN 0
         WHEN EXISTS (SELECT 1 FROM consultations c WHERE c.network = $1 AND c.person = n.person
              AND c.at < n.received_at AND c.state <> 'struck') THEN 0
         ELSE 1 END
     FROM notices n
     WHERE n.network = $1 AND n.received_at >= $2 AND n.received_at < $3 AND n.way = 'station'
       AND (n.ending IS NULL OR n.ending <> 'mistaken')
       AND (CAST($4 AS BIGINT) = 0 OR n.center = $4 OR n.center IS NULL)");

// A center's own people, and supporters who are nobody of the register.
const OBSERVED: Sql = sql(
    "SELECT COUNT(*), COUNT(DISTINCT COALESCE(o.person, s.person, o.supporter))
     FROM observations o
     LEFT JOIN supporters s ON s.network = o.network AND s.id = o.supporter
     LEFT JOIN people p ON p.network = o.network AND p.id = COALESCE(o.person, s.person)
     WHERE o.network = $1 AND o.day >= $2 AND o.day <= $3 AND o.state = 'stands'
       AND (CAST($4 AS BIGINT) = 0 OR p.id IS NULL OR p.center = $4)",
);

const LISTED: Sql = sql("SELECT state, COUNT(*) FROM change_lines
     WHERE network = $1 AND week >= $2 AND week <= $3 AND (CAST($4 AS BIGINT) = 0 OR center = $4) GROUP BY state");

/// A notice that came from the Station.
pub struct Told {
    /// Which.
    pub id: NoticeId,
    /// Whether nobody had told of the person or asked about them before.
    pub first: bool,
}

/// Notices from the Station of these days; of one center, or of all.
pub async fn list_told(
    conn: &mut Conn,
    deed: &Deed,
    (from, until): (Date, Date),
    center: Option<CenterId>,
) -> Result<Vec<Told>, Error> {
    let after = until.tomorrow().unwrap_or(until);
    let (from, to) = (
        midnight(from).as_millisecond(),
        midnight(after).as_millisecond(),
    );
    let args = args![deed.network(), from, to, center.map_or(0, |one| one.0)];
    let rows = conn.rows(TOLD, &args).await?;
    rows.iter()
        .map(|row| {
            Ok(Told {
                id: NoticeId(row.int(0)?),
                first: row.int(1)? == 1,
            })
        })
        .collect()
}

fn days(deed: &Deed, (from, until): (Date, Date), center: Option<CenterId>) -> [db::Value; 4] {
    let center = center.map_or(0, |one| one.0);
    args![deed.network(), from.to_string(), until.to_string(), center]
}

/// Observations of these days that stand, and of how many people they are.
pub async fn count_observed(
    conn: &mut Conn,
    deed: &Deed,
    span: (Date, Date),
    center: Option<CenterId>,
) -> Result<(i64, i64), Error> {
    match conn.one(OBSERVED, &days(deed, span, center)).await? {
        Some(row) => Ok((row.int(0)?, row.int(1)?)),
        None => Ok((0, 0)),
    }
}

/// Lines of the weekly lists of these days, by what was answered.
pub async fn count_listed(
    conn: &mut Conn,
    deed: &Deed,
    span: (Date, Date),
    center: Option<CenterId>,
) -> Result<Vec<(State, i64)>, Error> {
    let rows = conn.rows(LISTED, &days(deed, span, center)).await?;
    rows.into_iter()
        .map(|mut row| {
            let state = State::from_code(&row.text(0)?);
            Ok((
                state.ok_or_else(|| shape("change_lines.state"))?,
                row.int(1)?,
            ))
        })
        .collect()
}
