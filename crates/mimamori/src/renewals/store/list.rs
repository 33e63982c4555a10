//! The worklist of a month: names are sealed, so that it opens one page of rows and no more.

use db::{Conn, Row, Sql, args, sql};

use super::history::actor_number;
use super::renewals::{renewal, shape};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::{self, Identity, Kept};
use crate::renewals::rules::{Month, Refusal, Renewal, State};

/// People on one page of the worklist.
pub const PAGE: u32 = 50;

// $4: 0 for every center; the column stands first, since PostgreSQL takes the type from there. $5: empty for every state.
// Columns 0 to 13 as `renewal` reads them.
const LIST: Sql = sql(
    "SELECT r.person, r.year, r.month, r.state, r.way, r.asked_on, r.step, r.next_on, r.task,
       r.walk_at, r.walk_way, r.renewed_on, r.counted, r.version,
       p.center, p.identity_v, p.identity FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.year = $2 AND r.month = $3
       AND (p.center = $4 OR $4 = 0)
       AND ($5 = '' OR r.state = $5)
     ORDER BY CASE r.state WHEN 'no_answer' THEN 0 WHEN 'waiting' THEN 1
       WHEN 'asked' THEN 2 WHEN 'changed' THEN 3 WHEN 'confirmed' THEN 4 ELSE 5 END,
       r.person DESC LIMIT $6 OFFSET $7",
);

const IDS: Sql = sql("SELECT r.person FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.year = $2 AND r.month = $3
       AND (p.center = $4 OR $4 = 0)
       AND ($5 = '' OR r.state = $5)
     ORDER BY CASE r.state WHEN 'no_answer' THEN 0 WHEN 'waiting' THEN 1
       WHEN 'asked' THEN 2 WHEN 'changed' THEN 3 WHEN 'confirmed' THEN 4 ELSE 5 END,
       r.person DESC");

const COUNT: Sql = sql("SELECT r.state, COUNT(*) FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.year = $2 AND r.month = $3
       AND (p.center = $4 OR $4 = 0)
     GROUP BY r.state");

const ASKED_AT: Sql = sql("SELECT r.person FROM renewals r
     JOIN renewal_acts a ON a.network = r.network AND a.person = r.person
     WHERE r.network = $1 AND r.year = $2 AND r.month = $3 AND r.state = 'asked'
       AND a.at = $4 AND a.by = $5 AND a.act = 'asked'");

/// Which part of a worklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// Of which month.
    pub month: Month,
    /// One center's, or everybody's.
    pub center: Option<CenterId>,
    /// In one state, or in any.
    pub state: Option<State>,
}

impl Which {
    fn state_code(self) -> &'static str {
        self.state.map_or("", State::code)
    }

    fn center_number(self) -> i64 {
        self.center.map_or(0, |center| center.0)
    }
}

/// A line of the worklist.
pub struct Listed {
    /// The renewal.
    pub renewal: Renewal,
    /// The person's center.
    pub center: Option<CenterId>,
    /// Who.
    pub identity: Kept<Identity>,
}

/// One page, whoever is most to be done for first: silent, not yet asked, asked, then who renewed and
/// who left; the newest registration first. Pages count from 0. A month of the largest town is some
/// 8,000 rows to sort; by person alone SQLite would walk through all years.
pub async fn list(
    conn: &mut Conn,
    deed: &Deed,
    which: Which,
    page: u32,
) -> Result<Vec<Listed>, Refusal> {
    let args = args![
        deed.network(),
        i64::from(which.month.year),
        i64::from(which.month.month),
        which.center_number(),
        which.state_code(),
        PAGE,
        i64::from(page) * i64::from(PAGE)
    ];
    let rows = conn.rows(LIST, &args).await?;
    let listed = |mut row: Row| -> Result<Listed, Refusal> {
        let renewal = renewal(deed, &mut row)?;
        Ok(Listed {
            center: row.maybe_int(14)?.map(CenterId),
            identity: people::open_group(deed, renewal.person, &mut row, 15)?,
            renewal,
        })
    };
    rows.into_iter().map(listed).collect()
}

/// Everybody of the list, in its order, opening nothing.
pub async fn list_ids(
    conn: &mut Conn,
    deed: &Deed,
    which: Which,
) -> Result<Vec<PersonId>, Refusal> {
    let args = args![
        deed.network(),
        i64::from(which.month.year),
        i64::from(which.month.month),
        which.center_number(),
        which.state_code()
    ];
    let rows = conn.rows(IDS, &args).await?;
    rows.iter().map(|row| Ok(PersonId(row.int(0)?))).collect()
}

/// How many of a month stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([i64; State::ALL.len()]);

impl Counts {
    /// In this state; in any with `None`.
    pub fn of(&self, state: Option<State>) -> i64 {
        match state {
            Some(state) => self.0[state as usize],
            None => self.0.iter().sum(),
        }
    }
}

/// How many of the month and center stand where.
pub async fn count(conn: &mut Conn, deed: &Deed, which: Which) -> Result<Counts, Refusal> {
    let args = args![
        deed.network(),
        i64::from(which.month.year),
        i64::from(which.month.month),
        which.center_number()
    ];
    let mut counts = Counts::default();
    for mut row in conn.rows(COUNT, &args).await? {
        let state = State::from_code(&row.text(0)?).ok_or_else(|| shape("renewals.state"))?;
        counts.0[state as usize] = row.int(1)?;
    }
    Ok(counts)
}

/// Whom this account wrote down as asked at that instant, among a month's.
pub async fn list_asked_at(
    conn: &mut Conn,
    deed: &Deed,
    month: Month,
    at: i64,
) -> Result<Vec<PersonId>, Refusal> {
    let args = args![
        deed.network(),
        i64::from(month.year),
        i64::from(month.month),
        at,
        actor_number(deed)
    ];
    let rows = conn.rows(ASKED_AT, &args).await?;
    rows.iter().map(|row| Ok(PersonId(row.int(0)?))).collect()
}
