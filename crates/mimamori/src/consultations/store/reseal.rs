//! Sealing consultations anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::changes::before_place;
use super::rows::{codes_place, open, words_place};
use super::strangers::{card_place, put_keys};
use crate::consultations::rules::Refusal;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{ConsultationId, RowId};

const AFTER: Sql = sql("SELECT id, version, codes, words FROM consultations
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE consultations SET codes = $4, words = $5
     WHERE network = $1 AND id = $2 AND version = $3");

const CHANGES: Sql = sql("SELECT id, before FROM consultation_changes
     WHERE network = $1 AND consultation = $2");

const RESEAL_CHANGE: Sql = sql("UPDATE consultation_changes SET before = $4
     WHERE network = $1 AND consultation = $2 AND id = $3");

const STRANGERS_AFTER: Sql = sql("SELECT id, version, card FROM consultation_strangers
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 50");

const RESEAL_STRANGER: Sql = sql("UPDATE consultation_strangers SET card = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Seals the next consultations under the current key, with what they were before.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let (id, version) = (ConsultationId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        let codes = deed.resealed(&codes_place(id, version), &row.blob(2)?)?;
        let words = deed.resealed(&words_place(id, version), &row.blob(3)?)?;
        // Both are sealed in one write, so that both are of one key.
        if let Some((codes, words)) = codes.zip(words) {
            let args = args![deed.network(), id, version, codes, words];
            // Nothing is moved where somebody saved in between: that save used the current key.
            moved.rows += conn.exec(RESEAL, &args).await?;
        }
        moved.rows += changes(conn, deed, id).await?;
    }
    Ok(moved)
}

async fn changes(conn: &mut Conn, deed: &Deed, of: ConsultationId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(CHANGES, &args![deed.network(), of]).await? {
        let id = row.int(0)?;
        if let Some(fresh) = deed.resealed(&before_place(id), &row.blob(1)?)? {
            moved += conn
                .exec(RESEAL_CHANGE, &args![deed.network(), of, id, fresh])
                .await?;
        }
    }
    Ok(moved)
}

/// The same for people who are not registered, with what they are found under.
pub async fn reseal_strangers(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn
        .rows(STRANGERS_AFTER, &args![deed.network(), after])
        .await?
    {
        let (id, version) = (RowId(row.int(0)?), row.int(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&card_place(id, version), &row.blob(2)?)? {
            let card = open(deed, &card_place(id, version), &fresh)?;
            let args = args![deed.network(), id, version, fresh];
            moved.rows += conn.exec(RESEAL_STRANGER, &args).await?;
            put_keys(conn, deed, id, &card).await.map_err(below)?;
        }
    }
    Ok(moved)
}

fn below(refusal: Refusal) -> Unmoved {
    match refusal {
        Refusal::Seal(error) => error.into(),
        Refusal::Db(error) => error.into(),
        other => Unmoved::Db(db::Error::Shape(other.to_string())),
    }
}
