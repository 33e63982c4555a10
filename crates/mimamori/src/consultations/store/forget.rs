//! Erasing what consultations tell of somebody. What was counted in a month stays.

use db::{Conn, Sql, args, sql};
use jiff::civil::Date;

use super::rows::{close, codes_place, open, words_place};
use crate::consultations::rules::{About, Codes, Refusal, Words, instant_of};
use crate::deed::Deed;
use crate::ids::{ConsultationId, PersonId, RowId};
use crate::people;
use crate::tasks;

const OF_PERSON: Sql = sql("SELECT id FROM consultations
     WHERE network = $1 AND person = $2 ORDER BY id");

const OF_STRANGER: Sql = sql("SELECT id FROM consultations
     WHERE network = $1 AND stranger = $2 ORDER BY id");

const COUNTED: Sql = sql("SELECT version, day, codes FROM consultations
     WHERE network = $1 AND id = $2");

const CHANGES: Sql =
    sql("DELETE FROM consultation_changes WHERE network = $1 AND consultation = $2");

// The rows of one month are told apart by nothing any more but what was counted; the old id would
// tell the millisecond in which it was taken down, and the audit's line of that moment by whom. One that was struck
// out stays so: else it would be counted.
const EMPTY: Sql = sql(
    "UPDATE consultations SET id = $8, person = NULL, stranger = NULL,
       state = CASE WHEN state = 'struck' THEN 'struck' ELSE 'closed' END,
       by = 0, day = $3, at = $4, next_on = NULL, task = NULL, codes = $5, words = $6, version = $7
     WHERE network = $1 AND id = $2",
);

const STRANGERS: Sql = sql("SELECT DISTINCT stranger FROM consultations
     WHERE network = $1 AND person = $2 AND stranger IS NOT NULL");

// After two records that had become one are two again, one card may stand with both: it goes with
// the last of them.
const FORGET_KEYS: Sql = sql(
    "DELETE FROM consultation_keys WHERE network = $1 AND stranger = $2
     AND NOT EXISTS (SELECT 1 FROM consultations c
       WHERE c.network = $1 AND c.stranger = $2)",
);

const FORGET_STRANGER: Sql = sql("DELETE FROM consultation_strangers
     WHERE network = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM consultations c
       WHERE c.network = $1 AND c.stranger = $2)");

/// Erases what was said about the person, when and to whom, and keeps what was counted in the
/// month: one mark, made by chance, still counts the receptions as one person's.
pub async fn forget_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<(), people::Refusal> {
    let strangers = conn.rows(STRANGERS, &args![deed.network(), person]).await?;
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    let mark = deed.timeless_id();
    for row in rows {
        empty(conn, deed, ConsultationId(row.int(0)?), mark).await?;
    }
    for row in strangers {
        forget_card(conn, deed, RowId(row.int(0)?)).await?;
    }
    Ok(())
}

/// The same of somebody who is not registered.
pub async fn forget_stranger(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    let rows = conn.rows(OF_STRANGER, &args![deed.network(), id]).await?;
    let mark = deed.timeless_id();
    for row in rows {
        empty(conn, deed, ConsultationId(row.int(0)?), mark).await?;
    }
    Ok(forget_card(conn, deed, id).await?)
}

/// The same of one reception about nobody who is known.
pub async fn forget_one(conn: &mut Conn, deed: &Deed, id: ConsultationId) -> Result<(), Refusal> {
    Ok(empty(conn, deed, id, 0).await?)
}

async fn forget_card(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), db::Error> {
    for statement in [FORGET_KEYS, FORGET_STRANGER] {
        conn.exec(statement, &args![deed.network(), id]).await?;
    }
    Ok(())
}

async fn empty(
    conn: &mut Conn,
    deed: &Deed,
    id: ConsultationId,
    mark: i64,
) -> Result<(), people::Refusal> {
    let Some(mut row) = conn.one(COUNTED, &args![deed.network(), id]).await? else {
        return Ok(());
    };
    let version = row.int(0)?;
    let day: Date = row
        .text(1)?
        .parse()
        .map_err(|_| db::Error::Shape("consultations.day".to_owned()))?;
    let codes: Codes = open(deed, &codes_place(id, version), &row.blob(2)?)?;
    // Somebody is counted once still; nobody is counted as nobody.
    let about = match codes.about {
        About::Nameless | About::Nobody => codes.about,
        About::Registered | About::Stranger | About::Erased => About::Erased,
    };
    let codes = Codes {
        about,
        who: mark,
        also: [0; 3],
        minutes: None,
        closed: true,
        ..codes
    };
    let (fresh, next) = (ConsultationId(deed.timeless_id()), version + 1);
    let first = day.first_of_month();
    let args = args![
        deed.network(),
        id,
        first.to_string(),
        instant_of(first.at(0, 0, 0, 0)).as_millisecond(),
        close(deed, &codes_place(fresh, next), &codes)?,
        close(deed, &words_place(fresh, next), &Words::default())?,
        next,
        fresh
    ];
    conn.exec(CHANGES, &args![deed.network(), id]).await?;
    conn.exec_one(EMPTY, &args).await?;
    let link = format!("/consultations/{id}");
    Ok(tasks::forget_linked_in(conn, deed, &link).await?)
}
