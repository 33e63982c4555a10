//! Sealing everything of a person anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};
use seal::TownKeys;

use super::list_all_ids_after;
use super::people::{find, old_number_token};
use super::sealed::close;
use super::{changes, photos};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::PersonId;
use crate::people::rules::{Person, Refusal};
use crate::people::search;

const RESEAL: Sql = sql(
    "UPDATE people SET identity = $3, contacts = $4, finder = $5, consent = $6, medical = $7,
       care = $8, old_number_token = $9
     WHERE network = $1 AND id = $2 AND identity_v = $10 AND contacts_v = $11
       AND finder_v = $12 AND consent_v = $13 AND medical_v = $14 AND care_v = $15",
);

const SEALED: Sql = sql("SELECT identity, contacts, finder, consent, medical, care
     FROM people WHERE network = $1 AND id = $2");

const SEALED_PHOTO: Sql =
    sql("SELECT sealed FROM person_photos WHERE network = $1 AND person = $2");

const SEALED_CHANGES: Sql =
    sql("SELECT sealed FROM person_changes WHERE network = $1 AND person = $2");

/// People sealed anew in one transaction: each has about 60 rows, most of them search keys.
const PEOPLE_A_STEP: u32 = 20;

/// Seals the next people under the current key, where anything of theirs is sealed with an older.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    let ids = list_all_ids_after(conn, deed, PersonId(after), PEOPLE_A_STEP).await;
    for id in ids.map_err(unmoved)? {
        moved.next = Some(id.0);
        if is_older(conn, deed, id).await? {
            reseal(conn, deed, id).await.map_err(unmoved)?;
            moved.rows += 1;
        }
    }
    Ok(moved)
}

async fn is_older(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<bool, Unmoved> {
    let current = deed.keys.current();
    for (statement, columns) in [(SEALED, 6), (SEALED_PHOTO, 1), (SEALED_CHANGES, 1)] {
        for mut row in conn.rows(statement, &args![deed.network(), id]).await? {
            for column in 0..columns {
                if TownKeys::sealed_with(&row.blob(column)?)? != current {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

fn unmoved(refusal: Refusal) -> Unmoved {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        // Somebody saved or erased the record in between.
        Refusal::NotFound
        | Refusal::Changed { .. }
        | Refusal::NoRight(_)
        | Refusal::NoPurpose
        | Refusal::Unasked => db::Error::Changed.into(),
    }
}

/// Seals the record, its photo, its changes and its search keys under the current key, each at
/// the version it has. Gives [`db::Error::Changed`] where somebody saved meanwhile: try again.
pub async fn reseal(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<(), Refusal> {
    let person = find(conn, deed, id).await?.ok_or(Refusal::NotFound)?;
    save(conn, deed, &person).await?;
    if let Some((version, jpeg)) = photos::find(conn, deed, id).await? {
        photos::keep(conn, deed, id, version, &jpeg).await?;
    }
    changes::reseal(conn, deed, id).await?;
    let (identity, contacts) = (&person.identity.value, &person.contacts.value);
    search::reindex_person(conn, deed, id, identity, contacts).await
}

async fn save(conn: &mut Conn, deed: &Deed, person: &Person) -> Result<(), Refusal> {
    let id = person.id;
    let args = args![
        deed.network(),
        id,
        close(deed, id, &person.identity)?,
        close(deed, id, &person.contacts)?,
        close(deed, id, &person.finder)?,
        close(deed, id, &person.consent)?,
        close(deed, id, &person.medical)?,
        close(deed, id, &person.care)?,
        old_number_token(deed, &person.identity.value),
        person.identity.version,
        person.contacts.version,
        person.finder.version,
        person.consent.version,
        person.medical.version,
        person.care.version,
    ];
    Ok(conn.exec_one(RESEAL, &args).await?)
}
