//! The rows of supporters, and finding them by what was typed.

use db::{Conn, Error, Row, Sql, Value, args, sql};
use jiff::civil::Date;
use seal::Place;
use serde::{Deserialize, Serialize};

use crate::deed::Deed;
use crate::ids::{PersonId, SupporterId};
use crate::people::clues::{Clue, Wanted};
use crate::station::supporters::rules::{Details, KINDS, Refusal, Supporter, Terms, clues_of};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, person, kept, version FROM supporters WHERE network = $1 ",
            $rest
        ))
    };
}

const FIND: Sql = select!("AND id = $2");

const LIST: Sql = select!("ORDER BY id");

const OF_PERSON: Sql = select!("AND person = $2 ORDER BY id");

const COUNT: Sql = sql("SELECT COUNT(*) FROM supporters WHERE network = $1");

const INSERT: Sql = sql("INSERT INTO supporters (network, id, person, kept, version)
     VALUES ($1, $2, NULL, $3, 1)");

const SAVE: Sql = sql("UPDATE supporters SET person = $3, kept = $4, version = $5
     WHERE network = $1 AND id = $2 AND version = $5 - 1");

const PUT_KEY: Sql = sql("INSERT INTO supporter_keys (network, key, supporter)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

const FORGET_KEYS: Sql = sql("DELETE FROM supporter_keys WHERE network = $1 AND supporter = $2");

const UNDER: Sql = sql("SELECT key, supporter FROM supporter_keys
     WHERE network = $1 AND key IN ($2, $3, $4, $5, $6, $7, $8, $9)
     ORDER BY supporter DESC LIMIT 400");

/// More than these nobody reads at a counter.
const MOST_MATCHES: usize = 20;

/// What is sealed of a supporter.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) details: Details,
    pub(super) terms: Terms,
    pub(super) tied_by: String,
    pub(super) entered_on: Date,
}

pub(super) fn place(id: SupporterId, version: i64) -> Place {
    Place {
        table: "supporters",
        column: "kept",
        row: id.0,
        version,
    }
}

fn supporter(deed: &Deed, mut row: Row) -> Result<Supporter, Refusal> {
    let (id, version) = (SupporterId(row.int(0)?), row.int(3)?);
    let kept: Kept = deed.open(&place(id, version), &row.blob(2)?)?;
    Ok(Supporter {
        id,
        person: row.maybe_int(1)?.map(PersonId),
        tied_by: kept.tied_by,
        details: kept.details,
        terms: kept.terms,
        entered_on: kept.entered_on,
        version,
    })
}

fn close(deed: &Deed, of: &Supporter, version: i64) -> Result<Vec<u8>, Refusal> {
    let kept = Kept {
        details: of.details.clone(),
        terms: of.terms.clone(),
        tied_by: of.tied_by.clone(),
        entered_on: of.entered_on,
    };
    Ok(deed.close(&place(of.id, version), &kept)?)
}

/// The supporter, if this town's; of somebody who was erased only what was never theirs.
pub async fn find(conn: &mut Conn, deed: &Deed, id: SupporterId) -> Result<Supporter, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    supporter(deed, row.ok_or(Refusal::NotFound)?)
}

async fn listed(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    args: &[Value],
) -> Result<Vec<Supporter>, Refusal> {
    let rows = conn.rows(statement, args).await?;
    rows.into_iter().map(|row| supporter(deed, row)).collect()
}

/// Everybody who is or was in, by their reading.
pub async fn list(conn: &mut Conn, deed: &Deed) -> Result<Vec<Supporter>, Refusal> {
    let mut all = listed(conn, deed, LIST, &args![deed.network()]).await?;
    all.retain(|one| !one.is_erased());
    // Names are sealed, so that this sort is not the database's.
    all.sort_by(|one, other| one.sorting().cmp(&other.sorting()));
    Ok(all)
}

/// Who is said to be this person of the register.
pub async fn list_of_person(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Supporter>, Refusal> {
    listed(conn, deed, OF_PERSON, &args![deed.network(), person]).await
}

/// How many rows there are.
pub async fn count(conn: &mut Conn, deed: &Deed) -> Result<usize, Error> {
    let row = conn.one(COUNT, &args![deed.network()]).await?;
    let rows = row.map_or(Ok(0), |row| row.int(0))?;
    Ok(usize::try_from(rows).unwrap_or(usize::MAX))
}

/// Keeps somebody new, findable.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Supporter) -> Result<(), Refusal> {
    let args = args![deed.network(), new.id, close(deed, new, 1)?];
    conn.exec_one(INSERT, &args).await?;
    put_keys(conn, deed, new.id, &new.details).await
}

/// Keeps what changed upon the version that was read, and under what they are found.
pub async fn save(conn: &mut Conn, deed: &Deed, changed: &Supporter) -> Result<(), Refusal> {
    set_person(conn, deed, changed, changed.person).await?;
    put_keys(conn, deed, changed.id, &changed.details).await
}

/// Says whose of the register they are.
pub async fn set_person(
    conn: &mut Conn,
    deed: &Deed,
    of: &Supporter,
    person: Option<PersonId>,
) -> Result<(), Refusal> {
    let version = of.version + 1;
    let kept = close(deed, of, version)?;
    let args = args![deed.network(), of.id, person, kept, version];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Writes anew under what somebody stands, with the current key.
pub(super) async fn put_keys(
    conn: &mut Conn,
    deed: &Deed,
    id: SupporterId,
    details: &Details,
) -> Result<(), Refusal> {
    conn.exec(FORGET_KEYS, &args![deed.network(), id]).await?;
    for clue in clues_of(details) {
        let args = args![deed.network(), clue.token(&KINDS, &deed.keys), id];
        conn.exec(PUT_KEY, &args).await?;
    }
    Ok(())
}

/// Whom the clues fit, each with how much, best first.
pub async fn list_matching(
    conn: &mut Conn,
    deed: &Deed,
    clues: &[Clue],
) -> Result<Vec<(Supporter, u32)>, Refusal> {
    let wanted = Wanted::of(clues, &KINDS, &deed.keys);
    let mut met = Vec::new();
    for part in wanted.parts() {
        let mut args: Vec<Value> = args![deed.network()].into();
        args.extend(part.map(Value::from));
        for row in conn.rows(UNDER, &args).await? {
            met.push((row.int(0)?, row.int(1)?));
        }
    }
    let mut found = Vec::new();
    for (id, weight) in wanted.best(met).into_iter().take(MOST_MATCHES) {
        found.push((find(conn, deed, SupporterId(id)).await?, weight));
    }
    Ok(found)
}
