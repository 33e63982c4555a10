//! What is counted of notices: nobody's name, no words.

use db::{Conn, Error, Row, Sql, args, sql};

use super::list::Sight;
use super::shape;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId};
use crate::notices::rules::{Ending, Passed, Way};

const PASSED: Sql = sql(
    "SELECT way, received_at, looked_at, visited_at, ended_at, ending, known, id
     FROM notices WHERE network = $1 AND received_at >= $2 AND received_at < $3
       AND ($4 = 1 OR center IS NULL OR center = $5)",
);

const LATENESS: Sql = sql("SELECT center, COUNT(*), MIN(due_at),
       CAST(SUM(CASE WHEN danger = 1 THEN 1 ELSE 0 END) AS BIGINT),
       CAST(SUM(CASE WHEN climbed = 2 THEN 1 ELSE 0 END) AS BIGINT)
     FROM notices WHERE network = $1 AND state IN ('new', 'accepted') AND due_at < $2
     GROUP BY center ORDER BY MIN(due_at)");

/// What is late at one center.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    /// Which; `None` for those of no center yet.
    pub center: Option<CenterId>,
    /// How many.
    pub count: i64,
    /// When the first of them should have been looked into.
    pub since: i64,
    /// How many of them with danger.
    pub danger: i64,
    /// How many have climbed to the town.
    pub climbed: i64,
}

/// What is counted of notices that came between two instants; of the whole town where `town` says so.
pub async fn list_passed(
    conn: &mut Conn,
    deed: &Deed,
    (from, to): (i64, i64),
    town: bool,
) -> Result<Vec<Passed>, Error> {
    let sight = match town {
        true => Sight::All,
        false => Sight::of(&deed.scope),
    };
    let args = args![deed.network(), from, to, sight.all(), sight.center()];
    let rows = conn.rows(PASSED, &args).await?;
    rows.into_iter().map(passed).collect()
}

fn passed(mut row: Row) -> Result<Passed, Error> {
    Ok(Passed {
        id: NoticeId(row.int(7)?),
        helped_at: None,
        way: Way::from_code(&row.text(0)?).ok_or_else(|| shape("notices.way"))?,
        received_at: row.int(1)?,
        looked_at: row.maybe_int(2)?,
        visited_at: row.maybe_int(3)?,
        ended_at: row.maybe_int(4)?,
        ending: row.maybe_text(5)?.and_then(|code| Ending::from_code(&code)),
        known: row.maybe_int(6)?.map(|known| known != 0),
    })
}

/// What is late, center by center.
pub async fn list_lateness(conn: &mut Conn, deed: &Deed) -> Result<Vec<Lateness>, Error> {
    let rows = conn
        .rows(LATENESS, &args![deed.network(), deed.at()])
        .await?;
    let late = rows.into_iter().map(|row| {
        Ok(Lateness {
            center: row.maybe_int(0)?.map(CenterId),
            count: row.int(1)?,
            since: row.int(2)?,
            danger: row.int(3)?,
            climbed: row.int(4)?,
        })
    });
    late.collect()
}
