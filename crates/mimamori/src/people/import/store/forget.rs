//! Erasing what past imports still hold of people.

use db::{Conn, Error, Sql, args, sql};

use super::runs::name_place;
use crate::deed::Deed;
use crate::ids::RowId;

const BEGUN: Sql = sql(
    "SELECT COUNT(*) FROM import_files f JOIN import_runs r ON r.network = f.network AND r.id = f.run
     WHERE f.network = $1 AND f.kind = 'given' AND r.updated_at >= $2",
);

const FILES: Sql = sql("DELETE FROM import_files WHERE network = $1");

const ROWS: Sql = sql("DELETE FROM import_rows WHERE network = $1");

const GIVEN: Sql = sql("DELETE FROM import_files WHERE network = $1 AND kind = 'given'");

const FILES_SINCE: Sql = sql("DELETE FROM import_files WHERE network = $1
     AND run IN (SELECT id FROM import_runs WHERE network = $1 AND updated_at >= $2)");

const ROWS_SINCE: Sql = sql("DELETE FROM import_rows WHERE network = $1
     AND run IN (SELECT id FROM import_runs WHERE network = $1 AND updated_at >= $2)");

const ROW: Sql = sql("DELETE FROM import_rows WHERE network = $1 AND run = $2 AND number = $3");

const NAME: Sql = sql("UPDATE import_runs SET name = $3 WHERE network = $1 AND id = $2");

const OLD: Sql = sql("SELECT r.id FROM import_runs r WHERE r.network = $1
     AND (r.updated_at < $2 AND EXISTS (SELECT 1 FROM import_files f
            WHERE f.network = r.network AND f.run = r.id AND f.kind = 'given')
       OR r.updated_at < $3 AND (EXISTS (SELECT 1 FROM import_files f
            WHERE f.network = r.network AND f.run = r.id)
         OR EXISTS (SELECT 1 FROM import_rows w
            WHERE w.network = r.network AND w.run = r.id))) LIMIT 1");

/// Whether somebody is at work on a roster that was touched since then.
pub async fn is_begun(conn: &mut Conn, deed: &Deed, since: i64) -> Result<bool, Error> {
    let row = conn.one(BEGUN, &args![deed.network(), since]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

/// Erases every roster and every row kept to look back at: of somebody who is erased anew nothing
/// but an id is known, and that names nobody in a row that was refused.
pub async fn forget_all(conn: &mut Conn, deed: &Deed) -> Result<(), Error> {
    for statement in [FILES, ROWS] {
        conn.exec(statement, &args![deed.network()]).await?;
    }
    Ok(())
}

/// Erases rosters that were left lying, and everything of runs that were touched since then.
pub async fn forget_since(conn: &mut Conn, deed: &Deed, since: i64) -> Result<(), Error> {
    conn.exec(GIVEN, &args![deed.network()]).await?;
    for statement in [FILES_SINCE, ROWS_SINCE] {
        conn.exec(statement, &args![deed.network(), since]).await?;
    }
    Ok(())
}

/// Erases these rows of a run.
pub async fn forget_rows(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    rows: &[u32],
) -> Result<(), Error> {
    for row in rows {
        let args = args![deed.network(), run, i64::from(*row)];
        conn.exec(ROW, &args).await?;
    }
    Ok(())
}

/// Empties the name of a run's file, which named somebody.
pub async fn forget_name(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<(), Error> {
    let sealed = deed
        .keys
        .seal(&name_place(run), b"", &mut deed.dice.clone());
    conn.exec_one(NAME, &args![deed.network(), run, sealed])
        .await
}

/// Whether anything is kept longer than it should be.
pub async fn holds_old(conn: &mut Conn, deed: &Deed, given: i64, rest: i64) -> Result<bool, Error> {
    let args = args![deed.network(), given, rest];
    Ok(conn.one(OLD, &args).await?.is_some())
}
