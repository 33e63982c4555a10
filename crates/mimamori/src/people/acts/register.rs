//! Registering somebody, or many at once.

use std::thread;

use db::{Conn, Db, Work};
use jiff::civil::Date;
use words::address::Address;
use words::postcode::Postcode;

use crate::audit::{self, Line, Verb};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::networks;
use crate::people::rules::{Draft, Group, Identity, Refusal};
use crate::people::search::Findable;
use crate::people::{search, store};
use crate::scope::{NoRight, Right};

/// Tells for each list of traces ([`crate::people::import::traces`]) on which day somebody of one of
/// them was erased. The room that knows stands above this one and hands it in.
pub type Erased =
    for<'a> fn(&'a mut Conn, &'a Deed, &'a [Vec<String>]) -> Work<'a, Vec<Option<Date>>, Refusal>;

/// Counts that the center met or spoke to whoever is registered here for the first time ever. The
/// room of the figures stands above this one and hands it in.
pub type Met = for<'a> fn(&'a mut Conn, &'a Deed, PersonId) -> Work<'a, (), Refusal>;

/// Registers one person at the counter.
pub async fn register(db: &Db, deed: &Deed, draft: Draft) -> Result<PersonId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { register_in(conn, &deed, draft).await }))
        .await
}

/// Registers one person within the caller's transaction.
pub async fn register_in(conn: &mut Conn, deed: &Deed, draft: Draft) -> Result<PersonId, Refusal> {
    let id = PersonId(deed.new_id());
    register_all_in(conn, deed, vec![make_ready(deed, id, &draft)?]).await?;
    Ok(id)
}

/// A record to be, sealed, with the tokens by which it is found. Making it is half of the work and
/// needs no database, so that it is done before the transaction where many come at once.
pub struct Ready {
    id: PersonId,
    address: Option<Address>,
    postcode: Option<Postcode>,
    center: Option<CenterId>,
    row: store::NewRow,
    findable: Findable,
}

impl Ready {
    /// Who it will be.
    pub fn id(&self) -> PersonId {
        self.id
    }
}

/// Makes records ready, in their order, on every processor. Never inside a transaction, and away
/// from those who wait for the network.
pub fn make_all_ready(deed: &Deed, drafts: &[Draft]) -> Result<Vec<Ready>, Refusal> {
    // Ids are drawn in the order of the drafts: lists show who came later first.
    let ids: Vec<PersonId> = drafts.iter().map(|_| PersonId(deed.new_id())).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = drafts.len().div_ceil(threads).max(1);
    let shares: Result<Vec<Vec<Ready>>, Refusal> = thread::scope(|scope| {
        let shares = drafts.chunks(share).zip(ids.chunks(share));
        let workers: Vec<_> = shares
            .map(|(drafts, ids)| scope.spawn(|| make_share_ready(deed, drafts, ids)))
            .collect();
        let done = workers.into_iter().map(|worker| match worker.join() {
            Ok(share) => share,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    });
    Ok(shares?.into_iter().flatten().collect())
}

fn make_share_ready(
    deed: &Deed,
    drafts: &[Draft],
    ids: &[PersonId],
) -> Result<Vec<Ready>, Refusal> {
    let pairs = drafts.iter().zip(ids);
    pairs
        .map(|(draft, id)| make_ready(deed, *id, draft))
        .collect()
}

fn make_ready(deed: &Deed, id: PersonId, draft: &Draft) -> Result<Ready, Refusal> {
    Ok(Ready {
        id,
        address: draft.identity.address.clone(),
        postcode: draft.identity.postcode,
        center: draft.center,
        row: store::close_new(deed, id, draft)?,
        findable: Findable::new(&deed.keys, &draft.identity, &draft.contacts),
    })
}

/// Registers many within the caller's transaction: an import, a new town.
pub async fn register_all_in(
    conn: &mut Conn,
    deed: &Deed,
    people: Vec<Ready>,
) -> Result<(), Refusal> {
    let rights = deed.scope.rights;
    if !rights.has(Right::EditPeople) && !rights.has(Right::Import) {
        return Err(NoRight.into());
    }
    let lines = networks::read_lines(conn, &deed.scope).await?;
    let mut findable = Vec::with_capacity(people.len());
    for person in people {
        let home = || lines.center_of(person.address.as_ref(), person.postcode);
        let center = person.center.or_else(home);
        store::insert(conn, deed, person.id, person.row, center).await?;
        let line = Line::new(Verb::Registered, Some(person.id), Group::all_fields());
        audit::record(conn, deed, line).await?;
        findable.push((person.id, person.findable));
    }
    search::index_people(conn, deed, &findable).await
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
