//! Notices ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, TokenKind};

use super::list::Sight;
use super::{close, open, place, shape};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId, PersonId, RowId, TaskId};
use crate::notices::rules::{Ending, NewNotice, Notice, Pressure, Refusal, State, Way};

/// Network addresses and organisations that notices come from.
const ORIGIN: TokenKind = TokenKind::new("notices.origin");
/// Telephone numbers of who told.
const TELLER: TokenKind = TokenKind::new("notices.teller");
/// Houses.
const PLACE: TokenKind = TokenKind::new("notices.place");

/// The last hour.
const SPAN_MS: i64 = 3_600_000;

const INSERT: Sql = sql(
    "INSERT INTO notices (network, id, way, hash, agreement, source, origin, flood, danger, center,
       place, household, person, known, state, received_at, due_at, climbed, task, words, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, $18, $19, 1)",
);

const FIND: Sql = sql(
    "SELECT id, way, agreement, source, flood, danger, center, place, household,
       person, known, state, received_at, due_at, climbed, task, looked_at, visited_at, ended_at,
       ending, told_at, words, version
     FROM notices WHERE network = $1 AND id = $2 AND state <> 'erased'
       AND ($3 = 1 OR center IS NULL OR center = $4)",
);

const BY_HASH: Sql = sql("SELECT id FROM notices WHERE network = $1 AND hash = $2");

const SAVE: Sql = sql(
    "UPDATE notices SET center = $3, place = $4, household = $5, person = $6, known = $7, state = $8,
       due_at = $9, climbed = $10, task = $11, looked_at = $12, visited_at = $13, ended_at = $14,
       ending = $15, told_at = $16, words = $17, danger = $18, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $19",
);

const PRESSURE: Sql = sql("SELECT COUNT(*), MAX(received_at) FROM notices
     WHERE network = $1 AND origin = $2 AND received_at > $3");

pub(super) const fn words_place(id: NoticeId) -> Place {
    place("notices", "words", id.0)
}

/// What is kept of a network address, or of the organisation whose link it was.
pub fn origin_token(deed: &Deed, from: &str) -> i64 {
    deed.keys.token(ORIGIN, from)
}

/// What is kept of the telephone or mail address of who told.
pub fn teller_token(deed: &Deed, reach: &str) -> i64 {
    deed.keys.token(TELLER, reach)
}

/// What is kept of a house; 0 for none.
pub fn place_token(deed: &Deed, house: Option<&str>) -> i64 {
    house.map_or(0, |house| deed.keys.token(PLACE, house))
}

/// Keeps a new notice.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    new: &NewNotice,
    origin: i64,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        notice.id,
        notice.way.code(),
        new.hash.map(Vec::from),
        notice.agreement,
        notice.source,
        origin,
        i64::from(notice.flood),
        i64::from(notice.danger),
        notice.center,
        notice.place,
        notice.household,
        notice.person,
        notice.known.map(i64::from),
        notice.state.code(),
        notice.received_at.as_millisecond(),
        notice.due_at.as_millisecond(),
        notice.task,
        close(deed, &words_place(notice.id), &notice.words)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// The notice, for whoever may see it.
///
/// # Errors
/// [`Refusal::NotFound`] also for another center's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: NoticeId) -> Result<Notice, Refusal> {
    let sight = Sight::of(&deed.scope);
    let args = args![deed.network(), id, sight.all(), sight.center()];
    let row = conn.one(FIND, &args).await?;
    let mut row = row.ok_or(Refusal::NotFound)?;
    notice(deed, &mut row)
}

/// The notice that a form's key was sent with.
pub async fn find_by_hash(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<NoticeId>, Error> {
    let row = conn.one(BY_HASH, &args![deed.network(), hash]).await?;
    row.map(|row| Ok(NoticeId(row.int(0)?))).transpose()
}

/// Keeps it upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, notice: &Notice) -> Result<(), Refusal> {
    let at = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_millisecond);
    let args = args![
        deed.network(),
        notice.id,
        notice.center,
        notice.place,
        notice.household,
        notice.person,
        notice.known.map(i64::from),
        notice.state.code(),
        notice.due_at.as_millisecond(),
        notice.climbed,
        notice.task,
        at(notice.looked_at),
        at(notice.visited_at),
        at(notice.ended_at),
        notice.ending.map(Ending::code),
        at(notice.told_at),
        close(deed, &words_place(notice.id), &notice.words)?,
        i64::from(notice.danger),
        notice.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// What came from one address during the last hour.
pub async fn pressure(conn: &mut Conn, deed: &Deed, origin: i64) -> Result<Pressure, Error> {
    let args = args![deed.network(), origin, deed.at() - SPAN_MS];
    let row = conn.one(PRESSURE, &args).await?.ok_or(Error::Changed)?;
    Ok(Pressure {
        count: row.int(0)?,
        last: row.maybe_int(1)?.unwrap_or_default(),
    })
}

/// A row in the order of the columns of [`FIND`].
pub(super) fn notice(deed: &Deed, row: &mut Row) -> Result<Notice, Refusal> {
    let id = NoticeId(row.int(0)?);
    let at = |row: &Row, column| Ok::<_, Error>(row.maybe_int(column)?.map(instant));
    let ending = row.maybe_text(19)?.map(|code| Ending::from_code(&code));
    Ok(Notice {
        id,
        way: Way::from_code(&row.text(1)?).ok_or_else(|| shape("notices.way"))?,
        agreement: row.maybe_int(2)?.map(RowId),
        source: row.int(3)?,
        flood: row.int(4)? != 0,
        danger: row.int(5)? != 0,
        center: row.maybe_int(6)?.map(CenterId),
        place: row.int(7)?,
        household: row.int(8)?,
        person: row.maybe_int(9)?.map(PersonId),
        known: row.maybe_int(10)?.map(|known| known != 0),
        state: State::from_code(&row.text(11)?).ok_or_else(|| shape("notices.state"))?,
        received_at: instant(row.int(12)?),
        due_at: instant(row.int(13)?),
        climbed: row.int(14)?,
        task: row.maybe_int(15)?.map(TaskId),
        looked_at: at(row, 16)?,
        visited_at: at(row, 17)?,
        ended_at: at(row, 18)?,
        ending: ending.flatten(),
        told_at: at(row, 20)?,
        words: open(deed, &words_place(id), &row.blob(21)?)?,
        version: row.int(22)?,
    })
}
