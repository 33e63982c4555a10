//! Who came, who had a place: read from the door's and the sign-ups' rows, of the
//! days of a span. Nobody's name is opened for it.

use std::collections::HashMap;

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::Timestamp;
use jiff::civil::Date;

use super::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, RowId, SupporterId};
use crate::station::door::Part;

// Who is no supporter counts in the town's ebb, and for nothing else.
const VISITS: Sql = sql("SELECT day, supporter, part, at, left_at FROM attendances
     WHERE network = $1 AND state = 'here' AND day IN
       (SELECT id FROM course_days WHERE network = $1 AND day >= $2 AND day < $3)");

const PLACES: Sql = sql("SELECT day, supporter FROM signups
     WHERE network = $1 AND state = 'in' AND supporter IS NOT NULL AND day IN
       (SELECT id FROM course_days WHERE network = $1 AND day >= $2 AND day < $3)");

// Whose center a supporter's person belongs to, of those who are of the register.
const CENTERS: Sql = sql("SELECT s.id, p.center FROM supporters s
     JOIN people p ON p.network = s.network AND p.id = s.person
     WHERE s.network = $1 AND p.center IS NOT NULL");

/// Somebody came.
pub struct Came {
    /// To which day of a course.
    pub lesson: RowId,
    /// Which supporter; nothing of others.
    pub supporter: Option<SupporterId>,
    /// As what.
    pub part: Part,
    /// When it was written down.
    pub at: Timestamp,
    /// When they left, where somebody noted it.
    pub left_at: Option<Timestamp>,
}

/// Everybody who came.
pub async fn list_came(
    conn: &mut Conn,
    deed: &Deed,
    (since, until): (Date, Date),
) -> Result<Vec<Came>, Error> {
    let args = args![deed.network(), since.to_string(), until.to_string()];
    let rows = conn.rows(VISITS, &args).await?;
    rows.into_iter().map(came).collect()
}

fn came(mut row: Row) -> Result<Came, Error> {
    let part = Part::from_code(&row.text(2)?);
    Ok(Came {
        lesson: RowId(row.int(0)?),
        supporter: row.maybe_int(1)?.map(SupporterId),
        part: part.ok_or_else(|| shape("attendances.part"))?,
        at: instant(row.int(3)?),
        left_at: row.maybe_int(4)?.map(instant),
    })
}

/// Every supporter who had a place and did not give it back.
pub async fn list_places(
    conn: &mut Conn,
    deed: &Deed,
    (since, until): (Date, Date),
) -> Result<Vec<(RowId, SupporterId)>, Error> {
    let args = args![deed.network(), since.to_string(), until.to_string()];
    let rows = conn.rows(PLACES, &args).await?;
    rows.iter()
        .map(|row| Ok((RowId(row.int(0)?), SupporterId(row.int(1)?))))
        .collect()
}

/// The centers of the supporters who are of the register.
pub async fn list_centers(
    conn: &mut Conn,
    deed: &Deed,
) -> Result<HashMap<SupporterId, CenterId>, Error> {
    let rows = conn.rows(CENTERS, &args![deed.network()]).await?;
    rows.iter()
        .map(|row| Ok((SupporterId(row.int(0)?), CenterId(row.int(1)?))))
        .collect()
}
