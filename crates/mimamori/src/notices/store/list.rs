//! Lists of notices: only what a scope may see.

use db::{Conn, Error, Row, Sql, args, sql};

use super::notices::notice;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId, PersonId};
use crate::notices::rules::{MEMORY_DAYS, Notice, Refusal, Settings};
use crate::people::views::Look;
use crate::scope::{Actor, Scope};

/// What of a town's notices a scope sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// All of them: the program itself.
    All,
    /// Those of no center yet.
    Nobodys,
    /// A center's, and those of no center yet.
    Center(i64),
}

impl Sight {
    /// Of a scope.
    pub fn of(scope: &Scope) -> Sight {
        match (scope.actor, scope.center) {
            (Actor::Program, _) => Sight::All,
            (_, Some(center)) => Sight::Center(center.0),
            (_, None) => Sight::Nobodys,
        }
    }

    pub(super) fn all(self) -> i64 {
        i64::from(self == Sight::All)
    }

    pub(super) fn center(self) -> i64 {
        match self {
            Sight::Center(center) => center,
            Sight::All | Sight::Nobodys => 0,
        }
    }
}

/// More open notices than a center can look at are not listed; the count says so. What goes first is
/// what one address sent many of, never danger that nobody has looked into.
const MOST_OPEN: i64 = 1_000;
const DAY_MS: i64 = 86_400_000;

const OPEN: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND state IN ('new', 'accepted', 'looked')
       AND ($2 = 1 OR center IS NULL OR center = $3)
     ORDER BY CASE WHEN danger = 1 AND state <> 'looked' THEN 0 ELSE 1 END, flood, due_at LIMIT $4",
);

const AFTER: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND state <> 'erased' AND id > $4
       AND ($2 = 1 OR center IS NULL OR center = $3)
     ORDER BY id LIMIT $5",
);

const COUNT_OPEN: Sql = sql(
    "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN state = 'looked' THEN 0 ELSE 1 END), 0) AS BIGINT)
     FROM notices WHERE network = $1 AND state IN ('new', 'accepted', 'looked')
       AND ($2 = 1 OR center IS NULL OR center = $3)",
);

const ENDED: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND state = 'ended'
       AND ($2 = 1 OR center IS NULL OR center = $3)
     ORDER BY ended_at DESC, id DESC LIMIT $4 OFFSET $5",
);

// What stands beside open notices: of the same person, home or house. Each leg is a
// join by index; CROSS JOIN has SQLite begin with the few that are open.
const RELATED: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND state <> 'erased' AND received_at > $4
       AND ($2 = 1 OR center IS NULL OR center = $3)
       AND id IN (
         SELECT r.id FROM notices n CROSS JOIN notices r
          WHERE n.network = $1 AND n.state IN ('new', 'accepted', 'looked')
            AND r.network = n.network AND r.person = n.person
         UNION SELECT r.id FROM notices n CROSS JOIN notices r
          WHERE n.network = $1 AND n.state IN ('new', 'accepted', 'looked') AND n.place <> 0
            AND r.network = n.network AND r.place = n.place
         UNION SELECT r.id FROM notices n CROSS JOIN notices r
          WHERE n.network = $1 AND n.state IN ('new', 'accepted', 'looked') AND n.household <> 0
            AND r.network = n.network AND r.place = n.household
         UNION SELECT r.id FROM notices n CROSS JOIN notices r
          WHERE n.network = $1 AND n.state IN ('new', 'accepted', 'looked') AND n.place <> 0
            AND r.network = n.network AND r.household = n.place
         UNION SELECT r.id FROM notices n CROSS JOIN notices r
          WHERE n.network = $1 AND n.state IN ('new', 'accepted', 'looked') AND n.household <> 0
            AND r.network = n.network AND r.household = n.household)",
);

const BESIDE: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND state <> 'erased' AND received_at > $4
       AND ($2 = 1 OR center IS NULL OR center = $3)
       AND (person = $5 OR place <> 0 AND place IN ($6, $7)
         OR household <> 0 AND household IN ($6, $7))",
);

const LATE: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND state IN ('new', 'accepted') AND due_at < $2
       AND (climbed = 0 OR climbed = 1
         AND (danger = 1 AND due_at < $3 OR danger = 0 AND due_at < $4))
     ORDER BY danger DESC, due_at LIMIT 200",
);

const OF_PERSON: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place,
       household, person, known, state, received_at, due_at, climbed, task, looked_at, visited_at,
       ended_at, ending, told_at, words, version
     FROM notices WHERE network = $1 AND person = $4 AND state <> 'erased'
       AND ($2 = 1 OR center IS NULL OR center = $3) ORDER BY id DESC",
);

const AT_HOUSE: Sql = sql(
    "SELECT id FROM notices WHERE network = $1 AND state <> 'erased'
       AND ($2 = 1 OR center IS NULL OR center = $3)
       AND (place <> 0 AND place = $4 OR household <> 0 AND household = $4) ORDER BY id DESC LIMIT 50",
);

