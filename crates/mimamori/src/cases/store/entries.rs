//! What belongs to a case ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::Place;

use super::{close, day, open, shape, who};
use crate::cases::rules::{Entry, EntryState, Kept, Refusal};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CaseId, RowId, StaffId, TaskId};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, case_id, state, day, staff, other, task, made_at, made_by, body, version
             FROM case_entries ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE network = $1 AND case_id = $2 AND kind = $3 AND id = $4");

const LIST: Sql =
    select!("WHERE network = $1 AND case_id = $2 AND kind = $3 ORDER BY id DESC LIMIT $4");

const INSERT: Sql = sql(
    "INSERT INTO case_entries (network, id, case_id, kind, state, day, staff, other, task, made_at,
                               made_by, body, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
);

const SAVE: Sql = sql(
    "UPDATE case_entries SET state = $3, day = $4, staff = $5, task = $6, body = $7,
            version = version + 1
     WHERE network = $1 AND id = $2 AND version = $8",
);

// Steps whose task somebody marked as done in the list of the day.
const STEPS_DONE: Sql = sql("SELECT s.case_id, s.id FROM case_entries s
     JOIN tasks t ON t.network = s.network AND t.id = s.task
     WHERE s.network = $1 AND s.kind = 'step' AND s.state = 'waiting' AND t.state = 'done'
     ORDER BY s.id LIMIT 200");

/// The most entries of a kind that are read at once.
pub const MOST: i64 = 500;

/// An entry to be.
pub struct NewEntry<B> {
    /// Its identity.
    pub id: RowId,
    /// Where it stands.
    pub state: EntryState,
    /// When it is due, or until when it holds.
    pub day: Option<Date>,
    /// The viewer.
    pub staff: Option<StaffId>,
    /// The linked case.
    pub other: Option<CaseId>,
    /// Its task.
    pub task: Option<TaskId>,
    /// What it says.
    pub body: B,
}

impl<B> NewEntry<B> {
    /// An entry that holds.
    pub fn new(deed: &Deed, body: B) -> NewEntry<B> {
        NewEntry {
            id: RowId(deed.new_id()),
            state: EntryState::On,
            day: None,
            staff: None,
            other: None,
            task: None,
            body,
        }
    }
}

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "case_entries",
        column: "body",
        row: id.0,
        version,
    }
}

fn entry<B: Kept>(deed: &Deed, mut row: Row) -> Result<Entry<B>, Refusal> {
    let (id, version, by) = (RowId(row.int(0)?), row.int(10)?, row.int(8)?);
    let until = row.maybe_text(3)?;
    Ok(Entry {
        id,
        case: CaseId(row.int(1)?),
        state: EntryState::from_code(&row.text(2)?).ok_or_else(|| shape("case_entries.state"))?,
        day: until.map(|text| day(&text)).transpose()?,
        staff: row.maybe_int(4)?.map(StaffId),
        other: row.maybe_int(5)?.map(CaseId),
        task: row.maybe_int(6)?.map(TaskId),
        made_at: instant(row.int(7)?),
        made_by: (by != 0).then_some(StaffId(by)),
        body: open(deed, &place(id, version), &row.blob(9)?)?,
        version,
    })
}

/// One entry of a case.
pub async fn find_entry<B: Kept>(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    id: RowId,
) -> Result<Entry<B>, Refusal> {
    let args = args![deed.network(), case, B::KIND, id];
    let row = conn.one(FIND, &args).await?;
    entry(deed, row.ok_or(Refusal::NotFound)?)
}

/// The entries of a kind, the newest first.
pub async fn list_entries<B: Kept>(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
) -> Result<Vec<Entry<B>>, Refusal> {
    let args = args![deed.network(), case, B::KIND, MOST];
    let rows = conn.rows(LIST, &args).await?;
    rows.into_iter().map(|row| entry(deed, row)).collect()
}

/// Keeps a new entry.
pub async fn insert_entry<B: Kept>(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    new: &NewEntry<B>,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        case,
        B::KIND,
        new.state.code(),
        new.day.map(|day| day.to_string()),
        new.staff,
        new.other,
        new.task,
        deed.at(),
        who(deed),
        close(deed, &place(new.id, 1), &new.body)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps an entry upon the version that was read.
pub async fn save_entry<B: Kept>(
    conn: &mut Conn,
    deed: &Deed,
    entry: &Entry<B>,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        entry.id,
        entry.state.code(),
        entry.day.map(|day| day.to_string()),
        entry.staff,
        entry.task,
        close(deed, &place(entry.id, entry.version + 1), &entry.body)?,
        entry.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Steps that wait although their task is done.
pub async fn list_steps_done(
    conn: &mut Conn,
    deed: &Deed,
) -> Result<Vec<(CaseId, RowId)>, Refusal> {
    let rows = conn.rows(STEPS_DONE, &args![deed.network()]).await?;
    let one = |row: Row| Ok((CaseId(row.int(0)?), RowId(row.int(1)?)));
    rows.into_iter().map(one).collect()
}
