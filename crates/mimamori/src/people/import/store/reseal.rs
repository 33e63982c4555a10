//! Sealing runs, their files and their rows anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::rows::place;
use super::runs::{FileKind, file_place, name_place};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

const NEXT: Sql = sql("SELECT id, name FROM import_runs
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 1");

const RESEAL: Sql = sql("UPDATE import_runs SET name = $3 WHERE network = $1 AND id = $2");

const FILE: Sql =
    sql("SELECT sealed FROM import_files WHERE network = $1 AND run = $2 AND kind = $3");

const RESEAL_FILE: Sql = sql("UPDATE import_files SET sealed = $4
     WHERE network = $1 AND run = $2 AND kind = $3 AND sealed = $5");

// $3: how a value begins that is sealed with the current key.
const OLDER_ROWS: Sql = sql("SELECT number, sealed FROM import_rows
     WHERE network = $1 AND run = $2 AND substr(sealed, 1, 5) <> $3 ORDER BY number LIMIT 200");

const RESEAL_ROW: Sql = sql("UPDATE import_rows SET sealed = $4
     WHERE network = $1 AND run = $2 AND number = $3 AND sealed = $5");

const COUNT_TAKING: Sql = sql("SELECT COUNT(*) FROM import_runs
     WHERE network = $1 AND state = 'taking' AND updated_at > $2");

/// Seals the next run under the current key: 200 of its rows at a time, and when none is left its
/// files and its name.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let Some(mut row) = conn.one(NEXT, &args![deed.network(), after]).await? else {
        return Ok(Moved::default());
    };
    let id = RowId(row.int(0)?);
    let rows = rows(conn, deed, id).await?;
    if rows > 0 {
        let next = Some(after);
        return Ok(Moved { rows, next });
    }
    let mut rows = file(conn, deed, id, FileKind::Given).await?;
    rows += file(conn, deed, id, FileKind::Refused).await?;
    if let Some(fresh) = deed.resealed(&name_place(id), &row.blob(1)?)? {
        rows += conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
    }
    let next = Some(id.0);
    Ok(Moved { rows, next })
}

async fn file(conn: &mut Conn, deed: &Deed, run: RowId, kind: FileKind) -> Result<u64, Unmoved> {
    let found = conn
        .one(FILE, &args![deed.network(), run, kind.code()])
        .await?;
    let Some(mut row) = found else {
        return Ok(0);
    };
    let sealed = row.blob(0)?;
    let Some(fresh) = deed.resealed(&file_place(run, kind), &sealed)? else {
        return Ok(0);
    };
    let args = args![deed.network(), run, kind.code(), fresh, sealed];
    Ok(conn.exec(RESEAL_FILE, &args).await?)
}

async fn rows(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<u64, Unmoved> {
    let args = args![deed.network(), run, deed.keys.head().to_vec()];
    let mut moved = 0;
    for mut row in conn.rows(OLDER_ROWS, &args).await? {
        let (number, sealed) = (row.int(0)?, row.blob(1)?);
        if let Some(fresh) = deed.resealed(&place(run, number), &sealed)? {
            let args = args![deed.network(), run, number, fresh, sealed];
            moved += conn.exec(RESEAL_ROW, &args).await?;
        }
    }
    Ok(moved)
}

/// How many runs have been writing people since an instant; each seals with the key that was the
/// town's when it began.
pub async fn count_taking(conn: &mut Conn, deed: &Deed, since: i64) -> Result<i64, db::Error> {
    let row = conn
        .one(COUNT_TAKING, &args![deed.network(), since])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}
