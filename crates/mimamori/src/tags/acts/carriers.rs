//! More things under one number, and the QR of one of them alone.

use db::Db;

use super::step::{load, tell};
use crate::deed::Deed;
use crate::ids::{CarrierId, TagId};
use crate::scope::Right;
use crate::tags::rules::{Act, Carrier, CarrierKind, Refusal, ShutWhy, State};
use crate::tags::store;

/// Adds a carrier with a QR address of its own to a number in use.
pub async fn add_carrier(
    db: &Db,
    deed: &Deed,
    tag: TagId,
    kind: CarrierKind,
) -> Result<CarrierId, Refusal> {
    deed.scope.need(Right::BindTags)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let tag = load(conn, &deed, tag).await?;
            if !matches!(tag.state, State::Stock | State::Bound | State::Lost) {
                return Err(Refusal::Not(tag.state));
            }
            let carrier = store::insert_carrier(conn, &deed, tag.id, kind).await?;
            tell(
                conn,
                &deed,
                &tag,
                Act::CarrierAdded,
                Some(carrier),
                kind.word(),
            )
            .await?;
            Ok(carrier)
        })
    })
    .await
}

/// Shuts off the QR of one carrier; number and other carriers stay as they are.
pub async fn shut_carrier(
    db: &Db,
    deed: &Deed,
    tag: TagId,
    id: CarrierId,
    why: ShutWhy,
) -> Result<(), Refusal> {
    set_shut(db, deed, tag, id, Some(why)).await
}

/// Opens a QR again that was shut off.
pub async fn open_carrier(db: &Db, deed: &Deed, tag: TagId, id: CarrierId) -> Result<(), Refusal> {
    set_shut(db, deed, tag, id, None).await
}

async fn set_shut(
    db: &Db,
    deed: &Deed,
    tag: TagId,
    id: CarrierId,
    why: Option<ShutWhy>,
) -> Result<(), Refusal> {
    deed.scope.need(Right::BindTags)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let tag = load(conn, &deed, tag).await?;
            let found = store::find_carrier(conn, &deed, id).await?;
            let carrier = found
                .filter(|carrier| carrier.tag == tag.id)
                .ok_or(Refusal::NotFound)?;
            store::save_shut(conn, &deed, id, why).await?;
            let (act, remark) = (act_of(why), remark_of(&carrier, why));
            tell(conn, &deed, &tag, act, Some(id), &remark).await
        })
    })
    .await
}

const fn act_of(why: Option<ShutWhy>) -> Act {
    match why {
        Some(_) => Act::CarrierShut,
        None => Act::CarrierOpened,
    }
}

fn remark_of(carrier: &Carrier, why: Option<ShutWhy>) -> String {
    let reason = why
        .map(|why| format!("（{}）", why.word()))
        .unwrap_or_default();
    format!("{}{reason}", carrier.kind.word())
}
