//! Counts, under the same condition as the lists; and what the head of a center sees at a glance.

use db::{Conn, Error, Sql, args, sql};

use super::list::{Which, seer};
use super::people::token;
use crate::cases::rules::{Refusal, day_number};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, PersonId, StaffId};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT COUNT(*) FROM cases c
             WHERE c.network = $1 AND c.center = $2
               AND (c.access = 'center' OR c.lead = $3 OR c.second = $3 OR $4 = 1
                 OR EXISTS (SELECT 1 FROM case_entries v WHERE v.network = c.network
                   AND v.case_id = c.id AND v.kind = 'viewer' AND v.state = 'on'
                   AND v.staff = $3 AND v.day >= $5))
               AND ",
            $rest
        ))
    };
}

const MINE: Sql = select!("c.state = 'open' AND (c.lead = $3 OR c.second = $3)");

const OF_CENTER: Sql = select!("c.state = 'open'");

const CLOSED: Sql = select!("c.state = 'closed'");

const ALL: Sql = select!("c.id > 0");

const DUE: Sql = select!(
    "c.state = 'open' AND EXISTS (SELECT 1 FROM case_entries s WHERE s.network = c.network
       AND s.case_id = c.id AND s.kind = 'step' AND s.state = 'waiting' AND s.day <= $5)"
);

const SILENT: Sql = select!("c.state = 'open' AND c.touched_day + COALESCE(c.quiet_days, $6) < $7");

const OPEN_OF_PERSON: Sql = select!(
    "c.state = 'open' AND EXISTS (SELECT 1 FROM case_people p WHERE p.network = c.network
       AND p.case_id = c.id AND p.person = $6)
     AND (c.lead = $3 OR c.second = $3 OR EXISTS (SELECT 1 FROM case_entries e
       WHERE e.network = c.network AND e.case_id = c.id
         AND (e.made_by = $3 OR e.kind = 'viewer' AND e.state = 'on' AND e.staff = $3
           AND e.day >= $5)))"
);

// $3: a day half a year ago in milliseconds, $4: the center's setting, $5: today as a number.
const LOAD: Sql = sql("SELECT c.lead, COUNT(*),
            CAST(SUM(CASE WHEN c.opened_at < $3 THEN 1 ELSE 0 END) AS BIGINT),
            CAST(SUM(CASE WHEN c.touched_day + COALESCE(c.quiet_days, $4) < $5
                     THEN 1 ELSE 0 END) AS BIGINT),
            MIN(c.opened_at)
     FROM cases c WHERE c.network = $1 AND c.center = $2 AND c.state = 'open'
     GROUP BY c.lead ORDER BY COUNT(*) DESC, c.lead");

const LATE: Sql = sql("SELECT c.lead, COUNT(*) FROM cases c
     JOIN case_entries s ON s.network = c.network AND s.case_id = c.id
     WHERE c.network = $1 AND c.center = $2 AND c.state = 'open'
       AND s.kind = 'step' AND s.state = 'waiting' AND s.day < $3
     GROUP BY c.lead");

const UNREVIEWED: Sql = sql("SELECT c.id, c.number, r.made_at FROM case_entries r
     JOIN cases c ON c.network = r.network AND c.id = r.case_id
     WHERE r.network = $1 AND r.kind = 'review' AND r.state = 'waiting' AND c.center = $2
     ORDER BY r.id LIMIT 200");

const COUNT_UNREVIEWED: Sql = sql("SELECT COUNT(*) FROM case_entries r
     JOIN cases c ON c.network = r.network AND c.id = r.case_id
     WHERE r.network = $1 AND r.kind = 'review' AND r.state = 'waiting' AND c.center = $2");

/// How many the whole list has.
pub async fn count(conn: &mut Conn, deed: &Deed, which: Which, quiet: i64) -> Result<i64, Refusal> {
    let Some(mut args) = seer(deed) else {
        return Ok(0);
    };
    let statement = match which {
        Which::Mine => MINE,
        Which::Center => OF_CENTER,
        Which::Due => DUE,
        Which::Closed => CLOSED,
        Which::All => ALL,
        Which::Silent => {
            args.extend(args![quiet, day_number(in_japan(deed.now).date())].to_vec());
            SILENT
        }
    };
    let row = conn.one(statement, &args).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// What one professional has in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Who; nobody where nobody is in charge.
    pub lead: Option<StaffId>,
    /// Open cases.
    pub open: i64,
    /// Of these, open for longer than half a year.
    pub old: i64,
    /// Of these, silent.
    pub silent: i64,
    /// Steps that are overdue.
    pub late: i64,
    /// When the oldest was opened, in milliseconds.
    pub since: i64,
}

/// Half a year in milliseconds.
const HALF_YEAR_MS: i64 = 183 * 24 * 3_600_000;

/// The load of each professional of a center, the heaviest first.
pub async fn list_load(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    quiet: i64,
) -> Result<Vec<Load>, Refusal> {
    let today = in_japan(deed.now).date();
    let args = args![
        deed.network(),
        center,
        deed.at() - HALF_YEAR_MS,
        quiet,
        day_number(today)
    ];
    let mut loads = Vec::new();
    for row in conn.rows(LOAD, &args).await? {
        loads.push(Load {
            lead: row.maybe_int(0)?.map(StaffId),
            open: row.int(1)?,
            old: row.int(2)?,
            silent: row.int(3)?,
            late: 0,
            since: row.int(4)?,
        });
    }
    let args = args![deed.network(), center, today.to_string()];
    for row in conn.rows(LATE, &args).await? {
        let lead = row.maybe_int(0)?.map(StaffId);
        let late = row.int(1)?;
        for load in loads.iter_mut().filter(|load| load.lead == lead) {
            load.late = late;
        }
    }
    Ok(loads)
}

/// Plans and closures of a center that wait for a second pair of eyes: case, number, since when.
pub async fn list_unreviewed(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<(CaseId, i64, i64)>, Refusal> {
    let rows = conn
        .rows(UNREVIEWED, &args![deed.network(), center])
        .await?;
    let one = |row: db::Row| Ok((CaseId(row.int(0)?), row.int(1)?, row.int(2)?));
    rows.into_iter().map(one).collect()
}

/// How many of them there are.
pub async fn count_unreviewed(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<i64, Error> {
    let args = args![deed.network(), center];
    let row = conn.one(COUNT_UNREVIEWED, &args).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Whether a person has an open case at which whoever acts works.
pub async fn works_at(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<bool, Error> {
    let Some(mut args) = seer(deed) else {
        return Ok(false);
    };
    args.push(token(deed, person).into());
    let row = conn.one(OPEN_OF_PERSON, &args).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}
