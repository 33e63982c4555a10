//! Batches ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{Place, SealError};

use super::history::{actor_number, staff};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::tags::rules::{Batch, Mix, Order, Refusal};

const INSERT: Sql = sql(
    "INSERT INTO tag_batches (network, id, count, made, key_holders, magnets, stickers, iron_ons,
       ordered_at, ordered_by, note, taken_at)
     VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, NULL)",
);

const LIST: Sql = sql(
    "SELECT id, count, made, key_holders, magnets, stickers, iron_ons, ordered_at, ordered_by, note, taken_at
     FROM tag_batches WHERE network = $1 ORDER BY id DESC",
);

const FIND: Sql = sql(
    "SELECT id, count, made, key_holders, magnets, stickers, iron_ons, ordered_at, ordered_by, note, taken_at
     FROM tag_batches WHERE network = $1 AND id = $2",
);

const ADD_MADE: Sql =
    sql("UPDATE tag_batches SET made = made + $4 WHERE network = $1 AND id = $2 AND made = $3");

const SAVE_TAKEN: Sql = sql("UPDATE tag_batches SET taken_at = $3 WHERE network = $1 AND id = $2");

/// A note never changes, so its seal belongs to version 0 of its row.
pub(super) fn note_place(batch: RowId) -> Place {
    Place {
        table: "tag_batches",
        column: "note",
        row: batch.0,
        version: 0,
    }
}

/// Keeps an order; no number of it exists yet.
pub async fn insert_batch(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    order: &Order,
) -> Result<(), Error> {
    let [key_holders, magnets, stickers, iron_ons] = order.mix.0;
    let chance = &mut deed.dice.clone();
    let note = deed
        .keys
        .seal(&note_place(id), order.note.as_bytes(), chance);
    let (at, by) = (deed.at(), actor_number(deed));
    let args = args![
        deed.network(),
        id,
        order.count,
        key_holders,
        magnets,
        stickers,
        iron_ons,
        at,
        by,
        note
    ];
    conn.exec_one(INSERT, &args).await
}

/// The town's batches, the newest first.
pub async fn list_batches(conn: &mut Conn, deed: &Deed) -> Result<Vec<Batch>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    rows.into_iter().map(|row| batch(deed, row)).collect()
}

/// The batch, if it is this town's.
pub async fn find_batch(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Option<Batch>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    row.map(|row| batch(deed, row)).transpose()
}

/// Counts the next piece as made, upon what was made before: two who fill the same batch can't
/// both go on.
pub async fn add_made(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    before: i64,
    piece: i64,
) -> Result<(), Error> {
    conn.exec_one(ADD_MADE, &args![deed.network(), id, before, piece])
        .await
}

/// Writes down that the maker's list was taken now.
pub async fn save_taken(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<(), Error> {
    conn.exec_one(SAVE_TAKEN, &args![deed.network(), id, deed.at()])
        .await
}

fn batch(deed: &Deed, mut row: Row) -> Result<Batch, Refusal> {
    let id = RowId(row.int(0)?);
    let note = deed.keys.open(&note_place(id), &row.blob(9)?)?;
    let order = Order {
        count: row.int(1)?,
        mix: Mix([row.int(3)?, row.int(4)?, row.int(5)?, row.int(6)?]),
        note: String::from_utf8(note.to_vec()).map_err(|_| SealError::Malformed)?,
    };
    Ok(Batch {
        id,
        order,
        made: row.int(2)?,
        ordered_at: instant(row.int(7)?),
        ordered_by: staff(row.int(8)?),
        taken_at: row.maybe_int(10)?.map(instant),
    })
}
