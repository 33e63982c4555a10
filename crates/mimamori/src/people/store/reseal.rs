//! Sealing everything of a person anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::people::{find, old_number_token};
use super::sealed::close;
use super::{changes, photos};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Person, Refusal};
use crate::people::search;

const RESEAL: Sql = sql(
    "UPDATE people SET identity = $3, contacts = $4, finder = $5, consent = $6, medical = $7,
       care = $8, old_number_token = $9
     WHERE network = $1 AND id = $2 AND identity_v = $10 AND contacts_v = $11
       AND finder_v = $12 AND consent_v = $13 AND medical_v = $14 AND care_v = $15",
);

/// Seals the record, its photo, its changes and its search keys under the current key, each at
/// the version it has. Gives [`db::Error::Changed`] where somebody saved meanwhile: try again.
pub async fn reseal(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<(), Refusal> {
    let person = find(conn, deed, id).await?.ok_or(Refusal::NotFound)?;
    save(conn, deed, &person).await?;
    if let Some((version, jpeg)) = photos::find(conn, deed, id).await? {
        photos::put(conn, deed, id, version, &jpeg).await?;
    }
    changes::reseal(conn, deed, id).await?;
    let (identity, contacts) = (&person.identity.value, &person.contacts.value);
    Ok(search::reindex_person(conn, deed, id, identity, contacts).await?)
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
