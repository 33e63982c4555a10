//! Times away ↔ rows.

use db::{Conn, Error, Row, Sql, Value, args, sql};
use seal::Place;

use crate::deed::{Deed, Unmoved};
use crate::ids::{RowId, SupporterId};
use crate::station::supporters::rules::{KeptAway, Refusal};

const OF_SUPPORTER: Sql = sql("SELECT id, supporter, kept, version FROM supporter_aways
     WHERE network = $1 AND supporter = $2 ORDER BY id");

const OF_ALL: Sql = sql("SELECT id, supporter, kept, version FROM supporter_aways
     WHERE network = $1 ORDER BY id");

const INSERT: Sql = sql(
    "INSERT INTO supporter_aways (network, id, supporter, kept, version)
     VALUES ($1, $2, $3, $4, 1)",
);

const SAVE: Sql = sql("UPDATE supporter_aways SET kept = $4, version = $5
     WHERE network = $1 AND supporter = $2 AND id = $3 AND version = $5 - 1");

const REMOVE: Sql = sql("DELETE FROM supporter_aways
     WHERE network = $1 AND supporter = $2 AND id = $3");

const FORGET: Sql = sql("DELETE FROM supporter_aways WHERE network = $1 AND supporter = $2");

const RESEAL: Sql = sql("UPDATE supporter_aways SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

fn place(id: RowId, version: i64) -> Place {
    Place {
        table: "supporter_aways",
        column: "kept",
        row: id.0,
        version,
    }
}

fn away(deed: &Deed, mut row: Row) -> Result<KeptAway, Refusal> {
    let (id, version) = (RowId(row.int(0)?), row.int(3)?);
    Ok(KeptAway {
        id,
        supporter: SupporterId(row.int(1)?),
        away: deed.open(&place(id, version), &row.blob(2)?)?,
        version,
    })
}

async fn listed(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    args: &[Value],
) -> Result<Vec<KeptAway>, Refusal> {
    let rows = conn.rows(statement, args).await?;
    let all: Result<Vec<KeptAway>, Refusal> = rows.into_iter().map(|row| away(deed, row)).collect();
    let mut all = all?;
    // The days are sealed, so that this sort is not the database's.
    all.sort_by_key(|one| (one.away.from, one.id));
    Ok(all)
}

/// Somebody's times away, the first one first.
pub async fn list_aways(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<Vec<KeptAway>, Refusal> {
    listed(conn, deed, OF_SUPPORTER, &args![deed.network(), of]).await
}

/// Everybody's.
pub async fn list_all_aways(conn: &mut Conn, deed: &Deed) -> Result<Vec<KeptAway>, Refusal> {
    listed(conn, deed, OF_ALL, &args![deed.network()]).await
}

/// Keeps a new one.
pub async fn insert_away(conn: &mut Conn, deed: &Deed, new: &KeptAway) -> Result<(), Refusal> {
    let kept = deed.close(&place(new.id, 1), &new.away)?;
    let args = args![deed.network(), new.id, new.supporter, kept];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Keeps what changed upon the version that was read.
pub async fn save_away(conn: &mut Conn, deed: &Deed, changed: &KeptAway) -> Result<(), Refusal> {
    let version = changed.version + 1;
    let kept = deed.close(&place(changed.id, version), &changed.away)?;
    let args = args![deed.network(), changed.supporter, changed.id, kept, version];
    match conn.exec(SAVE, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

/// Takes one out that was told by mistake.
pub async fn remove_away(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
    id: RowId,
) -> Result<(), Refusal> {
    match conn.exec(REMOVE, &args![deed.network(), of, id]).await? {
        1 => Ok(()),
        _ => Err(Refusal::NotFound),
    }
}

/// Nothing is known of somebody's times away any more.
pub(super) async fn forget_aways(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<(), Error> {
    conn.exec(FORGET, &args![deed.network(), of])
        .await
        .map(drop)
}

/// Seals somebody's times away under the current key.
pub(super) async fn reseal_aways(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(OF_SUPPORTER, &args![deed.network(), of]).await? {
        let (id, version) = (RowId(row.int(0)?), row.int(3)?);
        if let Some(fresh) = deed.resealed(&place(id, version), &row.blob(2)?)? {
            let args = args![deed.network(), id, version, fresh];
            moved += conn.exec(RESEAL, &args).await?;
        }
    }
    Ok(moved)
}
