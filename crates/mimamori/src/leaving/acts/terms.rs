//! How long records wait, as the town says.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::leaving::rules::{Refusal, Term};
use crate::leaving::store;
use crate::scope::Right;

/// Keeps how long a kind waits, and why. What waits already goes on as it was told.
pub async fn change_term(db: &Db, deed: &Deed, term: Term) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if !store::save_term(conn, &deed, &term).await? {
                return Err(Refusal::Changed);
            }
            let words = format!("待つ日数：{} {}日", term.kind.word(), term.days);
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(words);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
