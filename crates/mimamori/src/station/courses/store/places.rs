//! Places and closures ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use super::{date, shape};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::courses::rules::{Closed, Closure, Place};

const LIST: Sql = sql(
    "SELECT id, word, address, access, holds, open, version FROM course_places
     WHERE network = $1 ORDER BY id",
);

const INSERT: Sql = sql(
    "INSERT INTO course_places (network, id, word, address, access, holds, open, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
);

const SAVE: Sql = sql(
    "UPDATE course_places SET word = $3, address = $4, access = $5, holds = $6, open = $7,
            version = version + 1
     WHERE network = $1 AND id = $2 AND version = $8",
);

const CLOSURES: Sql = sql("SELECT id, since, until, word FROM course_closures
     WHERE network = $1 ORDER BY since, id");

const INSERT_CLOSURE: Sql = sql(
    "INSERT INTO course_closures (network, id, since, until, word)
     VALUES ($1, $2, $3, $4, $5)",
);

const REMOVE_CLOSURE: Sql = sql("DELETE FROM course_closures WHERE network = $1 AND id = $2");

fn place(mut row: Row) -> Result<Place, Error> {
    let holds = row.maybe_int(4)?.map(u32::try_from).transpose();
    Ok(Place {
        id: RowId(row.int(0)?),
        word: row.text(1)?,
        address: row.text(2)?,
        access: row.text(3)?,
        holds: holds.map_err(|_| shape("course_places.holds"))?,
        open: row.int(5)? == 1,
        version: row.int(6)?,
    })
}

/// Every place, also those that are not used any more.
pub async fn list_places(conn: &mut Conn, deed: &Deed) -> Result<Vec<Place>, Error> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    rows.into_iter().map(place).collect()
}

/// Keeps a new place.
pub async fn insert_place(conn: &mut Conn, deed: &Deed, new: &Place) -> Result<(), Error> {
    let args = args![
        deed.network(),
        new.id,
        &new.word,
        &new.address,
        &new.access,
        new.holds.map(i64::from),
        i64::from(new.open)
    ];
    conn.exec_one(INSERT, &args).await
}

/// Keeps a changed place upon the version that was read; whether nobody saved first.
pub async fn save_place(conn: &mut Conn, deed: &Deed, changed: &Place) -> Result<bool, Error> {
    let args = args![
        deed.network(),
        changed.id,
        &changed.word,
        &changed.address,
        &changed.access,
        changed.holds.map(i64::from),
        i64::from(changed.open),
        changed.version
    ];
    Ok(conn.exec(SAVE, &args).await? == 1)
}

/// When the Station is closed, the first first.
pub async fn list_closures(conn: &mut Conn, deed: &Deed) -> Result<Vec<Closure>, Error> {
    let closure = |mut row: Row| {
        Ok(Closure {
            id: RowId(row.int(0)?),
            closed: Closed {
                from: date(&row.text(1)?)?,
                until: date(&row.text(2)?)?,
                word: row.text(3)?,
            },
        })
    };
    let rows = conn.rows(CLOSURES, &args![deed.network()]).await?;
    rows.into_iter().map(closure).collect()
}

/// Keeps days on which the Station is closed.
pub async fn insert_closure(conn: &mut Conn, deed: &Deed, new: &Closure) -> Result<(), Error> {
    let args = args![
        deed.network(),
        new.id,
        new.closed.from.to_string(),
        new.closed.until.to_string(),
        &new.closed.word
    ];
    conn.exec_one(INSERT_CLOSURE, &args).await
}

/// Takes them out; whether they were there.
pub async fn remove_closure(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<bool, Error> {
    let removed = conn
        .exec(REMOVE_CLOSURE, &args![deed.network(), id])
        .await?;
    Ok(removed == 1)
}
