//! Paths ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};
use serde::{Deserialize, Serialize};

use super::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, PersonId, RowId, StaffId, TaskId};
use crate::paths::steps::rules::{Base, Path, Refusal, State, Step};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT p.id, p.person, p.plan, p.base, p.state, p.began, p.begun_at, p.begun_by,
                    p.ended, p.renew_on, p.task, p.kept, p.version
             FROM paths p ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE p.network = $1 AND p.id = $2");

const OF_PERSON: Sql =
    select!("WHERE p.network = $1 AND p.person = $2 ORDER BY p.id DESC LIMIT 100");

const OF_CASE: Sql =
    select!("WHERE p.network = $1 AND p.support = $2 ORDER BY p.id DESC LIMIT 100");

// Of the center that looks after the person now, or of nobody's people; the first due first.
const OF_CENTER: Sql = select!(
    "JOIN people h ON h.network = p.network AND h.id = p.person
     WHERE p.network = $1 AND (h.center = $2 OR h.center IS NULL) AND p.state = $3
     ORDER BY COALESCE(p.due, '9999'), p.id DESC LIMIT $4"
);

// The day was reached, whatever waits of the path besides the notice. Of somebody who is registered,
// and for whom no other application is under way: both may change, so these are left unmarked.
const RENEWABLE: Sql = select!(
    "JOIN people h ON h.network = p.network AND h.id = p.person
     WHERE p.network = $1 AND p.renewed = 0 AND p.renew_on <= $2 AND p.state <> 'stopped'
       AND h.state = 'registered'
       AND NOT EXISTS (SELECT 1 FROM paths o WHERE o.network = p.network AND o.person = p.person
                         AND o.id <> p.id AND o.base = 'certification' AND o.state = 'open'
                         AND o.renew_on IS NULL)
     ORDER BY p.renew_on LIMIT 50"
);

// The person is another center's now, and the task still stands with the old one.
const MOVED: Sql = select!(
    "JOIN people h ON h.network = p.network AND h.id = p.person
     JOIN tasks t ON t.network = p.network AND t.id = p.task
     WHERE p.network = $1 AND p.state = 'open' AND h.center IS NOT NULL
       AND (t.center IS NULL OR t.center <> h.center) AND t.state <> 'done'
     ORDER BY p.id LIMIT 50"
);

const ENDED: Sql = sql("SELECT person, plan, began, ended FROM paths
     WHERE network = $1 AND state = 'done' AND ended >= $2 AND ended <= $3 ORDER BY id");

// A path under way that the account began, about somebody of its own center; or a questionnaire that
// it began and that is not answered yet.
const EXPLAINS: Sql = sql(
    "SELECT 1 FROM people h WHERE h.network = $1 AND h.id = $2 AND h.center = $3
       AND (EXISTS (SELECT 1 FROM paths p WHERE p.network = h.network AND p.person = h.id
                      AND p.state = 'open' AND p.begun_by = $4)
            OR EXISTS (SELECT 1 FROM checklists c WHERE c.network = h.network AND c.person = h.id
                         AND c.state = 'begun' AND c.begun_by = $4))
     LIMIT 1",
);

const INSERT: Sql = sql(
    "INSERT INTO paths (network, id, person, plan, base, state, began, begun_at, begun_by, ended,
                        due, renew_on, renewed, task, support, kept, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, NULL, 0, $11, $12, $13, 1)",
);

const SAVE: Sql = sql(
    "UPDATE paths SET state = $3, ended = $4, due = $5, renew_on = $6, task = $7, kept = $8,
            version = $9
     WHERE network = $1 AND id = $2 AND version = $9 - 1",
);

// Undone, or never certified: what comes after is asked about anew.
const UNMARK: Sql = sql("UPDATE paths SET renewed = 0
     WHERE network = $1 AND id = $2 AND renew_on IS NULL AND renewed = 1");

const MARK: Sql =
    sql("UPDATE paths SET renewed = 1 WHERE network = $1 AND id = $2 AND renewed = 0");

/// What is sealed of a path.
#[derive(Serialize, Deserialize)]
struct Kept {
    word: String,
    steps: Vec<Step>,
    #[serde(default)]
    stopped: String,
    #[serde(default)]
    case: Option<CaseId>,
}

/// A path that led to its end.
pub struct Ended {
    /// Whose.
    pub person: PersonId,
    /// The code of its kind.
    pub plan: String,
    /// From when its days are counted.
    pub began: Date,
    /// When it was done.
    pub ended: Date,
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "paths",
        column: "kept",
        row: id.0,
        version,
    }
}

pub(super) fn day(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("a date of paths"))
}

