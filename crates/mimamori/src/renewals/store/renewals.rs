//! The row of a renewal.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use crate::deed::Deed;
use crate::ids::{CenterId, PersonId, TaskId};
use crate::people::{self, Identity, Kept, Way};
use crate::renewals::rules::{AskWay, Counted, Month, Refusal, Renewal, State, Step};

// Columns 0 to 13 of every statement that reads a renewal.
macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT r.person, r.year, r.month, r.state, r.way, r.asked_on, r.step, r.next_on, r.task,
               r.walk_at, r.walk_way, r.renewed_on, r.counted, r.version",
            $rest
        ))
    };
}

const FIND: Sql =
    select!(" FROM renewals r WHERE r.network = $1 AND r.person = $2 AND r.year = $3");

const OF_PERSON: Sql =
    select!(" FROM renewals r WHERE r.network = $1 AND r.person = $2 ORDER BY r.year DESC");

// Asked and without an answer, of the scope's own center.
const EXPLAINS: Sql = sql("SELECT 1 FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.person = $2 AND p.center = $3
       AND r.state IN ('asked', 'no_answer') LIMIT 1");

const INSERT: Sql = sql(
    "INSERT INTO renewals (network, person, year, month, state, way, asked_on, step, next_on, task,
       walk_at, walk_way, renewed_on, counted, version)
     VALUES ($1, $2, $3, $4, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, $5, 1)
     ON CONFLICT (network, person, year) DO NOTHING",
);

const SAVE: Sql = sql(
    "UPDATE renewals SET state = $4, way = $5, asked_on = $6, step = $7, next_on = $8, task = $9,
       walk_at = $10, walk_way = $11, renewed_on = $12, counted = $13, version = version + 1
     WHERE network = $1 AND person = $2 AND year = $3 AND version = $14",
);

const REMOVE: Sql =
    sql("DELETE FROM renewals WHERE network = $1 AND person = $2 AND year = $3 AND version = $4");

const GONE: Sql = select!(
    ", p.state, p.center FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.state IN ('waiting', 'asked', 'no_answer')
       AND p.state <> 'registered' LIMIT 200"
);

// No tag is theirs any more, though they are registered. Whoever is gone through at the counter
// before a tag is bound stays, until one is given back after that. t.state || '' leaves SQLite the
// index by person, as in months.rs.
const GAVE_BACK: Sql = select!(
    ", p.state, p.center FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.state IN ('waiting', 'asked', 'no_answer')
       AND p.state = 'registered'
       AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.network = r.network
         AND t.person = r.person AND t.state || '' IN ('bound', 'lost'))
       AND (r.walk_at IS NULL OR EXISTS (SELECT 1 FROM tags t WHERE t.network = r.network
         AND t.person = r.person AND t.since >= r.walk_at))
     LIMIT 200"
);

const CAME_BACK: Sql = select!(
    ", p.state, p.center FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND p.state = 'registered'
       AND (r.state IN ('moved', 'died', 'withdrawn') OR r.state = 'returned'
         AND EXISTS (SELECT 1 FROM tags t WHERE t.network = r.network
           AND t.person = r.person AND t.state || '' IN ('bound', 'lost')))
     LIMIT 200"
);

const TRIED: Sql = select!(
    " FROM renewals r JOIN tasks t ON t.network = r.network AND t.id = r.task
     WHERE r.network = $1 AND r.task IS NOT NULL AND t.state = 'done' LIMIT 200"
);

// Somebody began to go through the record, and it has rested since; whether every group was confirmed
// is sealed.
const WALKED: Sql = select!(
    ", p.updated_at FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.state IN ('asked', 'no_answer') AND r.walk_at IS NOT NULL
       AND p.state = 'registered' AND p.updated_at >= r.walk_at
       AND p.updated_at > $2 AND p.updated_at <= $3 AND r.person > $4
     ORDER BY r.person LIMIT 200"
);

const CLIMBING: Sql = select!(
    ", p.center, p.identity_v, p.identity FROM renewals r
     JOIN people p ON p.network = r.network AND p.id = r.person
     WHERE r.network = $1 AND r.state = 'asked' AND r.next_on <= $2 LIMIT 100"
);

