//! Records that were merged into another: each says into which, at one step. A record that stays
//! and is merged later takes along what was merged into it before.

use db::{Conn, Error, Sql, args, sql};

use super::people::actor_number;
use crate::deed::Deed;
use crate::ids::PersonId;

const INTO: Sql =
    sql("SELECT COALESCE(merged_into, id) FROM people WHERE network = $1 AND id = $2");

const OF: Sql =
    sql("SELECT id FROM people WHERE network = $1 AND merged_into = $2 ORDER BY id LIMIT 100");

const MERGE: Sql = sql(
    "UPDATE people SET merged_into = $3, state = 'merged', version = version + 1,
       updated_at = $4, updated_by = $5
     WHERE network = $1 AND id = $2 AND merged_into IS NULL AND version = $6",
);

const FOLLOW: Sql =
    sql("UPDATE people SET merged_into = $3 WHERE network = $1 AND merged_into = $2");

const REATTACH: Sql = sql("UPDATE people SET merged_into = $3
     WHERE network = $1 AND id = $2 AND merged_into IS NOT NULL");

const PART: Sql = sql(
    "UPDATE people SET merged_into = NULL, state = 'registered', version = version + 1,
       updated_at = $3, updated_by = $4
     WHERE network = $1 AND id = $2 AND merged_into = $5",
);

/// The record in which the person stands now: this one, or the one it was merged into; `None` where
/// there is no such record.
pub async fn now_of(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<Option<PersonId>, Error> {
    let row = conn.one(INTO, &args![deed.network(), id]).await?;
    row.map(|row| Ok(PersonId(row.int(0)?))).transpose()
}

/// The records that were merged into this one.
pub async fn list_merged_into(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Vec<PersonId>, Error> {
    let rows = conn.rows(OF, &args![deed.network(), id]).await?;
    rows.iter().map(|row| Ok(PersonId(row.int(0)?))).collect()
}

/// Says that a record is another's from now on, upon the version of its standing; what was merged
/// into it before goes along.
pub async fn merge_into(
    conn: &mut Conn,
    deed: &Deed,
    gone: PersonId,
    version: i64,
    kept: PersonId,
) -> Result<(), Error> {
    let by = actor_number(deed);
    let args = args![deed.network(), gone, kept, deed.at(), by, version];
    if conn.exec(MERGE, &args).await? != 1 {
        return Err(Error::Changed);
    }
    let args = args![deed.network(), gone, kept];
    conn.exec(FOLLOW, &args).await.map(drop)
}

/// Gives a record back, registered as every record is that is merged.
pub async fn part_from(
    conn: &mut Conn,
    deed: &Deed,
    gone: PersonId,
    kept: PersonId,
) -> Result<(), Error> {
    let by = actor_number(deed);
    let args = args![deed.network(), gone, deed.at(), by, kept];
    match conn.exec(PART, &args).await? {
        1 => Ok(()),
        _ => Err(Error::Changed),
    }
}

/// Says that a merged record stands in this one again.
pub async fn reattach(
    conn: &mut Conn,
    deed: &Deed,
    merged: PersonId,
    kept: PersonId,
) -> Result<(), Error> {
    let args = args![deed.network(), merged, kept];
    conn.exec(REATTACH, &args).await.map(drop)
}
