//! Lists on their way in ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::Timestamp;
use seal::Place;

use super::rules::Refusal;
use crate::clock::instant;
use crate::deed::{Deed, Moved, Unmoved};
use crate::exchange::lists::List;
use crate::ids::{RowId, StaffId};

const INSERT: Sql = sql(
    "INSERT INTO exchange_files (network, id, list, staff, at, sealed)
     VALUES ($1, $2, $3, $4, $5, $6)",
);

const FIND: Sql = sql("SELECT id, list, at, sealed FROM exchange_files
     WHERE network = $1 AND id = $2 AND staff = $3");

const DROP: Sql = sql("DELETE FROM exchange_files WHERE network = $1 AND id = $2 AND staff = $3");

const FORGET: Sql = sql("DELETE FROM exchange_files WHERE network = $1 AND at < $2");

const COUNT_OLD: Sql = sql("SELECT COUNT(*) FROM exchange_files WHERE network = $1 AND at < $2");

const AFTER: Sql = sql("SELECT id, sealed FROM exchange_files
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 1");

const RESEAL: Sql = sql("UPDATE exchange_files SET sealed = $3 WHERE network = $1 AND id = $2");

/// A file that was brought.
pub struct Brought {
    /// Of which list.
    pub list: List,
    /// When.
    pub at: Timestamp,
    /// As it came.
    pub file: Vec<u8>,
}

fn place(id: RowId) -> Place {
    Place {
        table: "exchange_files",
        column: "sealed",
        row: id.0,
        version: 1,
    }
}

/// Who brought it; 0 for the program.
fn who(deed: &Deed) -> StaffId {
    deed.scope.actor.account().unwrap_or(StaffId(0))
}

/// Keeps a file, sealed.
pub async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    list: List,
    file: &[u8],
) -> Result<(), Error> {
    let sealed = deed.keys.seal(&place(id), file, &mut deed.dice.clone());
    let args = args![
        deed.network(),
        id,
        list.code(),
        who(deed),
        deed.at(),
        sealed
    ];
    conn.exec_one(INSERT, &args).await
}

/// The file, where this account brought it.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Brought, Refusal> {
    let row = conn
        .one(FIND, &args![deed.network(), id, who(deed)])
        .await?;
    brought(deed, row.ok_or(Refusal::NotFound)?)
}

fn brought(deed: &Deed, mut row: Row) -> Result<Brought, Refusal> {
    let (id, list) = (RowId(row.int(0)?), row.text(1)?);
    let list = List::from_code(&list);
    let list = list.ok_or_else(|| Error::Shape("exchange_files.list".to_owned()))?;
    Ok(Brought {
        list,
        at: instant(row.int(2)?),
        file: deed.keys.open(&place(id), &row.blob(3)?)?.to_vec(),
    })
}

/// Drops it; whether it was there.
pub async fn drop_file(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<bool, Error> {
    let args = args![deed.network(), id, who(deed)];
    Ok(conn.exec(DROP, &args).await? == 1)
}

/// Drops what was brought before an instant.
pub async fn forget(conn: &mut Conn, deed: &Deed, before: i64) -> Result<(), Error> {
    conn.exec(FORGET, &args![deed.network(), before]).await?;
    Ok(())
}

/// Whether there is such.
pub async fn holds_old(conn: &mut Conn, deed: &Deed, before: i64) -> Result<bool, Error> {
    let row = conn.one(COUNT_OLD, &args![deed.network(), before]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

/// Seals the next file under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let id = RowId(row.int(0)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&place(id), &row.blob(1)?)? {
            moved.rows += conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
        }
    }
    Ok(moved)
}
