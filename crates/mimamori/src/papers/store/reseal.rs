//! Sealing runs and their files anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::files::place;
use super::runs::job_place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::RowId;

const NEXT: Sql = sql("SELECT id, job FROM paper_runs
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 1");

const RESEAL: Sql = sql("UPDATE paper_runs SET job = $3 WHERE network = $1 AND id = $2");

// $3: how a value begins that is sealed with the current key. One part may have some megabytes.
const OLDER: Sql = sql("SELECT number, listed, pdf FROM paper_parts
     WHERE network = $1 AND run = $2 AND substr(listed, 1, 5) <> $3 ORDER BY number LIMIT 1");

const RESEAL_PART: Sql = sql("UPDATE paper_parts SET listed = $4, pdf = $5
     WHERE network = $1 AND run = $2 AND number = $3 AND listed = $6");

/// Seals the next run under the current key: one of its files at a time, and when none is left what
/// it prints. A file's bytes are always sealed along with its list.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let Some(mut row) = conn.one(NEXT, &args![deed.network(), after]).await? else {
        return Ok(Moved::default());
    };
    let id = RowId(row.int(0)?);
    if let Some(rows) = part(conn, deed, id).await? {
        let next = Some(after);
        return Ok(Moved { rows, next });
    }
    let mut rows = 0;
    if let Some(fresh) = deed.resealed(&job_place(id), &row.blob(1)?)? {
        rows = conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
    }
    let next = Some(id.0);
    Ok(Moved { rows, next })
}

async fn part(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<Option<u64>, Unmoved> {
    let args = args![deed.network(), run, deed.keys.head().to_vec()];
    let Some(mut row) = conn.one(OLDER, &args).await? else {
        return Ok(None);
    };
    let (number, listed, pdf) = (row.int(0)?, row.blob(1)?, row.blob(2)?);
    let fresh = deed.resealed(&place(run, number, "listed"), &listed)?;
    let bytes = deed.resealed(&place(run, number, "pdf"), &pdf)?;
    let args = args![
        deed.network(),
        run,
        number,
        fresh.unwrap_or_else(|| listed.clone()),
        bytes.unwrap_or(pdf),
        listed
    ];
    Ok(Some(conn.exec(RESEAL_PART, &args).await?))
}
