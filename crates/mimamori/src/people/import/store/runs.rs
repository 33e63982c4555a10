//! A roster on its way in.

use db::{Conn, Row, Sql, args, sql};
use jiff::Timestamp;
use seal::Place;

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{RowId, StaffId};
use crate::people::import::rules::{Field, Mapping, Mode, Refusal, RunState};
use crate::people::store::actor_number;

/// Which file of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The roster as it came.
    Given,
    /// The rows that were not taken.
    Refused,
}

impl FileKind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            FileKind::Given => "given",
            FileKind::Refused => "refused",
        }
    }
}

/// A run.
#[derive(Clone)]
pub struct Run {
    /// Its identity.
    pub id: RowId,
    /// How far.
    pub state: RunState,
    /// Who brought the file; `None` for the command line.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Timestamp,
    /// When it last went on.
    pub updated_at: Timestamp,
    /// How rows that can't be taken are met.
    pub mode: Mode,
    /// Rows in the file.
    pub rows_read: u64,
    /// Rows to be written.
    pub to_do: u64,
    /// Rows written.
    pub done: u64,
    /// Where each column goes.
    pub mapping: Mapping,
    /// The file's name; empty where its key is gone.
    pub name: String,
}

const INSERT: Sql = sql(
    "INSERT INTO import_runs (network, id, state, staff, at, updated_at, mode, rows_read, to_do, done, mapping, name)
     VALUES ($1, $2, 'columns', $3, $4, $4, 'all', $5, 0, 0, $6, $7)",
);

const FIND: Sql = sql(
    "SELECT id, state, staff, at, updated_at, mode, rows_read, to_do, done, mapping, name
     FROM import_runs WHERE network = $1 AND id = $2",
);

const LIST: Sql = sql(
    "SELECT id, state, staff, at, updated_at, mode, rows_read, to_do, done, mapping, name
     FROM import_runs WHERE network = $1 ORDER BY id DESC LIMIT $2",
);

const SAVE_STATE: Sql = sql(
    "UPDATE import_runs SET state = $3, mode = $4, to_do = $5, done = 0, updated_at = $6
     WHERE network = $1 AND id = $2",
);

const FINISH: Sql = sql(
    "UPDATE import_runs SET state = $3, mode = $4, updated_at = $5 WHERE network = $1 AND id = $2",
);

const SAVE_MAPPING: Sql =
    sql("UPDATE import_runs SET mapping = $3, updated_at = $4 WHERE network = $1 AND id = $2");

const SAVE_PROGRESS: Sql = sql("UPDATE import_runs SET done = done + $3, updated_at = $4
     WHERE network = $1 AND id = $2 AND state = 'taking'");

const PUT_FILE: Sql = sql(
    "INSERT INTO import_files (network, run, kind, sealed) VALUES ($1, $2, $3, $4)
     ON CONFLICT (network, run, kind) DO UPDATE SET sealed = excluded.sealed",
);

const FIND_FILE: Sql =
    sql("SELECT sealed FROM import_files WHERE network = $1 AND run = $2 AND kind = $3");

const DROP_FILE: Sql =
    sql("DELETE FROM import_files WHERE network = $1 AND run = $2 AND kind = $3");

const FORGET_GIVEN: Sql = sql(
    "DELETE FROM import_files WHERE network = $1 AND kind = 'given'
     AND run IN (SELECT id FROM import_runs WHERE network = $1 AND updated_at < $2)",
);

const FORGET_FILES: Sql = sql("DELETE FROM import_files WHERE network = $1
     AND run IN (SELECT id FROM import_runs WHERE network = $1 AND updated_at < $2)");

const FORGET_ROWS: Sql = sql("DELETE FROM import_rows WHERE network = $1
     AND run IN (SELECT id FROM import_runs WHERE network = $1 AND updated_at < $2)");

/// Keeps a new run.
pub async fn insert_run(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    rows: u64,
    mapping: &Mapping,
    name: &str,
) -> Result<(), Refusal> {
    let sealed = deed
        .keys
        .seal(&name_place(run), name.as_bytes(), &mut deed.dice.clone());
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    let args = args![
        deed.network(),
        run,
        actor_number(deed),
        deed.at(),
        rows,
        codes(mapping),
        sealed
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

pub(super) fn name_place(run: RowId) -> Place {
    Place {
        table: "import_runs",
        column: "name",
        row: run.0,
        version: 1,
    }
}

/// Codes of the columns, with commas between; an empty one is not taken in.
fn codes(mapping: &Mapping) -> String {
    let codes = mapping
        .iter()
        .map(|field| field.map(Field::code).unwrap_or_default());
    codes.collect::<Vec<_>>().join(",")
}

/// A run of this town.
pub async fn find_run(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<Option<Run>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), run]).await?;
    row.map(|row| read(deed, row)).transpose()
}

/// The newest runs.
pub async fn list_runs(conn: &mut Conn, deed: &Deed, most: u32) -> Result<Vec<Run>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), most]).await?;
    rows.into_iter().map(|row| read(deed, row)).collect()
}

