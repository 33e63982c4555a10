//! Leavings ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use super::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, StaffId, TaskId};
use crate::leaving::rules::{Asker, Kind, Leaving, Refusal, State};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, person, kind, state, since, due, asked_at, asked_by, approved_at,
                    approved_by, ended_at, task, asker, version
             FROM leavings ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE network = $1 AND id = $2");

const OPEN: Sql = select!(
    "WHERE network = $1 AND person = $2 AND state IN ('waiting', 'approved')
     ORDER BY id DESC LIMIT 1"
);

const OF_PERSON: Sql = select!("WHERE network = $1 AND person = $2 ORDER BY id DESC LIMIT 20");

const LIST_OPEN: Sql =
    select!("WHERE network = $1 AND state IN ('waiting', 'approved') ORDER BY due, id LIMIT $2");

const LIST_DUE: Sql =
    select!("WHERE network = $1 AND state = 'approved' AND due <= $2 ORDER BY due, id LIMIT 50");

// Waiting for a second person within the days that a task is opened ahead.
const WITHOUT_TASK: Sql = select!(
    "WHERE network = $1 AND state = 'waiting' AND due <= $2 AND task IS NULL
     ORDER BY due, id LIMIT 50"
);

const INSERT: Sql = sql(
    "INSERT INTO leavings (network, id, person, kind, state, since, due, asked_at, asked_by,
                           approved_at, approved_by, ended_at, task, asker, version)
     VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8, NULL, NULL, NULL, NULL, $9, 1)",
);

const SAVE: Sql = sql(
    "UPDATE leavings SET state = $3, approved_at = $4, approved_by = $5, ended_at = $6,
            version = version + 1
     WHERE network = $1 AND id = $2 AND version = $7",
);

const SAVE_TASK: Sql = sql("UPDATE leavings SET task = $3, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $4");

const FORGET: Sql = sql("UPDATE leavings SET asker = $3 WHERE network = $1 AND person = $2");

/// A leaving to be.
pub struct Plan {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub person: PersonId,
    /// Why.
    pub kind: Kind,
    /// The day it happened, or was asked for.
    pub since: Date,
    /// The day from which the record may be erased.
    pub due: Date,
    /// Who wrote it down; 0 where nobody is known.
    pub by: i64,
    /// Who asked.
    pub asker: Asker,
}

pub(super) fn asker_place(id: RowId) -> Place {
    Place {
        table: "leavings",
        column: "asker",
        row: id.0,
        version: 0,
    }
}

fn leaving(deed: &Deed, mut row: Row) -> Result<Leaving, Refusal> {
    let id = RowId(row.int(0)?);
    let approved_at = row.maybe_int(8)?;
    let approved_by = row.maybe_int(9)?;
    let by = row.int(7)?;
    Ok(Leaving {
        id,
        person: PersonId(row.int(1)?),
        kind: Kind::from_code(&row.text(2)?).ok_or_else(|| shape("leavings.kind"))?,
        state: State::from_code(&row.text(3)?).ok_or_else(|| shape("leavings.state"))?,
        since: day(&row.text(4)?)?,
        due: day(&row.text(5)?)?,
        asked_at: instant(row.int(6)?),
        asked_by: (by != 0).then_some(StaffId(by)),
        approved: approved_at
            .zip(approved_by)
            .map(|(at, by)| (instant(at), StaffId(by))),
        ended_at: row.maybe_int(10)?.map(instant),
        task: row.maybe_int(11)?.map(TaskId),
        asker: asker(deed, id, &row.blob(12)?)?,
        version: row.int(13)?,
    })
}

fn day(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("a date of leavings"))
}

fn asker(deed: &Deed, id: RowId, sealed: &[u8]) -> Result<Option<Asker>, SealError> {
    if sealed.is_empty() {
        return Ok(None);
    }
    let plain = deed.keys.open(&asker_place(id), sealed)?;
    let asker = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    Ok(Some(asker))
}

/// The leaving, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Leaving, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    leaving(deed, row.ok_or(Refusal::NotFound)?)
}

/// The one of a person that is under way.
pub async fn find_open(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<Leaving>, Refusal> {
    let row = conn.one(OPEN, &args![deed.network(), person]).await?;
    row.map(|row| leaving(deed, row)).transpose()
}

/// Those of a person, the newest first.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Leaving>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    rows.into_iter().map(|row| leaving(deed, row)).collect()
}

/// Those under way, the first due first.
pub async fn list_open(conn: &mut Conn, deed: &Deed, most: i64) -> Result<Vec<Leaving>, Refusal> {
    let rows = conn.rows(LIST_OPEN, &args![deed.network(), most]).await?;
    rows.into_iter().map(|row| leaving(deed, row)).collect()
}

/// Those whose record is to be erased now.
pub async fn list_due(conn: &mut Conn, deed: &Deed, today: Date) -> Result<Vec<Leaving>, Refusal> {
    let args = args![deed.network(), today.to_string()];
    let rows = conn.rows(LIST_DUE, &args).await?;
    rows.into_iter().map(|row| leaving(deed, row)).collect()
}

/// Those that wait for a second person, due by then, for which no task was opened yet.
pub async fn list_without_task(
    conn: &mut Conn,
    deed: &Deed,
    by: Date,
) -> Result<Vec<Leaving>, Refusal> {
    let args = args![deed.network(), by.to_string()];
    let rows = conn.rows(WITHOUT_TASK, &args).await?;
    rows.into_iter().map(|row| leaving(deed, row)).collect()
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, plan: &Plan) -> Result<(), Refusal> {
    let plain = serde_json::to_vec(&plan.asker).map_err(|_| SealError::Malformed)?;
    let sealed = deed
        .keys
        .seal(&asker_place(plan.id), &plain, &mut deed.dice.clone());
    let args = args![
        deed.network(),
        plan.id,
        plan.person,
        plan.kind.code(),
        plan.since.to_string(),
        plan.due.to_string(),
        deed.at(),
        plan.by,
        sealed
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps where it stands upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, leaving: &Leaving) -> Result<(), Refusal> {
    let approved = leaving.approved;
    let args = args![
        deed.network(),
        leaving.id,
        leaving.state.code(),
        approved.map(|(at, _)| at.as_millisecond()),
        approved.map(|(_, by)| by),
        leaving.ended_at.map(|at| at.as_millisecond()),
        leaving.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Keeps which task asks for a second person.
pub async fn save_task(
    conn: &mut Conn,
    deed: &Deed,
    leaving: &Leaving,
    task: TaskId,
) -> Result<(), Refusal> {
    let args = args![deed.network(), leaving.id, task, leaving.version];
    match conn.exec(SAVE_TASK, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Erases who asked, of every leaving of the person. When and why they left stays: figures.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    let nothing = Vec::<u8>::new();
    conn.exec(FORGET, &args![deed.network(), person, nothing])
        .await?;
    Ok(())
}
