//! The town's own kinds of paths.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::paths::steps::rules::{Plan, Refusal};
use crate::paths::steps::store;
use crate::scope::Right;

/// Keeps a kind, new or upon its version. Paths that are under way keep the steps they began with.
pub async fn keep_plan(db: &Db, deed: &Deed, plan: Plan) -> Result<RowId, Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let id = match plan.id {
                Some(id) => {
                    if !store::save_plan(conn, &deed, id, &plan).await? {
                        return Err(Refusal::Changed);
                    }
                    id
                }
                None => {
                    let id = RowId(deed.new_id());
                    store::insert_plan(conn, &deed, id, &plan).await?;
                    id
                }
            };
            let words = format!("つなぎの種類「{}」", plan.word);
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(words);
            audit::record(conn, &deed, line).await?;
            Ok(id)
        })
    })
    .await
}

/// No new path begins with the kind any more, or again one may.
pub async fn close_plan(db: &Db, deed: &Deed, plan: Plan, open: bool) -> Result<RowId, Refusal> {
    keep_plan(db, deed, Plan { open, ..plan }).await
}
