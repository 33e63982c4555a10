//! Merges, and what was moved by them.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, staff_of};
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::store::actor_number;
use crate::people::twins::rules::{Before, Merge, Refusal};

const INSERT: Sql = sql(
    "INSERT INTO twin_merges (network, id, kept, gone, at, by, undone_at, undone_by, before, photo)
     VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, $7, $8)",
);

const FIND: Sql = sql("SELECT id, kept, gone, at, by, before FROM twin_merges
     WHERE network = $1 AND id = $2 AND undone_at IS NULL");

const LIST: Sql = sql("SELECT id, kept, gone, at, by, before FROM twin_merges
     WHERE network = $1 AND kept = $2 AND undone_at IS NULL ORDER BY id DESC");

const PHOTO: Sql = sql("SELECT photo FROM twin_merges WHERE network = $1 AND id = $2");

const UNDO: Sql = sql("UPDATE twin_merges SET undone_at = $3, undone_by = $4
     WHERE network = $1 AND id = $2 AND undone_at IS NULL");

const NEWER: Sql = sql("SELECT kept, gone, id FROM twin_merges
     WHERE network = $1 AND undone_at IS NULL AND id > $2 AND at > $3 ORDER BY id LIMIT 20");

const FORGET_MOVES: Sql = sql("DELETE FROM twin_moves WHERE network = $1 AND merge IN
       (SELECT id FROM twin_merges WHERE network = $1 AND (kept = $2 OR gone = $2))");

const FORGET: Sql = sql("DELETE FROM twin_merges WHERE network = $1 AND (kept = $2 OR gone = $2)");

const ADD_MOVE: Sql = sql("INSERT INTO twin_moves (network, merge, place, moved)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");

const MOVES: Sql =
    sql("SELECT moved FROM twin_moves WHERE network = $1 AND merge = $2 AND place = $3");

pub(super) fn before_place(id: RowId) -> Place {
    Place {
        table: "twin_merges",
        column: "before",
        row: id.0,
        version: 0,
    }
}

pub(super) fn photo_place(id: RowId) -> Place {
    Place {
        table: "twin_merges",
        column: "photo",
        row: id.0,
        version: 0,
    }
}

/// Keeps a merge, with the face that it replaced.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    (kept, gone): (PersonId, PersonId),
    before: &Before,
    photo: Option<&[u8]>,
) -> Result<(), Refusal> {
    let sealed = close(deed, &before_place(id), before)?;
    let face = photo.map(|jpeg| {
        let chance = &mut deed.dice.clone();
        deed.keys.seal(&photo_place(id), jpeg, chance)
    });
    let (at, by) = (deed.at(), actor_number(deed));
    let args = args![deed.network(), id, kept, gone, at, by, sealed, face];
    Ok(conn.exec_one(INSERT, &args).await?)
}

fn merge(deed: &Deed, mut row: Row) -> Result<Merge, Refusal> {
    let id = RowId(row.int(0)?);
    Ok(Merge {
        id,
        kept: PersonId(row.int(1)?),
        gone: PersonId(row.int(2)?),
        at: row.int(3)?,
        by: staff_of(row.int(4)?),
        before: open(deed, &before_place(id), &row.blob(5)?)?,
    })
}

/// The merge, while it is in force.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Option<Merge>, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    row.map(|row| merge(deed, row)).transpose()
}

/// What was merged into a record and is still, the newest first.
pub async fn list(conn: &mut Conn, deed: &Deed, kept: PersonId) -> Result<Vec<Merge>, Refusal> {
    let rows = conn.rows(LIST, &args![deed.network(), kept]).await?;
    rows.into_iter().map(|row| merge(deed, row)).collect()
}

/// The face that the merge replaced, as JPEG.
pub async fn find_photo(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
) -> Result<Option<Vec<u8>>, Refusal> {
    let row = conn.one(PHOTO, &args![deed.network(), id]).await?;
    let sealed = row.map_or(Ok(None), |mut row| row.maybe_blob(0))?;
    let face = sealed.map(|sealed| deed.keys.open(&photo_place(id), &sealed));
    Ok(face.transpose()?.map(|jpeg| jpeg.to_vec()))
}

/// Says that a merge was undone; `false` where somebody else did it before.
pub async fn undo(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<bool, Refusal> {
    let args = args![deed.network(), id, deed.at(), actor_number(deed)];
    Ok(conn.exec(UNDO, &args).await? == 1)
}

/// Some merges in force after this one that were made since then, as (id, kept, gone).
pub async fn list_newer(
    conn: &mut Conn,
    deed: &Deed,
    after: RowId,
    at: i64,
) -> Result<Vec<(RowId, PersonId, PersonId)>, Refusal> {
    let rows = conn.rows(NEWER, &args![deed.network(), after, at]).await?;
    let read = |row: &Row| {
        Ok((
            RowId(row.int(2)?),
            PersonId(row.int(0)?),
            PersonId(row.int(1)?),
        ))
    };
    rows.iter().map(read).collect()
}

/// Notes which rows of a table were moved.
pub async fn add_moves(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    table: &str,
    moved: &[i64],
) -> Result<(), Refusal> {
    for row in moved {
        conn.exec(ADD_MOVE, &args![deed.network(), id, table, *row])
            .await?;
    }
    Ok(())
}

/// Which rows of a table were moved.
pub async fn list_moves(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    table: &str,
) -> Result<Vec<i64>, Refusal> {
    let rows = conn.rows(MOVES, &args![deed.network(), id, table]).await?;
    rows.iter().map(|row| Ok(row.int(0)?)).collect()
}

/// Forgets every merge of a record that is erased, and what was moved by it.
pub async fn forget_of(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<(), Error> {
    for statement in [FORGET_MOVES, FORGET] {
        conn.exec(statement, &args![deed.network(), id]).await?;
    }
    Ok(())
}
