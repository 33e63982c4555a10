//! It is about this person; or it is not after all.

use std::cmp::Ordering;

use db::Db;

use super::change;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{NoticeId, PersonId};
use crate::notices::rules::{Refusal, StepKind, house, said};
use crate::notices::store;
use crate::people;

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
    let reason = said(reason)?;
    change(db, deed, id, StepKind::Tied, move |conn, deed, notice| {
        Box::pin(async move {
            let view = people::find_for_desk(conn, deed, person).await?;
            let view = view.ok_or(Refusal::NotFound)?;
            let address = view.identity.value.address;
            let home = address.as_ref().and_then(house);
            let household = store::place_token(deed, home.as_deref());
            // On the day itself the order of the two records tells which was first.
            let day = in_japan(notice.received_at).date();
            let before = match view.standing.registered_on.cmp(&day) {
                Ordering::Equal => view.id.0 < notice.id.0,
                order => order == Ordering::Less,
            };
            notice.tie(version, view.id, household, before)?;
            Ok(reason)
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
    let reason = said(reason)?;
    change(db, deed, id, StepKind::Untied, move |_, _, notice| {
        Box::pin(async move {
            notice.untie(version)?;
            Ok(reason)
        })
    })
    .await
}