pub(super) fn shape(what: &str) -> Refusal {
    Refusal::Db(Error::Shape(what.to_owned()))
}

/// The year takes part in the version's place, since a person has a renewal each year.
pub(super) fn counted_place(person: PersonId, year: i16, version: i64) -> Place {
    Place {
        table: "renewals",
        column: "counted",
        row: person.0,
        version: i64::from(year) << 40 | version,
    }
}

fn close(deed: &Deed, renewal: &Renewal, version: i64) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(&renewal.counted).map_err(|_| SealError::Malformed)?;
    let place = counted_place(renewal.person, renewal.month.year, version);
    Ok(deed.keys.seal(&place, &plain, &mut deed.dice.clone()))
}

/// A renewal out of columns 0 to 13.
pub(super) fn renewal(deed: &Deed, row: &mut Row) -> Result<Renewal, Refusal> {
    let (person, version) = (PersonId(row.int(0)?), row.int(13)?);
    let month = month(row.int(1)?, row.int(2)?)?;
    let place = counted_place(person, month.year, version);
    let counted = deed.keys.open(&place, &row.blob(12)?)?;
    Ok(Renewal {
        person,
        month,
        state: State::from_code(&row.text(3)?).ok_or_else(|| shape("renewals.state"))?,
        way: code(row, 4, AskWay::from_code)?,
        asked_on: day(row, 5)?,
        step: code(row, 6, Step::from_code)?,
        next_on: day(row, 7)?,
        task: row.maybe_int(8)?.map(TaskId),
        walk_at: row.maybe_int(9)?,
        walk_way: code(row, 10, Way::from_code)?,
        renewed_on: day(row, 11)?,
        counted: serde_json::from_slice::<Counted>(&counted).map_err(|_| SealError::Malformed)?,
        version,
    })
}

fn month(year: i64, month: i64) -> Result<Month, Refusal> {
    let year = i16::try_from(year).map_err(|_| shape("renewals.year"))?;
    let month = i8::try_from(month).map_err(|_| shape("renewals.month"))?;
    Ok(Month { year, month })
}

fn code<T>(
    row: &mut Row,
    at: usize,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    let text = row.maybe_text(at)?;
    text.map(|text| read(&text).ok_or_else(|| shape("a code of renewals")))
        .transpose()
}

fn day(row: &mut Row, at: usize) -> Result<Option<Date>, Refusal> {
    let text = row.maybe_text(at)?;
    text.map(|text| text.parse().map_err(|_| shape("a day of renewals")))
        .transpose()
}

/// Whether a renewal is why somebody of the person's center looks at them.
pub async fn explains(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<bool, Error> {
    let args = args![deed.network(), person, deed.scope.center];
    Ok(conn.one(EXPLAINS, &args).await?.is_some())
}

/// The renewal of a person in a year.
pub async fn find(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    year: i16,
) -> Result<Option<Renewal>, Refusal> {
    let args = args![deed.network(), person, i64::from(year)];
    let row = conn.one(FIND, &args).await?;
    row.map(|mut row| renewal(deed, &mut row)).transpose()
}

/// The same, refused where it is not there.
pub async fn find_at(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    year: i16,
) -> Result<Renewal, Refusal> {
    let found = find(conn, deed, person, year).await?;
    found.ok_or(Refusal::NotFound)
}

/// Every renewal of a person, the newest year first.
pub async fn list_for_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Renewal>, Refusal> {
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    rows.into_iter()
        .map(|mut row| renewal(deed, &mut row))
        .collect()
}

/// Keeps a renewal that nobody was asked for yet; `false` where there is one of that year.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Renewal) -> Result<bool, Refusal> {
    let args = args![
        deed.network(),
        new.person,
        i64::from(new.month.year),
        i64::from(new.month.month),
        close(deed, new, 1)?
    ];
    Ok(conn.exec(INSERT, &args).await? == 1)
}