fn path(deed: &Deed, mut row: Row) -> Result<Path, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(12)?);
    let plain = deed.keys.open(&place(id, version), &row.blob(11)?)?;
    let kept: Kept = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    let ended = row.maybe_text(8)?.map(|text| day(&text)).transpose()?;
    let renew_on = row.maybe_text(9)?.map(|text| day(&text)).transpose()?;
    Ok(Path {
        id,
        person: PersonId(row.int(1)?),
        case: kept.case,
        plan: row.text(2)?,
        base: Base::from_code(&row.text(3)?),
        word: kept.word,
        state: State::from_code(&row.text(4)?).ok_or_else(|| shape("paths.state"))?,
        began: day(&row.text(5)?)?,
        begun_at: instant(row.int(6)?),
        begun_by: StaffId(row.int(7)?),
        ended,
        steps: kept.steps,
        stopped: kept.stopped,
        task: row.maybe_int(10)?.map(TaskId),
        renew_on,
        version,
    })
}

fn close(deed: &Deed, path: &Path, version: i64) -> Result<Vec<u8>, SealError> {
    let kept = Kept {
        word: path.word.clone(),
        steps: path.steps.clone(),
        stopped: path.stopped.clone(),
        case: path.case,
    };
    let plain = serde_json::to_vec(&kept).map_err(|_| SealError::Malformed)?;
    let mut dice = deed.dice.clone();
    Ok(deed.keys.seal(&place(path.id, version), &plain, &mut dice))
}

fn all(deed: &Deed, rows: Vec<Row>) -> Result<Vec<Path>, Refusal> {
    rows.into_iter().map(|row| path(deed, row)).collect()
}

/// The path, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Path, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    path(deed, row.ok_or(Refusal::NotFound)?)
}

/// Those of a person, the newest first.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Path>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    all(deed, rows)
}

/// What the paths of a case are found by.
pub(super) fn case_token(deed: &Deed, case: CaseId) -> i64 {
    deed.lasting_token(&[b"paths case", &case.0.to_be_bytes()])
}

/// Those that were begun out of a case, the newest first; whoever asks may see the case, and each of
/// them is weighed by its person.
pub async fn list_for_case(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
) -> Result<Vec<Path>, Refusal> {
    let args = args![deed.network(), case_token(deed, case)];
    let rows = conn.rows(OF_CASE, &args).await?;
    all(deed, rows)
}

/// Those of a center's people in a state, the first due first.
pub async fn list_of_center(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    state: State,
    most: i64,
) -> Result<Vec<Path>, Refusal> {
    let args = args![deed.network(), center, state.code(), most];
    let rows = conn.rows(OF_CENTER, &args).await?;
    all(deed, rows)
}

/// Those whose certified level may be renewed, and nobody has seen to it.
pub async fn list_renewable(
    conn: &mut Conn,
    deed: &Deed,
    today: Date,
) -> Result<Vec<Path>, Refusal> {
    let args = args![deed.network(), today.to_string()];
    let rows = conn.rows(RENEWABLE, &args).await?;
    all(deed, rows)
}

/// Those whose task stands with a center that their person has left.
pub async fn list_moved(conn: &mut Conn, deed: &Deed) -> Result<Vec<Path>, Refusal> {
    let rows = conn.rows(MOVED, &args![deed.network()]).await?;
    all(deed, rows)
}

/// Those that were done within these days: what figures are made from.
pub async fn list_ended(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    to: Date,
) -> Result<Vec<Ended>, Error> {
    let args = args![deed.network(), from.to_string(), to.to_string()];
    let ended = |mut row: Row| {
        Ok(Ended {
            person: PersonId(row.int(0)?),
            plan: row.text(1)?,
            began: day(&row.text(2)?)?,
            ended: day(&row.text(3)?)?,
        })
    };
    let rows = conn.rows(ENDED, &args).await?;
    rows.into_iter().map(ended).collect()
}

/// Whether a path or a questionnaire under way is why this account looks at somebody.
pub async fn explains(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    staff: StaffId,
) -> Result<bool, Error> {
    let args = args![deed.network(), person, deed.scope.center, staff];
    Ok(conn.one(EXPLAINS, &args).await?.is_some())
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Path) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.person,
        &new.plan,
        new.base.map_or("", Base::code),
        new.state.code(),
        new.began.to_string(),
        new.begun_at.as_millisecond(),
        new.begun_by,
        new.next_due().map(|(_, day)| day.to_string()),
        new.task,
        new.case.map(|case| case_token(deed, case)),
        close(deed, new, 1)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Path) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.state.code(),
        changed.ended.map(|day| day.to_string()),
        changed.next_due().map(|(_, day)| day.to_string()),
        changed.renew_on.map(|day| day.to_string()),
        changed.task,
        close(deed, changed, version)?,
        version
    ];
    if conn.exec(SAVE, &args).await? != 1 {
        return Err(Refusal::Changed);
    }
    conn.exec(UNMARK, &args![deed.network(), changed.id])
        .await?;
    Ok(())
}

/// Marks that the renewal was seen to; whether nobody had before.
pub async fn mark_renewed(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<bool, Error> {
    Ok(conn.exec(MARK, &args![deed.network(), id]).await? == 1)
}
