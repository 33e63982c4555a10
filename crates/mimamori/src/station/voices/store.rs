//! Voices ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::{Place, SealError};

use super::rules::{Mark, Refusal, Voice};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;
use crate::station::reseal;

const INSERT: Sql = sql(
    "INSERT INTO course_voices (network, id, lesson, mark, words, version)
     VALUES ($1, $2, $3, $4, NULL, 1) ON CONFLICT DO NOTHING",
);

const COUNT: Sql = sql("SELECT COUNT(*) FROM course_voices WHERE network = $1 AND lesson = $2");

const FIND: Sql = sql("SELECT id, lesson, mark, words, version FROM course_voices
     WHERE network = $1 AND id = $2");

// CROSS: SQLite walks through the month's days first, and not through all that was ever said.
const BETWEEN: Sql = sql(
    "SELECT v.id, v.lesson, v.mark, v.words, v.version FROM course_days d CROSS JOIN course_voices v
     WHERE d.network = $1 AND d.day >= $2 AND d.day <= $3 AND v.network = d.network AND v.lesson = d.id",
);

const SAVE_WORDS: Sql = sql("UPDATE course_voices SET words = $3, version = $4
     WHERE network = $1 AND id = $2 AND version = $4 - 1");

const AFTER: Sql = sql("SELECT id, version, words FROM course_voices
     WHERE network = $1 AND id > $2 AND words IS NOT NULL ORDER BY id LIMIT 100");

const RESEAL: Sql =
    sql("UPDATE course_voices SET words = $4 WHERE network = $1 AND id = $2 AND version = $3");

fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "course_voices",
        column: "words",
        row: id.0,
        version,
    }
}

fn voice(deed: &Deed, mut row: Row) -> Result<Voice, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(4)?);
    let sealed = row.maybe_blob(3)?;
    let words = match sealed {
        Some(sealed) => {
            let plain = deed.keys.open(&place(id, version), &sealed)?;
            String::from_utf8(plain.to_vec()).map_err(|_| SealError::Malformed)?
        }
        None => String::new(),
    };
    Ok(Voice {
        id,
        lesson: RowId(row.int(1)?),
        mark: Mark::from_code(&row.text(2)?)
            .ok_or_else(|| Error::Shape("course_voices.mark".to_owned()))?,
        words,
        version,
    })
}

/// Keeps a tap; one that is there already stays as it is.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Voice) -> Result<(), Refusal> {
    let args = args![deed.network(), new.id, new.lesson, new.mark.code()];
    conn.exec(INSERT, &args).await?;
    Ok(())
}

/// How many there are of a day.
pub async fn count(conn: &mut Conn, deed: &Deed, lesson: RowId) -> Result<i64, Refusal> {
    let row = conn.one(COUNT, &args![deed.network(), lesson]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))?)
}

/// The voice, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Voice, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    voice(deed, row.ok_or(Refusal::NotFound)?)
}

/// The voices about what was held from day to day, both included; in no order that tells when.
pub async fn list_between(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    until: Date,
) -> Result<Vec<Voice>, Refusal> {
    let args = args![deed.network(), from.to_string(), until.to_string()];
    let rows = conn.rows(BETWEEN, &args).await?.into_iter();
    let mut all: Vec<Voice> = rows.map(|row| voice(deed, row)).collect::<Result<_, _>>()?;
    // By identities that say nothing, and not by the order in which they came.
    all.sort_by_key(|one| one.id);
    Ok(all)
}

/// Keeps the words upon the version that was read; empty ones leave nothing.
pub async fn save_words(conn: &mut Conn, deed: &Deed, changed: &Voice) -> Result<bool, Refusal> {
    let version = changed.version + 1;
    let mut dice = deed.dice.clone();
    let words = changed.words.as_bytes();
    let sealed = deed
        .keys
        .seal(&place(changed.id, version), words, &mut dice);
    let sealed = (!words.is_empty()).then_some(sealed);
    let args = args![deed.network(), changed.id, sealed, version];
    Ok(conn.exec(SAVE_WORDS, &args).await? == 1)
}

/// Seals the next words under the current key.
pub async fn reseal(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    reseal::some(conn, deed, after, (AFTER, RESEAL, place)).await
}