/// Saves upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, renewal: &Renewal) -> Result<(), Refusal> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    let args = args![
        deed.network(),
        renewal.person,
        i64::from(renewal.month.year),
        renewal.state.code(),
        renewal.way.map(AskWay::code),
        text(renewal.asked_on),
        renewal.step.map(Step::code),
        text(renewal.next_on),
        renewal.task,
        renewal.walk_at,
        renewal.walk_way.map(Way::code),
        text(renewal.renewed_on),
        close(deed, renewal, renewal.version + 1)?,
        renewal.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Takes one back that was opened for the wrong month.
pub async fn remove(conn: &mut Conn, deed: &Deed, renewal: &Renewal) -> Result<(), Refusal> {
    let (year, version) = (i64::from(renewal.month.year), renewal.version);
    let args = args![deed.network(), renewal.person, year, version];
    match conn.exec(REMOVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Some open renewals of people who left the register, each with the state they left to.
pub async fn list_gone(
    conn: &mut Conn,
    deed: &Deed,
) -> Result<Vec<(Renewal, people::State)>, Refusal> {
    with_state(deed, conn.rows(GONE, &args![deed.network()]).await?)
}

/// Some open renewals of people who are registered and gave every tag back.
pub async fn list_gave_back(
    conn: &mut Conn,
    deed: &Deed,
) -> Result<Vec<(Renewal, people::State)>, Refusal> {
    with_state(deed, conn.rows(GAVE_BACK, &args![deed.network()]).await?)
}

/// Some renewals that ended with somebody leaving who is registered, or has a tag, again.
pub async fn list_came_back(
    conn: &mut Conn,
    deed: &Deed,
) -> Result<Vec<(Renewal, people::State)>, Refusal> {
    with_state(deed, conn.rows(CAME_BACK, &args![deed.network()]).await?)
}

fn with_state(deed: &Deed, rows: Vec<Row>) -> Result<Vec<(Renewal, people::State)>, Refusal> {
    let pair = |mut row: Row| -> Result<_, Refusal> {
        let state = people::State::from_code(&row.text(14)?);
        let state = state.ok_or_else(|| shape("people.state"))?;
        Ok((renewal(deed, &mut row)?, state))
    };
    rows.into_iter().map(pair).collect()
}

/// Some renewals whose step's task is done.
pub async fn list_tried(conn: &mut Conn, deed: &Deed) -> Result<Vec<Renewal>, Refusal> {
    let rows = conn.rows(TRIED, &args![deed.network()]).await?;
    rows.into_iter()
        .map(|mut row| renewal(deed, &mut row))
        .collect()
}

/// Some open renewals whose walk was begun and whose record was last saved between two instants,
/// each with that one.
pub async fn list_walked(
    conn: &mut Conn,
    deed: &Deed,
    (after, until): (i64, i64),
    person: PersonId,
) -> Result<Vec<(Renewal, i64)>, Refusal> {
    let args = args![deed.network(), after, until, person];
    let rows = conn.rows(WALKED, &args).await?;
    let pair = |mut row: Row| -> Result<_, Refusal> {
        let saved_at = row.int(14)?;
        Ok((renewal(deed, &mut row)?, saved_at))
    };
    rows.into_iter().map(pair).collect()
}

/// A renewal whose next step is due.
pub struct Due {
    /// The renewal.
    pub renewal: Renewal,
    /// The person's center.
    pub center: Option<CenterId>,
    /// Who.
    pub identity: Kept<Identity>,
}

/// Some renewals whose next step is due by a day.
pub async fn list_climbing(conn: &mut Conn, deed: &Deed, by: Date) -> Result<Vec<Due>, Refusal> {
    let args = args![deed.network(), by.to_string()];
    let rows = conn.rows(CLIMBING, &args).await?;
    let due = |mut row: Row| -> Result<Due, Refusal> {
        let renewal = renewal(deed, &mut row)?;
        Ok(Due {
            center: row.maybe_int(14)?.map(CenterId),
            identity: people::open_group(deed, renewal.person, &mut row, 15)?,
            renewal,
        })
    };
    rows.into_iter().map(due).collect()
}
