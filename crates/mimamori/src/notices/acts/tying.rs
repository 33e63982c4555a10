//! It is about this person; or it is not after all.

use db::Db;

use super::{change, keep};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{NoticeId, PersonId};
use crate::notices::rules::{Refusal, StepKind, house, said};
use crate::notices::store;
use crate::people;
use crate::scope::Right;

/// Ties a notice to somebody registered, with the reason. The page has asked for the purpose before,
/// where the person is another center's.
pub async fn tie(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    person: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    let reason = said(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = store::find(conn, &deed, id).await?;
            let view = people::find_for_desk(conn, &deed, person).await?;
            let view = view.ok_or(Refusal::NotFound)?;
            let address = view.identity.value.address;
            let home = address.as_ref().and_then(house);
            let household = store::place_token(&deed, home.as_deref());
            let before = view.standing.registered_on <= in_japan(notice.received_at).date();
            notice.tie(version, view.id, household, before)?;
            keep(conn, &deed, &notice, StepKind::Tied, &reason).await
        })
    })
    .await
}

/// Unties it, with the reason.
pub async fn untie(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    reason: &str,
) -> Result<(), Refusal> {
    let step = (StepKind::Untied, said(reason)?);
    change(db, deed, id, step, move |notice| notice.untie(version)).await
}
