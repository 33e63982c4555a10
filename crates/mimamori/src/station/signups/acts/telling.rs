//! Whoever signed up is told that the day is held otherwise, or not.

use db::Db;

use super::{happened, say};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses;
use crate::station::signups::rules::{Refusal, What, stands};
use crate::station::signups::store;

/// These were told how the day stands now: of the sign-ups of the day those that are named. Gives how
/// many had not been told.
pub async fn tell(db: &Db, deed: &Deed, day: RowId, named: Vec<RowId>) -> Result<usize, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let day = courses::find_day(conn, &deed, day).await?;
            let stands = stands(&day);
            let mut told = 0;
            for mut one in store::list_untold(conn, &deed, day.id, &stands).await? {
                if !named.contains(&one.id) {
                    continue;
                }
                one.told.clone_from(&stands);
                one.story.push(happened(&deed, What::Told));
                store::save(conn, &deed, &one).await?;
                say(conn, &deed, &one, &day, What::Told).await?;
                told += 1;
            }
            Ok(told)
        })
    })
    .await
}
