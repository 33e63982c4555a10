//! Face photos, sealed.

use db::{Conn, Sql, args, sql};

use super::people::actor_number;
use super::sealed::photo_place;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::Refusal;

const FIND: Sql =
    sql("SELECT version, sealed FROM person_photos WHERE network = $1 AND person = $2");

const PUT: Sql = sql(
    "INSERT INTO person_photos (network, person, version, sealed) VALUES ($1, $2, $3, $4)
     ON CONFLICT (network, person) DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
);

const REMOVE: Sql = sql("DELETE FROM person_photos WHERE network = $1 AND person = $2");

const NOTE: Sql = sql(
    "UPDATE people SET photo_v = $3, updated_at = $4, updated_by = $5
     WHERE network = $1 AND id = $2",
);

/// The photo as JPEG, with its version.
pub async fn find(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<(i64, Vec<u8>)>, Refusal> {
    let Some(mut row) = conn.one(FIND, &args![deed.network(), person]).await? else {
        return Ok(None);
    };
    let version = row.int(0)?;
    let place = photo_place(person, version);
    let jpeg = deed.keys.open(&place, &row.blob(1)?)?;
    Ok(Some((version, jpeg.to_vec())))
}

/// Keeps the photo in place of any other.
pub async fn put(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    version: i64,
    jpeg: &[u8],
) -> Result<(), Refusal> {
    keep(conn, deed, person, version, jpeg).await?;
    note(conn, deed, person, Some(version)).await
}

/// Seals the photo under the current key, without a trace of it on the person.
pub async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    version: i64,
    jpeg: &[u8],
) -> Result<(), Refusal> {
    let place = photo_place(person, version);
    let sealed = deed.keys.seal(&place, jpeg, &mut deed.dice.clone());
    Ok(conn
        .exec_one(PUT, &args![deed.network(), person, version, sealed])
        .await?)
}

/// Removes the photo.
pub async fn remove(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    conn.exec(REMOVE, &args![deed.network(), person]).await?;
    note(conn, deed, person, None).await
}

async fn note(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    version: Option<i64>,
) -> Result<(), Refusal> {
    let (at, by) = (deed.at(), actor_number(deed));
    Ok(conn
        .exec_one(NOTE, &args![deed.network(), person, version, at, by])
        .await?)
}
