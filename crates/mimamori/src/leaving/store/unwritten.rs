//! What the register says beside what is written down here: people who left without a plan, and
//! plans of people who are back.

use db::{Conn, Error, Sql, args, sql};
use jiff::civil::Date;

use super::shape;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people;

const UNWRITTEN: Sql = sql(
    "SELECT p.id, p.state, p.state_on, p.updated_by FROM people p
     WHERE p.network = $1 AND p.state IN ('moved_away', 'died', 'withdrawn') AND NOT EXISTS
       (SELECT 1 FROM leavings l WHERE l.network = $1 AND l.person = p.id
          AND l.state IN ('waiting', 'approved'))
     ORDER BY p.id LIMIT 200",
);

const BACK: Sql = sql(
    "SELECT l.id FROM leavings l JOIN people p ON p.network = l.network AND p.id = l.person
     WHERE l.network = $1 AND l.state IN ('waiting', 'approved') AND p.state = 'registered'
     ORDER BY l.id LIMIT 200",
);

/// Somebody who left, of whom no plan is written down.
pub struct Unwritten {
    /// Who.
    pub person: PersonId,
    /// What they are in the register.
    pub state: people::State,
    /// Since when.
    pub on: Option<Date>,
    /// Who last changed the record; 0 for the program.
    pub by: i64,
}

/// Some of those who left without a plan.
pub async fn list_unwritten(conn: &mut Conn, deed: &Deed) -> Result<Vec<Unwritten>, Error> {
    let rows = conn.rows(UNWRITTEN, &args![deed.network()]).await?;
    let found = rows.into_iter().map(|mut row| {
        let state = people::State::from_code(&row.text(1)?);
        Ok(Unwritten {
            person: PersonId(row.int(0)?),
            state: state.ok_or_else(|| shape("people.state"))?,
            on: row.maybe_text(2)?.and_then(|day| day.parse().ok()),
            by: row.int(3)?,
        })
    });
    found.collect()
}

/// Plans of people who are registered again.
pub async fn list_back(conn: &mut Conn, deed: &Deed) -> Result<Vec<RowId>, Error> {
    let rows = conn.rows(BACK, &args![deed.network()]).await?;
    rows.iter().map(|row| Ok(RowId(row.int(0)?))).collect()
}
