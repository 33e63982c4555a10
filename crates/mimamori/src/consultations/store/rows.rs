//! The row of a consultation.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use crate::clock::{in_japan, instant};
use crate::consultations::rules::{Codes, Consultation, Refusal, State, Words, may_see};
use crate::deed::Deed;
use crate::ids::{CenterId, ConsultationId, PersonId, RowId, StaffId, TaskId};
use crate::people;

const FIND: Sql = sql(
    "SELECT center, at, by, person, stranger, state, next_on, task, codes, words, version
     FROM consultations WHERE network = $1 AND id = $2",
);

const INSERT: Sql = sql(
    "INSERT INTO consultations (network, id, center, day, month, at, by, person, stranger, state,
       next_on, task, codes, words, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)",
);

const SAVE: Sql = sql(
    "UPDATE consultations SET day = $3, month = $4, at = $5, state = $6, next_on = $7, task = $8,
       codes = $9, words = $10, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $11",
);

const SET_PERSON: Sql = sql(
    "UPDATE consultations SET person = $3, version = version + 1,
       codes = $4, words = $5
     WHERE network = $1 AND id = $2 AND version = $6",
);

pub(super) fn shape(what: &str) -> Refusal {
    Refusal::Db(Error::Shape(what.to_owned()))
}

fn place(column: &'static str, id: ConsultationId, version: i64) -> Place {
    Place {
        table: "consultations",
        column,
        row: id.0,
        version,
    }
}

pub(super) fn codes_place(id: ConsultationId, version: i64) -> Place {
    place("codes", id, version)
}

pub(super) fn words_place(id: ConsultationId, version: i64) -> Place {
    place("words", id, version)
}

pub(super) fn close<T: serde::Serialize>(
    deed: &Deed,
    place: &Place,
    value: &T,
) -> Result<Vec<u8>, SealError> {
    deed.close(place, value)
}

pub(super) fn open<T: serde::de::DeserializeOwned>(
    deed: &Deed,
    place: &Place,
    sealed: &[u8],
) -> Result<T, SealError> {
    deed.open(place, sealed)
}

/// The account behind a deed; 0 for the program.
pub(super) fn who(deed: &Deed) -> i64 {
    deed.scope.actor.account().map_or(0, |account| account.0)
}

pub(super) fn staff(number: i64) -> Option<StaffId> {
    (number != 0).then_some(StaffId(number))
}

pub(super) fn day_at(row: &mut Row, at: usize) -> Result<Option<Date>, Refusal> {
    let text = row.maybe_text(at)?;
    text.map(|text| text.parse().map_err(|_| shape("a day of consultations")))
        .transpose()
}

pub(super) fn state_at(row: &mut Row, at: usize) -> Result<State, Refusal> {
    State::from_code(&row.text(at)?).ok_or_else(|| shape("consultations.state"))
}

fn month_of(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

/// The consultation, if it is this account's to see.
pub async fn find(
    conn: &mut Conn,
    deed: &Deed,
    id: ConsultationId,
) -> Result<Consultation, Refusal> {
    let found = find_in(conn, deed, id).await?;
    let of_person = match found.person {
        Some(person) => people::find_standing(conn, deed, person).await?,
        None => None,
    };
    let of_person = of_person.and_then(|standing| standing.center);
    match may_see(&deed.scope, found.center, of_person) {
        true => Ok(found),
        false => Err(Refusal::NotFound),
    }
}

/// The consultation, whoever asks: what is done with it is weighed by the caller.
pub async fn find_in(
    conn: &mut Conn,
    deed: &Deed,
    id: ConsultationId,
) -> Result<Consultation, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    let mut row = row.ok_or(Refusal::NotFound)?;
    let version = row.int(10)?;
    Ok(Consultation {
        id,
        center: CenterId(row.int(0)?),
        at: instant(row.int(1)?),
        by: staff(row.int(2)?),
        person: row.maybe_int(3)?.map(PersonId),
        stranger: row.maybe_int(4)?.map(RowId),
        state: state_at(&mut row, 5)?,
        next_on: day_at(&mut row, 6)?,
        task: row.maybe_int(7)?.map(TaskId),
        codes: open::<Codes>(deed, &codes_place(id, version), &row.blob(8)?)?,
        words: open::<Words>(deed, &words_place(id, version), &row.blob(9)?)?,
        version,
    })
}

/// Keeps a new one.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Consultation) -> Result<(), Refusal> {
    let day = in_japan(new.at).date();
    let args = args![
        deed.network(),
        new.id,
        new.center,
        day.to_string(),
        month_of(day),
        new.at.as_millisecond(),
        new.by.map_or(0, |staff| staff.0),
        new.person,
        new.stranger,
        new.state.code(),
        new.next_on.map(|day| day.to_string()),
        new.task,
        close(deed, &codes_place(new.id, 1), &new.codes)?,
        close(deed, &words_place(new.id, 1), &new.words)?
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Saves upon the version that was read.
pub async fn save(conn: &mut Conn, deed: &Deed, one: &Consultation) -> Result<(), Refusal> {
    let (day, next) = (in_japan(one.at).date(), one.version + 1);
    let args = args![
        deed.network(),
        one.id,
        day.to_string(),
        month_of(day),
        one.at.as_millisecond(),
        one.state.code(),
        one.next_on.map(|day| day.to_string()),
        one.task,
        close(deed, &codes_place(one.id, next), &one.codes)?,
        close(deed, &words_place(one.id, next), &one.words)?,
        one.version
    ];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Says whose it is, upon the version that was read.
pub async fn set_person(
    conn: &mut Conn,
    deed: &Deed,
    one: &Consultation,
    person: Option<PersonId>,
) -> Result<(), Refusal> {
    let next = one.version + 1;
    let args = args![
        deed.network(),
        one.id,
        person,
        close(deed, &codes_place(one.id, next), &one.codes)?,
        close(deed, &words_place(one.id, next), &one.words)?,
        one.version
    ];
    match conn.exec(SET_PERSON, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
