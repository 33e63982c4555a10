//! Leaving, coming back, and being erased on one's own wish.

use db::{Conn, Db, Error, Work};
use jiff::civil::Date;

use super::{Upon, reason_of, say, upon};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::scope::Right;
use crate::station::supporters::rules::{Refusal, Terms};
use crate::station::supporters::store;

/// Leaves; the day is the last on which they are in.
pub async fn leave(db: &Db, deed: &Deed, of: Upon, day: Date) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let rule = move |terms: &mut Terms| terms.leave(day, today);
    settle(db, deed, of, format!("退会（{day}まで）"), rule).await
}

/// Stays after all.
pub async fn stay(db: &Db, deed: &Deed, of: Upon) -> Result<(), Refusal> {
    settle(db, deed, of, "退会の取り消し".to_owned(), Terms::stay).await
}

/// Comes back; the day is the first on which they are in again.
pub async fn come_back(db: &Db, deed: &Deed, of: Upon, day: Date) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let rule = move |terms: &mut Terms| terms.come_back(day, today);
    settle(db, deed, of, format!("ふたたび入会（{day}）"), rule).await
}

async fn settle(
    db: &Db,
    deed: &Deed,
    of: Upon,
    what: String,
    rule: impl FnOnce(&mut Terms) -> Result<(), Refusal> + Send + 'static,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = upon(conn, &deed, of).await?;
            rule(&mut one.terms)?;
            store::save(conn, &deed, &one).await?;
            Ok(say(conn, &deed, &one, &what).await?)
        })
    })
    .await
}

/// What a room above keeps of a supporter, forgotten in the same transaction.
pub type Forget = for<'a> fn(&'a mut Conn, &'a Deed, SupporterId) -> Work<'a, (), Error>;

/// Erases what is known of somebody on their wish, with the reason, here and in the rooms above. Of
/// somebody who is registered the record stays: it goes by the way that leavings go.
pub async fn erase(
    db: &Db,
    deed: &Deed,
    (id, reason): (SupporterId, &str),
    above: &'static [Forget],
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    deed.scope.need(Right::Lead)?;
    let reason = reason_of(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            if one.is_erased() {
                return Err(Refusal::NotFound);
            }
            for forget in above {
                forget(conn, &deed, id).await?;
            }
            store::forget_supporter(conn, &deed, id).await?;
            let said = format!("サポーター（{id}）の消去：{reason}");
            let line = Line::new(Verb::Erased, one.person, Fields::NOTHING).saying(said);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
