//! Erasing what consultations tell of somebody.

use db::{Conn, Sql, args, sql};
use jiff::civil::Date;

use super::rows::{close, codes_place, open, words_place};
use crate::consultations::rules::{About, Codes, Words, instant_of};
use crate::deed::Deed;
use crate::ids::{ConsultationId, PersonId};
use crate::people;

const OF_PERSON: Sql = sql("SELECT id, version, day, codes FROM consultations
     WHERE network = $1 AND person = $2 ORDER BY id");

const CHANGES: Sql =
    sql("DELETE FROM consultation_changes WHERE network = $1 AND consultation = $2");

// The rows of one month are told apart by nothing any more but what was counted.
const EMPTY: Sql = sql(
    "UPDATE consultations SET person = NULL, stranger = NULL, state = 'closed',
       by = 0, day = $3, at = $4, next_on = NULL, task = NULL, codes = $5, words = $6, version = $7
     WHERE network = $1 AND id = $2",
);

const STRANGERS: Sql = sql("SELECT DISTINCT stranger FROM consultations
     WHERE network = $1 AND person = $2 AND stranger IS NOT NULL");

const FORGET_KEYS: Sql = sql("DELETE FROM consultation_keys WHERE network = $1 AND stranger = $2");

const FORGET_STRANGER: Sql =
    sql("DELETE FROM consultation_strangers WHERE network = $1 AND id = $2");

/// Erases what was said about the person, when and to whom, and keeps what was counted in the
/// month: one mark, made by chance, still counts the receptions as one person's.
pub async fn forget_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<(), people::Refusal> {
    let strangers = conn.rows(STRANGERS, &args![deed.network(), person]).await?;
    let rows = conn.rows(OF_PERSON, &args![deed.network(), person]).await?;
    let mark = deed.new_id();
    for mut row in rows {
        let (id, version) = (ConsultationId(row.int(0)?), row.int(1)?);
        let day: Date = row
            .text(2)?
            .parse()
            .map_err(|_| db::Error::Shape("consultations.day".to_owned()))?;
        let codes: Codes = open(deed, &codes_place(id, version), &row.blob(3)?)?;
        let codes = Codes {
            about: About::Erased,
            who: mark,
            minutes: None,
            closed: true,
            ..codes
        };
        let next = version + 1;
        let first = day.first_of_month();
        let args = args![
            deed.network(),
            id,
            first.to_string(),
            instant_of(first.at(0, 0, 0, 0)).as_millisecond(),
            close(deed, &codes_place(id, next), &codes)?,
            close(deed, &words_place(id, next), &Words::default())?,
            next
        ];
        conn.exec_one(EMPTY, &args).await?;
        conn.exec(CHANGES, &args![deed.network(), id]).await?;
    }
    for row in strangers {
        let stranger = row.int(0)?;
        for statement in [FORGET_KEYS, FORGET_STRANGER] {
            conn.exec(statement, &args![deed.network(), stranger])
                .await?;
        }
    }
    Ok(())
}