fn read(deed: &Deed, mut row: Row) -> Result<Run, Refusal> {
    let shape = |what: &str| Refusal::from(db::Error::Shape(what.to_owned()));
    let id = RowId(row.int(0)?);
    let name = deed.keys.open(&name_place(id), &row.blob(10)?);
    let name = name.map(|name| String::from_utf8_lossy(&name).into_owned());
    let (state, mode, mapping) = (row.text(1)?, row.text(5)?, row.text(9)?);
    let count = |at| -> Result<u64, Refusal> { Ok(u64::try_from(row.int(at)?).unwrap_or(0)) };
    Ok(Run {
        id,
        state: RunState::from_code(&state).ok_or_else(|| shape("import_runs.state"))?,
        staff: Some(row.int(2)?).filter(|staff| *staff != 0).map(StaffId),
        at: instant(row.int(3)?),
        updated_at: instant(row.int(4)?),
        mode: Mode::from_code(&mode).ok_or_else(|| shape("import_runs.mode"))?,
        rows_read: count(6)?,
        to_do: count(7)?,
        done: count(8)?,
        mapping: mapping.split(',').map(Field::from_code).collect(),
        // The name hangs on a data key that a rotation may have retired; the run outlives it.
        name: name.unwrap_or_default(),
    })
}

/// Saves how far a run is; what is done counts from 0 again.
pub async fn save_state(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    (state, mode): (RunState, Mode),
    to_do: usize,
) -> Result<(), Refusal> {
    let to_do = i64::try_from(to_do).unwrap_or(i64::MAX);
    let args = args![
        deed.network(),
        run,
        state.code(),
        mode.code(),
        to_do,
        deed.at()
    ];
    Ok(conn.exec_one(SAVE_STATE, &args).await?)
}

/// Writes down that a run is over; the counts stay.
pub async fn finish_run(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    mode: Mode,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        run,
        RunState::Done.code(),
        mode.code(),
        deed.at()
    ];
    Ok(conn.exec_one(FINISH, &args).await?)
}

/// Saves where each column goes.
pub async fn save_mapping(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    mapping: &Mapping,
) -> Result<(), Refusal> {
    let args = args![deed.network(), run, codes(mapping), deed.at()];
    Ok(conn.exec_one(SAVE_MAPPING, &args).await?)
}

/// Counts rows as written, in the transaction that writes them.
pub async fn save_progress(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    more: usize,
    at: i64,
) -> Result<(), Refusal> {
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    Ok(conn
        .exec_one(SAVE_PROGRESS, &args![deed.network(), run, more, at])
        .await?)
}

pub(super) fn file_place(run: RowId, kind: FileKind) -> Place {
    let column = match kind {
        FileKind::Given => "given",
        FileKind::Refused => "refused",
    };
    Place {
        table: "import_files",
        column,
        row: run.0,
        version: 1,
    }
}

/// Keeps a file, sealed.
pub async fn put_file(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    kind: FileKind,
    file: &[u8],
) -> Result<(), Refusal> {
    let sealed = deed
        .keys
        .seal(&file_place(run, kind), file, &mut deed.dice.clone());
    Ok(conn
        .exec_one(PUT_FILE, &args![deed.network(), run, kind.code(), sealed])
        .await?)
}

/// A file, opened.
pub async fn find_file(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    kind: FileKind,
) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(mut row) = conn
        .one(FIND_FILE, &args![deed.network(), run, kind.code()])
        .await?
    else {
        return Ok(None);
    };
    let file = deed.keys.open(&file_place(run, kind), &row.blob(0)?)?;
    Ok(Some(file.to_vec()))
}

/// Drops a file.
pub async fn drop_file(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    kind: FileKind,
) -> Result<(), Refusal> {
    conn.exec(DROP_FILE, &args![deed.network(), run, kind.code()])
        .await?;
    Ok(())
}

/// Drops rosters that nothing was done with since `given`, and rows and refused rows since `rest`.
pub async fn forget(conn: &mut Conn, deed: &Deed, given: i64, rest: i64) -> Result<(), Refusal> {
    conn.exec(FORGET_GIVEN, &args![deed.network(), given])
        .await?;
    conn.exec(FORGET_FILES, &args![deed.network(), rest])
        .await?;
    conn.exec(FORGET_ROWS, &args![deed.network(), rest]).await?;
    Ok(())
}
