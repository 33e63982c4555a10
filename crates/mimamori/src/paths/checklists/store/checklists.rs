//! Checklists ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, SealError};

use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, StaffId};
use crate::paths::checklists::rules::{Answers, Checklist, Refusal, Sheet, State, Way};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, person, sheet, way, state, answered_on, begun_at, begun_by, answers,
                    link_until, version
             FROM checklists ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE network = $1 AND id = $2");

const BY_LINK: Sql = select!("WHERE network = $1 AND link = $2 AND link_until > 0");

/// A person of 100 who is asked twice a year from 65 on has 70.
const OF_PERSON: Sql = select!("WHERE network = $1 AND person = $2 ORDER BY id DESC LIMIT 100");

const INSERT: Sql = sql(
    "INSERT INTO checklists (network, id, person, sheet, way, state, answered_on, begun_at,
                             begun_by, answers, link, link_until, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 1)",
);

const SAVE: Sql = sql(
    "UPDATE checklists SET way = $3, state = $4, answered_on = $5, answers = $6, link = $7,
            link_until = $8, version = $9
     WHERE network = $1 AND id = $2 AND version = $9 - 1",
);

/// Answers are sealed anew with every version, so that an older text can't be put back.
pub(super) fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "checklists",
        column: "answers",
        row: id.0,
        version,
    }
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn checklist(deed: &Deed, mut row: Row) -> Result<Checklist, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(10)?);
    let on = row.text(5)?.parse();
    let plain = deed.keys.open(&place(id, version), &row.blob(8)?)?;
    let until = row.int(9)?;
    Ok(Checklist {
        id,
        person: PersonId(row.int(1)?),
        sheet: Sheet::from_code(&row.text(2)?).ok_or_else(|| shape("checklists.sheet"))?,
        way: Way::from_code(&row.text(3)?).ok_or_else(|| shape("checklists.way"))?,
        state: State::from_code(&row.text(4)?).ok_or_else(|| shape("checklists.state"))?,
        on: on.map_err(|_| shape("checklists.answered_on"))?,
        begun_at: instant(row.int(6)?),
        begun_by: StaffId(row.int(7)?),
        answers: serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?,
        link_until: (until > 0).then(|| instant(until)),
        version,
    })
}

fn close(deed: &Deed, id: RowId, version: i64, answers: &Answers) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(answers).map_err(|_| SealError::Malformed)?;
    let mut dice = deed.dice.clone();
    Ok(deed.keys.seal(&place(id, version), &plain, &mut dice))
}

/// The checklist, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Checklist, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    checklist(deed, row.ok_or(Refusal::NotFound)?)
}

/// The one whose link has this hash.
pub async fn find_by_link(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Checklist>, Refusal> {
    let row = conn
        .one(BY_LINK, &args![deed.network(), hash.to_vec()])
        .await?;
    row.map(|row| checklist(deed, row)).transpose()
}

/// Those of a person, the newest first; slips too.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Checklist>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    rows.into_iter().map(|row| checklist(deed, row)).collect()
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Checklist) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        new.id,
        new.person,
        new.sheet.code(),
        new.way.code(),
        new.state.code(),
        new.on.to_string(),
        new.begun_at.as_millisecond(),
        new.begun_by,
        close(deed, new.id, 1, &new.answers)?,
        Vec::<u8>::new()
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read. `link` is the hash of the address at which a
/// tablet may answer; without one the link of before is over.
pub async fn save(
    conn: &mut Conn,
    deed: &Deed,
    changed: &Checklist,
    link: Option<[u8; 32]>,
) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let until = link.and(changed.link_until);
    let args = args![
        deed.network(),
        changed.id,
        changed.way.code(),
        changed.state.code(),
        changed.on.to_string(),
        close(deed, changed.id, version, &changed.answers)?,
        link.map(Vec::from).unwrap_or_default(),
        until.map_or(0, |until| until.as_millisecond()),
        version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
