//! The row of a person.

use db::{Conn, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::TokenKind;

use super::sealed::{close_first, open};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::rules::{
    DeskView, Draft, Identity, Kept, Part, Person, Refusal, Standing, State,
};

/// Tokens of roster numbers.
const OLD_NUMBER: TokenKind = TokenKind::new("people.old_number");

const INSERT: Sql = sql(
    "INSERT INTO people (network, id, version, state, state_on, center, center_by_hand,
       registered_on, updated_at, updated_by, old_number_token, photo_v,
       identity_v, contacts_v, finder_v, consent_v, medical_v, care_v,
       identity, contacts, finder, consent, medical, care)
     VALUES ($1, $2, 1, 'registered', NULL, $3, $4, $5, $6, $7, $8, NULL, 1, 1, 1, 1, 1, 1,
       $9, $10, $11, $12, $13, $14)",
);

const FIND: Sql = sql(
    "SELECT id, state, state_on, center, center_by_hand, registered_on, version,
       identity_v, identity, contacts_v, contacts, finder_v, finder, consent_v, consent,
       medical_v, medical, care_v, care, photo_v
     FROM people WHERE network = $1 AND id = $2",
);

const FIND_FOR_DESK: Sql = sql(
    "SELECT id, state, state_on, center, center_by_hand, registered_on, version,
       identity_v, identity, contacts_v, contacts, finder_v, finder, consent_v, consent
     FROM people WHERE network = $1 AND id = $2",
);

const FIND_STANDING: Sql = sql(
    "SELECT id, state, state_on, center, center_by_hand, registered_on, version
     FROM people WHERE network = $1 AND id = $2",
);

const SAVE_STANDING: Sql = sql(
    "UPDATE people SET state = $3, state_on = $4, center = $5, center_by_hand = $6,
       updated_at = $7, updated_by = $8, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $9",
);

const BY_OLD_NUMBER: Sql = sql(
    "SELECT DISTINCT COALESCE(merged_into, id) AS person FROM people
     WHERE network = $1 AND (old_number_token = $2 OR old_number_token = $3) ORDER BY person",
);

const SAVE_OLD_NUMBER: Sql =
    sql("UPDATE people SET old_number_token = $3 WHERE network = $1 AND id = $2");

/// A new record, sealed: what [`insert`] writes.
pub struct NewRow {
    center_by_hand: bool,
    registered_on: String,
    old_number: Option<i64>,
    /// Identity, contacts, finder, consent, medical, care.
    groups: [Vec<u8>; 6],
}

/// Seals a record to be; every group begins at version 1.
pub fn close_new(deed: &Deed, id: PersonId, draft: &Draft) -> Result<NewRow, Refusal> {
    let on = draft.confirmed;
    Ok(NewRow {
        center_by_hand: draft.center.is_some(),
        registered_on: draft.registered_on.to_string(),
        old_number: old_number_token(deed, &draft.identity),
        groups: [
            close_first(deed, id, &draft.identity, on)?,
            close_first(deed, id, &draft.contacts, on)?,
            close_first(deed, id, &draft.finder, on)?,
            close_first(deed, id, &draft.consent, on)?,
            close_first(deed, id, &draft.medical, on)?,
            close_first(deed, id, &draft.care, on)?,
        ],
    })
}

