//! Whose a case is: by keyed tokens, so that the rows alone tell of nobody.

use db::{Conn, Error, Sql, args, sql};
use seal::Place;

use super::{close, open};
use crate::cases::rules::Refusal;
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId, RowId};

const INSERT: Sql = sql(
    "INSERT INTO case_people (network, id, case_id, person, whose, version)
     VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (network, person, case_id) DO NOTHING",
);

const OF_CASE: Sql = sql("SELECT id, case_id, whose, version FROM case_people
     WHERE network = $1 AND case_id = $2 ORDER BY id");

const OF_PERSON: Sql = sql("SELECT id, case_id, whose, version FROM case_people
     WHERE network = $1 AND person = $2 ORDER BY id");

const COUNT: Sql = sql("SELECT COUNT(*) FROM case_people WHERE network = $1 AND case_id = $2");

const HAS: Sql = sql("SELECT id FROM case_people
     WHERE network = $1 AND person = $2 AND case_id = $3");

const PASS: Sql = sql(
    "UPDATE case_people SET person = $3, whose = $4, version = version + 1
     WHERE network = $1 AND id = $2",
);

const REMOVE: Sql = sql("DELETE FROM case_people
     WHERE network = $1 AND case_id = $2 AND person = $3");

// What was written still names whoever was taken out.
const LEAVE: Sql = sql("INSERT INTO case_left (network, case_id, person)
     VALUES ($1, $2, $3) ON CONFLICT (network, person, case_id) DO NOTHING");

const RETURN: Sql = sql("DELETE FROM case_left
     WHERE network = $1 AND case_id = $2 AND person = $3");

const LEFT: Sql = sql("SELECT case_id FROM case_left
     WHERE network = $1 AND person = $2 ORDER BY case_id");

// With both from here on: whether they become two again or not, whoever is erased is found.
const PASS_LEFT: Sql = sql("INSERT INTO case_left (network, case_id, person)
     SELECT network, case_id, CAST($3 AS BIGINT) FROM case_left WHERE network = $1 AND person = $2
     ON CONFLICT (network, person, case_id) DO NOTHING");

/// A person of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The row.
    pub row: RowId,
    /// Which case.
    pub case: CaseId,
    /// Who.
    pub person: PersonId,
}

/// What a person is found by.
pub(super) fn token(deed: &Deed, person: PersonId) -> i64 {
    deed.lasting_token(&[b"case person", &person.0.to_be_bytes()])
}

pub(super) fn whose_place(row: RowId, version: i64) -> Place {
    Place {
        table: "case_people",
        column: "whose",
        row: row.0,
        version,
    }
}

fn whose(deed: &Deed, mut row: db::Row) -> Result<Whose, Refusal> {
    let id = RowId(row.int(0)?);
    let person: i64 = open(deed, &whose_place(id, row.int(3)?), &row.blob(2)?)?;
    Ok(Whose {
        row: id,
        case: CaseId(row.int(1)?),
        person: PersonId(person),
    })
}

/// Adds somebody to a case; nothing where they are in it.
pub async fn add_person(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &whose_place(id, 1), &person.0)?;
    let args = args![deed.network(), id, case, token(deed, person), sealed];
    conn.exec(INSERT, &args).await?;
    Ok(forget_left(conn, deed, case, person).await?)
}

/// Takes somebody out of a case.
pub async fn remove_person(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
) -> Result<(), Refusal> {
    let args = args![deed.network(), case, token(deed, person)];
    if conn.exec(REMOVE, &args).await? == 0 {
        return Err(Refusal::NotFound);
    }
    conn.exec(LEAVE, &args).await?;
    Ok(())
}

/// The cases that somebody was taken out of.
pub(super) async fn list_left(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<CaseId>, Error> {
    let args = args![deed.network(), token(deed, person)];
    let rows = conn.rows(LEFT, &args).await?;
    rows.iter().map(|row| Ok(CaseId(row.int(0)?))).collect()
}

/// That somebody was in a case once is forgotten.
pub(super) async fn forget_left(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
) -> Result<(), Error> {
    let args = args![deed.network(), case, token(deed, person)];
    conn.exec(RETURN, &args).await?;
    Ok(())
}

/// The people of a case, as they were added.
pub async fn list_people(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
) -> Result<Vec<PersonId>, Refusal> {
    let mut people = Vec::new();
    for row in conn.rows(OF_CASE, &args![deed.network(), case]).await? {
        people.push(whose(deed, row)?.person);
    }
    Ok(people)
}

/// The cases of a person, whoever may see them: for erasing and merging.
pub async fn list_cases_of(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Whose>, Refusal> {
    let args = args![deed.network(), token(deed, person)];
    let rows = conn.rows(OF_PERSON, &args).await?;
    rows.into_iter().map(|row| whose(deed, row)).collect()
}

/// How many people a case has.
pub async fn count_people(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<i64, Error> {
    let row = conn.one(COUNT, &args![deed.network(), case]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Passes a person's cases to another record of the same person: all, or these rows. A case that
/// both records are in stays with both. Gives the rows that it passed.
pub async fn hand_over(
    conn: &mut Conn,
    deed: &Deed,
    from: PersonId,
    to: PersonId,
    rows: Option<&[i64]>,
) -> Result<Vec<i64>, Refusal> {
    let mut passed = Vec::new();
    let left = args![deed.network(), token(deed, from), token(deed, to)];
    conn.exec(PASS_LEFT, &left).await?;
    let args = args![deed.network(), token(deed, from)];
    for row in conn.rows(OF_PERSON, &args).await? {
        let (id, case, version) = (RowId(row.int(0)?), CaseId(row.int(1)?), row.int(3)?);
        let both = args![deed.network(), token(deed, to), case];
        let wanted = rows.is_none_or(|rows| rows.contains(&id.0));
        if !wanted || conn.one(HAS, &both).await?.is_some() {
            continue;
        }
        let sealed = close(deed, &whose_place(id, version + 1), &to.0)?;
        let args = args![deed.network(), id, token(deed, to), sealed];
        conn.exec_one(PASS, &args).await?;
        passed.push(id.0);
    }
    Ok(passed)
}

/// What came to a person since a row was made.
pub async fn list_since(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    since: RowId,
) -> Result<Vec<Whose>, Refusal> {
    let all = list_cases_of(conn, deed, person).await?;
    Ok(all.into_iter().filter(|one| one.row > since).collect())
}