// This account has worked at one of this person's that is open, or that ended since.
const EXPLAINS: Sql = sql("SELECT 1 FROM notices n
     JOIN notice_steps s ON s.network = n.network AND s.notice = n.id
     WHERE n.network = $1 AND n.person = $2 AND s.by = $3
       AND (n.state IN ('new', 'accepted', 'looked') OR n.ended_at > $4)
       AND ($5 = 1 OR n.center IS NULL OR n.center = $6) LIMIT 1");

const COUNT_LATE: Sql = sql("SELECT COUNT(*) FROM notices
     WHERE network = $1 AND center = $2 AND state IN ('new', 'accepted') AND due_at < $3");

async fn listed(deed: &Deed, rows: Vec<Row>) -> Result<Vec<Notice>, Refusal> {
    rows.into_iter()
        .map(|mut row| notice(deed, &mut row))
        .collect()
}

/// Open notices, the most urgent first as far as the database knows.
pub async fn list_open(conn: &mut Conn, deed: &Deed) -> Result<Vec<Notice>, Refusal> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), sight.all(), sight.center(), MOST_OPEN];
    let rows = conn.rows(OPEN, &args).await?;
    listed(deed, rows).await
}

/// Notices after this one in order, open or ended: for a list that is taken out whole.
pub async fn list_after(
    conn: &mut Conn,
    deed: &Deed,
    after: NoticeId,
    most: u32,
) -> Result<Vec<Notice>, Refusal> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), sight.all(), sight.center(), after, most];
    let rows = conn.rows(AFTER, &args).await?;
    listed(deed, rows).await
}

/// How many are open, listed or not; and how many of them nobody has looked into.
pub async fn count_open(conn: &mut Conn, deed: &Deed) -> Result<(i64, i64), Error> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), sight.all(), sight.center()];
    let row = conn.one(COUNT_OPEN, &args).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))
}

/// Ended notices, the last first.
pub async fn list_ended(
    conn: &mut Conn,
    deed: &Deed,
    most: i64,
    after: i64,
) -> Result<Vec<Notice>, Refusal> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), sight.all(), sight.center(), most, after];
    let rows = conn.rows(ENDED, &args).await?;
    listed(deed, rows).await
}

/// What is remembered beside open notices, them included.
pub async fn list_related(conn: &mut Conn, deed: &Deed) -> Result<Vec<Notice>, Refusal> {
    let sight = Sight::of(&deed.scope);
    let since = deed.at() - MEMORY_DAYS * DAY_MS;
    let args = args![deed.network(), sight.all(), sight.center(), since];
    let rows = conn.rows(RELATED, &args).await?;
    listed(deed, rows).await
}

/// What is remembered beside one notice, itself included.
pub async fn list_beside(
    conn: &mut Conn,
    deed: &Deed,
    of: &Notice,
) -> Result<Vec<Notice>, Refusal> {
    let sight = Sight::of(&deed.scope);
    let args = args![
        deed.network(),
        sight.all(),
        sight.center(),
        deed.at() - MEMORY_DAYS * DAY_MS,
        of.person,
        of.place,
        of.household
    ];
    let rows = conn.rows(BESIDE, &args).await?;
    let mut all = listed(deed, rows).await?;
    if !all.iter().any(|one| one.id == of.id) {
        all.push(of.clone());
    }
    Ok(all)
}

/// What nobody has looked into in time and climbs a step now, danger first; some of it, where it is
/// much.
pub async fn list_late(
    conn: &mut Conn,
    deed: &Deed,
    settings: Settings,
) -> Result<Vec<Notice>, Refusal> {
    let to_town = |danger| deed.at() - settings.town_after(danger);
    let args = args![deed.network(), deed.at(), to_town(true), to_town(false)];
    let rows = conn.rows(LATE, &args).await?;
    listed(deed, rows).await
}

/// Notices that were tied to a person, the newest first.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Notice>, Refusal> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), sight.all(), sight.center(), person];
    let rows = conn.rows(OF_PERSON, &args).await?;
    listed(deed, rows).await
}

/// Whether a notice at which this account works explains that it opens the person's record.
pub async fn explains(conn: &mut Conn, deed: &Deed, look: Look) -> Result<bool, Error> {
    let sight = Sight::of(&deed.scope);
    let args = args![
        deed.network(),
        look.person,
        look.staff,
        look.since,
        sight.all(),
        sight.center()
    ];
    Ok(conn.one(EXPLAINS, &args).await?.is_some())
}

/// How many of a center's notices nobody looked into in time.
pub async fn count_late(conn: &mut Conn, deed: &Deed, center: CenterId) -> Result<i64, Error> {
    let args = args![deed.network(), center, deed.at()];
    let row = conn.one(COUNT_LATE, &args).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Notices about a house, the newest first.
pub async fn list_at_house(
    conn: &mut Conn,
    deed: &Deed,
    house: i64,
) -> Result<Vec<NoticeId>, Error> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), sight.all(), sight.center(), house];
    let rows = conn.rows(AT_HOUSE, &args).await?;
    rows.iter().map(|row| Ok(NoticeId(row.int(0)?))).collect()
}