/// Writes a new record.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    row: NewRow,
    center: Option<CenterId>,
) -> Result<(), Refusal> {
    let [identity, contacts, finder, consent, medical, care] = row.groups;
    let args = args![
        deed.network(),
        id,
        center,
        row.center_by_hand,
        row.registered_on,
        deed.at(),
        actor_number(deed),
        row.old_number,
        identity,
        contacts,
        finder,
        consent,
        medical,
        care,
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// The account behind a deed; 0 for the program.
pub fn actor_number(deed: &Deed) -> i64 {
    deed.scope.actor.account().map_or(0, |account| account.0)
}

/// A whole record, every group opened.
pub async fn find(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<Option<Person>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    row.map(|mut row| person(deed, &mut row)).transpose()
}

fn person(deed: &Deed, row: &mut Row) -> Result<Person, Refusal> {
    let id = PersonId(row.int(0)?);
    Ok(Person {
        id,
        standing: standing(row)?,
        identity: group(deed, id, row, 7)?,
        contacts: group(deed, id, row, 9)?,
        finder: group(deed, id, row, 11)?,
        consent: group(deed, id, row, 13)?,
        medical: group(deed, id, row, 15)?,
        care: group(deed, id, row, 17)?,
        photo: row.maybe_int(19)?,
    })
}

/// What the desk tells first, in one read by key: identity, contacts, finder's notes, consent.
pub async fn find_for_desk(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<DeskView>, Refusal> {
    let row = conn.one(FIND_FOR_DESK, &args![deed.network(), id]).await?;
    row.map(|mut row| desk_view(deed, &mut row, 0)).transpose()
}

/// What the desk tells first, out of a row that has the columns of `find_for_desk` from `at` on,
/// in its order: the look-up of a number reads them along with the tag.
pub fn desk_view(deed: &Deed, row: &mut Row, at: usize) -> Result<DeskView, Refusal> {
    let id = PersonId(row.int(at)?);
    Ok(DeskView {
        id,
        standing: standing_at(row, at)?,
        identity: group(deed, id, row, at + 7)?,
        contacts: group(deed, id, row, at + 9)?,
        finder: group(deed, id, row, at + 11)?,
        consent: group(deed, id, row, at + 13)?,
    })
}

/// State, center, registration: opens nothing.
pub async fn find_standing(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Standing>, Refusal> {
    let row = conn.one(FIND_STANDING, &args![deed.network(), id]).await?;
    row.map(|mut row| standing(&mut row)).transpose()
}

/// The group whose version stands in column `at` and whose seal in the next.
pub fn group<P: Part>(
    deed: &Deed,
    id: PersonId,
    row: &mut Row,
    at: usize,
) -> Result<Kept<P>, Refusal> {
    let version = row.int(at)?;
    Ok(open(deed, id, version, &row.blob(at + 1)?)?)
}

/// Columns 1 to 6 of every statement here.
pub fn standing(row: &mut Row) -> Result<Standing, Refusal> {
    standing_at(row, 0)
}

fn standing_at(row: &mut Row, at: usize) -> Result<Standing, Refusal> {
    let state = State::from_code(&row.text(at + 1)?).ok_or_else(|| shape("people.state"))?;
    let state_on = row.maybe_text(at + 2)?.map(|text| day(&text)).transpose()?;
    Ok(Standing {
        state,
        state_on,
        center: row.maybe_int(at + 3)?.map(CenterId),
        center_by_hand: row.int(at + 4)? != 0,
        registered_on: day(&row.text(at + 5)?)?,
        version: row.int(at + 6)?,
    })
}

fn day(text: &str) -> Result<Date, Refusal> {
    text.parse().map_err(|_| shape("a date of people"))
}

fn shape(what: &str) -> Refusal {
    Refusal::Db(db::Error::Shape(what.to_owned()))
}

/// Saves state and center upon the version that `standing` was read with.
pub async fn save_standing(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    standing: &Standing,
) -> Result<bool, Refusal> {
    let args = args![
        deed.network(),
        id,
        standing.state.code(),
        standing.state_on.map(|day| day.to_string()),
        standing.center,
        standing.center_by_hand,
        deed.at(),
        actor_number(deed),
        standing.version,
    ];
    Ok(conn.exec(SAVE_STANDING, &args).await? == 1)
}

/// Everybody with this roster number, as written there; more than one where rosters overlap.
pub async fn find_by_old_number(
    conn: &mut Conn,
    deed: &Deed,
    number: &str,
) -> Result<Vec<PersonId>, Refusal> {
    let tokens = deed.keys.tokens(OLD_NUMBER, number);
    let newest = tokens.first().copied();
    let older = tokens.get(1).copied().or(newest);
    let rows = conn
        .rows(BY_OLD_NUMBER, &args![deed.network(), newest, older])
        .await?;
    let ids = rows.iter().map(|row| Ok(PersonId(row.int(0)?)));
    ids.collect()
}

/// Keeps the token of the roster number after the identity was saved.
pub async fn save_old_number(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    identity: &Identity,
) -> Result<(), Refusal> {
    let token = old_number_token(deed, identity);
    Ok(conn
        .exec_one(SAVE_OLD_NUMBER, &args![deed.network(), id, token])
        .await?)
}

pub(super) fn old_number_token(deed: &Deed, identity: &Identity) -> Option<i64> {
    let number = identity.old_number.as_deref()?;
    Some(deed.keys.token(OLD_NUMBER, number))
}
