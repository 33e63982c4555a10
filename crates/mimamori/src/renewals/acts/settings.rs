//! What the town sets.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::renewals::rules::{Refusal, Settings};
use crate::renewals::store;
use crate::scope::Right;

/// Saves upon the version that was seen. Steps that wait keep the day they were given.
pub async fn change_settings(db: &Db, deed: &Deed, new: Settings) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            deed.scope.need(Right::ManageTown)?;
            store::put_settings(conn, &deed, &new).await?;
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying("更新の進め方");
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
