//! The rows of lists.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::Place;

use super::{date, shape};
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId, RowId, SupporterId};
use crate::station::change::rules::{Listed, Refusal, State};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, week, center, supporter, state, notice, kept, version
             FROM change_lines WHERE network = $1 ",
            $rest
        ))
    };
}

const FIND: Sql = select!("AND id = $2 AND center = $3");

const OF_WEEK: Sql = select!("AND center = $2 AND week = $3 ORDER BY id");

const OF_SUPPORTER: Sql = select!("AND supporter = $2 ORDER BY id");

const SINCE: Sql = sql("SELECT supporter, week FROM change_lines
     WHERE network = $1 AND week >= $2 ORDER BY week, id");

const WEEKS: Sql = sql("SELECT week FROM change_weeks
     WHERE network = $1 AND week <= $2 ORDER BY week DESC LIMIT 2");

const PUT_WEEK: Sql = sql("INSERT INTO change_weeks (network, week, drawn_at)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

const INSERT: Sql = sql(
    "INSERT INTO change_lines (network, id, week, center, supporter, state, notice, kept, version)
     VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, 1)",
);

const SAVE: Sql = sql(
    "UPDATE change_lines SET state = $3, notice = $4, kept = $5, version = $6
     WHERE network = $1 AND id = $2 AND version = $6 - 1",
);

const DROP: Sql = sql("DELETE FROM change_lines WHERE network = $1 AND id = $2");

pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "change_lines",
        column: "kept",
        row: id.0,
        version,
    }
}

fn listed(deed: &Deed, mut row: Row) -> Result<Listed, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(7)?);
    let state = State::from_code(&row.text(4)?);
    Ok(Listed {
        id,
        week: date(&row.text(1)?)?,
        center: CenterId(row.int(2)?),
        supporter: SupporterId(row.int(3)?),
        state: state.ok_or_else(|| shape("change_lines.state"))?,
        notice: row.maybe_int(5)?.map(NoticeId),
        told: deed.open(&place(id, version), &row.blob(6)?)?,
        version,
    })
}

fn all(deed: &Deed, rows: Vec<Row>) -> Result<Vec<Listed>, Refusal> {
    rows.into_iter().map(|row| listed(deed, row)).collect()
}

/// A line of the own center's lists.
pub async fn find_line(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Listed, Refusal> {
    let args = args![deed.network(), id, deed.scope.center];
    let row = conn.one(FIND, &args).await?;
    listed(deed, row.ok_or(Refusal::NotFound)?)
}

/// The list of a week of the own center, the strongest first.
pub async fn list_week(conn: &mut Conn, deed: &Deed, week: Date) -> Result<Vec<Listed>, Refusal> {
    let args = args![deed.network(), deed.scope.center, week.to_string()];
    all(deed, conn.rows(OF_WEEK, &args).await?)
}

/// Every line about somebody.
pub async fn list_lines_of(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<Vec<Listed>, Refusal> {
    let rows = conn.rows(OF_SUPPORTER, &args![deed.network(), of]).await?;
    all(deed, rows)
}

/// Who was listed in which week, since one.
pub async fn list_listed(
    conn: &mut Conn,
    deed: &Deed,
    since: Date,
) -> Result<Vec<(SupporterId, Date)>, Error> {
    let args = args![deed.network(), since.to_string()];
    let rows = conn.rows(SINCE, &args).await?;
    let read = |mut row: Row| Ok((SupporterId(row.int(0)?), date(&row.text(1)?)?));
    rows.into_iter().map(read).collect()
}

/// The last week, up to this one, of which a list was drawn up, and the one before it.
pub async fn list_weeks(conn: &mut Conn, deed: &Deed, until: Date) -> Result<Vec<Date>, Error> {
    let args = args![deed.network(), until.to_string()];
    let rows = conn.rows(WEEKS, &args).await?;
    rows.into_iter()
        .map(|mut row| date(&row.text(0)?))
        .collect()
}

/// Notes that the list of a week is drawn up; no where it was already.
pub async fn put_week(conn: &mut Conn, deed: &Deed, week: Date) -> Result<bool, Error> {
    let args = args![deed.network(), week.to_string(), deed.at()];
    Ok(conn.exec(PUT_WEEK, &args).await? == 1)
}

/// Keeps a new one.
pub async fn insert_line(conn: &mut Conn, deed: &Deed, new: &Listed) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.week.to_string(),
        new.center,
        new.supporter,
        new.state.code(),
        deed.close(&place(new.id, 1), &new.told)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save_line(conn: &mut Conn, deed: &Deed, changed: &Listed) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let args = args![
        deed.network(),
        changed.id,
        changed.state.code(),
        changed.notice,
        deed.close(&place(changed.id, version), &changed.told)?,
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Forgets one.
pub async fn drop_line(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Error> {
    conn.exec_one(DROP, &args![deed.network(), id]).await
}
