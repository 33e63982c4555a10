//! Erasing what past imports still hold of people.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;

const BEGUN: Sql = sql(
    "SELECT COUNT(*) FROM import_files f JOIN import_runs r ON r.network = f.network AND r.id = f.run
     WHERE f.network = $1 AND f.kind = 'given' AND r.updated_at >= $2",
);

const FILES: Sql = sql("DELETE FROM import_files WHERE network = $1");

const ROWS: Sql = sql("DELETE FROM import_rows WHERE network = $1");

/// Whether somebody is at work on a roster that was touched since then.
pub async fn is_begun(conn: &mut Conn, deed: &Deed, since: i64) -> Result<bool, Error> {
    let row = conn.one(BEGUN, &args![deed.network(), since]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

/// Erases every roster and every row kept to look back at. Whom a row names can't be told without
/// reading each, and a row that was refused names nobody by number; so they all go.
pub async fn forget_all(conn: &mut Conn, deed: &Deed) -> Result<(), Error> {
    for statement in [FILES, ROWS] {
        conn.exec(statement, &args![deed.network()]).await?;
    }
    Ok(())
}
