//! Who may be the same person as somebody who is about to be registered.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Contacts, Identity, Refusal};
use crate::people::search::list_beside;
use crate::people::twins::rules::{Likeness, Side, compare};
use crate::people::twins::store;

/// So many are shown to whoever registers somebody.
const MOST: usize = 5;

/// Somebody registered who may be the same person.
pub struct Likely {
    /// Who.
    pub id: PersonId,
    /// Their record, as far as it was compared.
    pub identity: Identity,
    /// How the two compare.
    pub likeness: Likeness,
}

/// Whoever is so like that whoever registers somebody should be asked, the likeliest first; given
/// only after the line of that sight is durable.
pub async fn see_likely(
    db: &Db,
    deed: &Deed,
    identity: &Identity,
    contacts: &Contacts,
) -> Result<Vec<Likely>, Refusal> {
    let mut conn = db.read().await?;
    let mut all = compared(&mut conn, deed, None, identity, contacts).await?;
    drop(conn);
    all.retain(|one| one.likeness.is_likely());
    all.sort_by_key(|one| -one.likeness.sum());
    all.truncate(MOST);
    let sight = |one: &Likely| {
        Line::new(Verb::Saw, Some(one.id), Fields::IDENTITY).saying("登録のときの重複の確認")
    };
    audit::witness_all(db, deed, all.iter().map(sight).collect()).await?;
    Ok(all)
}

/// Everybody worth comparing with somebody, compared.
pub(super) async fn compared(
    conn: &mut Conn,
    deed: &Deed,
    own: Option<PersonId>,
    identity: &Identity,
    contacts: &Contacts,
) -> Result<Vec<Likely>, Refusal> {
    let mut beside = list_beside(conn, deed, identity).await?;
    if let Some(own) = own {
        beside.remove(&own);
        // Whoever was found before is compared again, though nothing leads to them now.
        for pair in store::pairs::list_of(conn, deed, own).await? {
            beside.insert(if pair.one == own { pair.two } else { pair.one });
        }
    }
    let side = Side::of(identity, contacts);
    let others = store::walk::list_compared(conn, deed, &beside).await?;
    let likely = others.into_iter().map(|(id, identity, contacts)| Likely {
        id,
        likeness: compare(&side, &Side::of(&identity, &contacts)),
        identity,
    });
    Ok(likely.collect())
}
