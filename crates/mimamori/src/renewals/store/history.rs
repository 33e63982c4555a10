//! What was done in a renewal ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::Place;

use super::renewals::shape;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{PersonId, StaffId};
use crate::renewals::rules::{Act, Done, Refusal};

const INSERT: Sql = sql(
    "INSERT INTO renewal_acts (network, person, id, year, at, by, act, way, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

const LIST: Sql = sql("SELECT id, year, at, by, act, way, words FROM renewal_acts
     WHERE network = $1 AND person = $2 ORDER BY id DESC LIMIT 100");

/// The account behind a deed; 0 for the program.
pub(super) fn actor_number(deed: &Deed) -> i64 {
    deed.scope.actor.account().map_or(0, |account| account.0)
}

/// The person takes the version's place: a line of history has only one.
pub(super) fn words_place(person: PersonId, id: i64) -> Place {
    Place {
        table: "renewal_acts",
        column: "words",
        row: id,
        version: person.0,
    }
}

/// Keeps what was done, in which way, with words where some were said.
pub async fn insert_act(
    conn: &mut Conn,
    deed: &Deed,
    (person, year): (PersonId, i16),
    (act, way): (Act, &str),
    words: &str,
) -> Result<(), Refusal> {
    let id = deed.new_id();
    let sealed = match words {
        "" => Vec::new(),
        words => {
            let place = words_place(person, id);
            deed.keys
                .seal(&place, words.as_bytes(), &mut deed.dice.clone())
        }
    };
    let args = args![
        deed.network(),
        person,
        id,
        i64::from(year),
        deed.at(),
        actor_number(deed),
        act.code(),
        way,
        sealed
    ];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// The newest hundred things that were done in the renewals of a person, newest first.
pub async fn list_acts(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<Done>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), person]).await?;
    rows.into_iter()
        .map(|mut row| done(deed, person, &mut row))
        .collect()
}

fn done(deed: &Deed, person: PersonId, row: &mut Row) -> Result<Done, Refusal> {
    let sealed = row.blob(6)?;
    let words = match sealed.is_empty() {
        true => String::new(),
        false => {
            let plain = deed.keys.open(&words_place(person, row.int(0)?), &sealed)?;
            String::from_utf8_lossy(&plain).into_owned()
        }
    };
    let by = row.int(3)?;
    Ok(Done {
        year: i16::try_from(row.int(1)?).map_err(|_| shape("renewal_acts.year"))?,
        at: instant(row.int(2)?),
        by: (by != 0).then_some(StaffId(by)),
        act: Act::from_code(&row.text(4)?).ok_or_else(|| shape("renewal_acts.act"))?,
        way: row.text(5)?,
        words,
    })
}
