//! Registering somebody.

use db::{Conn, Db};

use crate::audit::{self, Line, Verb};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::networks;
use crate::people::rules::{Draft, Group, Identity, Refusal};
use crate::people::{search, store};
use crate::scope::{NoRight, Right};

/// Registers one person at the counter.
pub async fn register(db: &Db, deed: &Deed, draft: Draft) -> Result<PersonId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { register_in(conn, &deed, draft).await }))
        .await
}

/// Registers one person within the caller's transaction: an import brings many in one.
pub async fn register_in(conn: &mut Conn, deed: &Deed, draft: Draft) -> Result<PersonId, Refusal> {
    let rights = deed.scope.rights;
    if !rights.has(Right::EditPeople) && !rights.has(Right::Import) {
        return Err(NoRight.into());
    }
    let id = PersonId(deed.new_id());
    let center = match draft.center {
        Some(center) => Some(center),
        None => home_center(conn, deed, &draft.identity).await?,
    };
    store::insert(conn, deed, id, &draft, center).await?;
    search::index_person(conn, deed, id, &draft.identity, &draft.contacts).await?;
    let line = Line::new(Verb::Registered, Some(id), Group::all_fields());
    audit::record(conn, deed, line).await?;
    Ok(id)
}

/// The center that an address belongs to.
pub(super) async fn home_center(
    conn: &mut Conn,
    deed: &Deed,
    identity: &Identity,
) -> Result<Option<CenterId>, Refusal> {
    let address = identity.address.as_ref();
    Ok(networks::center_for(conn, &deed.scope, address, identity.postcode).await?)
}
