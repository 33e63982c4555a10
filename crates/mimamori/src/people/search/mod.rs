//! Finding people by name, reading, birth date, phone or address.

use db::{Conn, Error};

use super::rules::{Contacts, Identity};
use crate::deed::Deed;
use crate::ids::PersonId;

/// Writes the search keys of a new person.
pub async fn index_person(
    _conn: &mut Conn,
    _deed: &Deed,
    _id: PersonId,
    _identity: &Identity,
    _contacts: &Contacts,
) -> Result<(), Error> {
    Ok(())
}

/// Writes the search keys of a person anew, after a change or under a new key.
pub async fn reindex_person(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    identity: &Identity,
    contacts: &Contacts,
) -> Result<(), Error> {
    index_person(conn, deed, id, identity, contacts).await
}
