//! Times away are told, changed and taken out.

use db::{Conn, Db};

use super::say;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::scope::Right;
use crate::station::supporters::rules::{Away, KeptAway, MOST_AWAYS, Refusal, Supporter};
use crate::station::supporters::store;

async fn theirs(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<(Supporter, Vec<KeptAway>), Refusal> {
    let one = store::find(conn, deed, of).await?;
    if one.is_erased() {
        return Err(Refusal::NotFound);
    }
    // The row is written first, so that of two who tell at once the second sees what the first told.
    store::save(conn, deed, &one).await?;
    let all = store::list_aways(conn, deed, of).await?;
    Ok((one, all))
}

/// Somebody will be away.
pub async fn tell_away(
    db: &Db,
    deed: &Deed,
    of: SupporterId,
    away: Away,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let (one, others) = theirs(conn, &deed, of).await?;
            if others.len() >= MOST_AWAYS {
                return Err(Refusal::TooMany);
            }
            away.may_stand(&others, in_japan(deed.now).date())?;
            let new = KeptAway {
                id: RowId(deed.new_id()),
                supporter: of,
                away,
                version: 1,
            };
            store::insert_away(conn, &deed, &new).await?;
            say(conn, &deed, &one, "お休みの予定を書いた").await?;
            Ok(new.id)
        })
    })
    .await
}

/// It is otherwise: they come back sooner, or stay longer.
pub async fn change_away(
    db: &Db,
    deed: &Deed,
    of: SupporterId,
    (id, version): (RowId, i64),
    away: Away,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let (one, all) = theirs(conn, &deed, of).await?;
            let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.id == id);
            let own = own.into_iter().next().ok_or(Refusal::NotFound)?;
            if own.version != version {
                return Err(Refusal::Changed);
            }
            away.may_stand(&others, in_japan(deed.now).date())?;
            let changed = KeptAway { away, ..own };
            store::save_away(conn, &deed, &changed).await?;
            Ok(say(conn, &deed, &one, "お休みの予定を直した").await?)
        })
    })
    .await
}

/// It was told by mistake.
pub async fn drop_away(db: &Db, deed: &Deed, of: SupporterId, id: RowId) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, of).await?;
            store::remove_away(conn, &deed, of, id).await?;
            Ok(say(conn, &deed, &one, "お休みの予定を取り消した").await?)
        })
    })
    .await
}
