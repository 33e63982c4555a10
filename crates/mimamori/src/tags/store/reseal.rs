//! Sealing tags, their carriers and their history anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};
use seal::SealError;

use super::batches::note_place;
use super::carriers::address_place;
use super::history::remark_place;
use super::numbers::{number_place, open, token};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{CarrierId, RowId, TagId};
use crate::tags::rules::NumberKind;

const BATCHES_AFTER: Sql = sql("SELECT id, note FROM tag_batches
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 200");

const RESEAL_BATCH: Sql =
    sql("UPDATE tag_batches SET note = $3 WHERE network = $1 AND id = $2 AND note = $4");

// Each with its carriers and its history: about 200 rows.
const TAGS_AFTER: Sql = sql("SELECT id, kind, number FROM tags
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 40");

const RESEAL_TAG: Sql = sql("UPDATE tags SET number = $3, number_token = $4
     WHERE network = $1 AND id = $2 AND number = $5");

const CARRIERS: Sql =
    sql("SELECT id, address FROM carriers WHERE network = $1 AND tag = $2 ORDER BY id");

const RESEAL_CARRIER: Sql =
    sql("UPDATE carriers SET address = $3 WHERE network = $1 AND id = $2 AND address = $4");

const ACTS: Sql =
    sql("SELECT id, remark FROM tag_acts WHERE network = $1 AND tag = $2 ORDER BY id");

const RESEAL_ACT: Sql =
    sql("UPDATE tag_acts SET remark = $4 WHERE network = $1 AND tag = $2 AND id = $3");

/// Seals the notes of the next batches under the current key.
pub async fn reseal_batches(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn
        .rows(BATCHES_AFTER, &args![deed.network(), after])
        .await?
    {
        let (id, note) = (RowId(row.int(0)?), row.blob(1)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&note_place(id), &note)? {
            let args = args![deed.network(), id, fresh, note];
            moved.rows += conn.exec(RESEAL_BATCH, &args).await?;
        }
    }
    Ok(moved)
}

/// Seals the next tags under the current key, with all that belongs to them, and writes the tokens
/// of their numbers anew.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(TAGS_AFTER, &args![deed.network(), after]).await? {
        let id = TagId(row.int(0)?);
        moved.next = Some(id.0);
        moved.rows += number(conn, deed, id, &row.text(1)?, row.blob(2)?).await?;
        moved.rows += carriers(conn, deed, id).await?;
        moved.rows += acts(conn, deed, id).await?;
    }
    Ok(moved)
}

async fn number(
    conn: &mut Conn,
    deed: &Deed,
    id: TagId,
    kind: &str,
    sealed: Vec<u8>,
) -> Result<u64, Unmoved> {
    let Some(fresh) = deed.resealed(&number_place(id), &sealed)? else {
        return Ok(0);
    };
    let kind = NumberKind::from_code(kind).ok_or(SealError::Malformed)?;
    let token = token(&deed.keys, &open(&deed.keys, id, kind, &sealed)?);
    let args = args![deed.network(), id, fresh, token, sealed];
    Ok(conn.exec(RESEAL_TAG, &args).await?)
}

async fn carriers(conn: &mut Conn, deed: &Deed, tag: TagId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(CARRIERS, &args![deed.network(), tag]).await? {
        let (id, address) = (CarrierId(row.int(0)?), row.blob(1)?);
        if let Some(fresh) = deed.resealed(&address_place(id), &address)? {
            let args = args![deed.network(), id, fresh, address];
            moved += conn.exec(RESEAL_CARRIER, &args).await?;
        }
    }
    Ok(moved)
}

async fn acts(conn: &mut Conn, deed: &Deed, tag: TagId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(ACTS, &args![deed.network(), tag]).await? {
        let (id, remark) = (row.int(0)?, row.blob(1)?);
        if let Some(fresh) = deed.resealed(&remark_place(tag, id), &remark)? {
            let args = args![deed.network(), tag, id, fresh];
            moved += conn.exec(RESEAL_ACT, &args).await?;
        }
    }
    Ok(moved)
}
