//! How long what was said is kept.

use db::Db;

use super::drills::erase;
use super::record;
use crate::audit::{self, Fields, Line, Verb};
use crate::board::rules::{KEEP_DAYS, Refusal, Settings};
use crate::board::store;
use crate::deed::Deed;
use crate::scope::Right;

/// Keeps the town's settings upon the version that was seen.
pub async fn change_settings(db: &Db, deed: &Deed, new: Settings) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    if !KEEP_DAYS.contains(&new.keep_days) {
        return Err(Refusal::OutOfRange);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            match store::save_settings(conn, &deed, new).await {
                Err(db::Error::Changed) => return Err(Refusal::Changed),
                other => other?,
            }
            let words = format!("QRの知らせを残す日数：{}日", new.keep_days);
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
            Ok(audit::record(conn, &deed, line.saying(words)).await?)
        })
    })
    .await
}

/// Erases what the town's time has passed for, and drills whose day is over.
pub async fn sweep(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let mut conn = db.read().await?;
    let settings = store::find_settings(&mut conn, deed).await?;
    let before = settings.keeps_since(deed.at());
    let over = store::list_forgettable(&mut conn, deed, before).await?;
    let drills = store::list_over(&mut conn, deed).await?;
    let in_vain = store::has_dead_proofs(&mut conn, deed).await?
        || store::has_old_strays(&mut conn, deed).await?;
    drop(conn);
    if over.is_empty() && drills.is_empty() && !in_vain {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for find in over {
                store::forget_words(conn, &deed, find.inquiry).await?;
                record(conn, &deed, &find, "QRの知らせを消した（期限）").await?;
            }
            for drill in drills {
                erase(conn, &deed, drill).await?;
            }
            store::forget_proofs(conn, &deed).await?;
            Ok(store::forget_strays(conn, &deed).await?)
        })
    })
    .await
}
