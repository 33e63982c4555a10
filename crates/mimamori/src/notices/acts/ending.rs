//! It is over, or not after all.

use db::{Conn, Db};

use super::triage::finish_tasks;
use super::{change, keep};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::NoticeId;
use crate::notices::rules::{Ending, Notice, Refusal, StepKind, said};
use crate::notices::store;
use crate::scope::Right;

/// Ends it, with the reason.
pub async fn end(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    ending: Ending,
    reason: &str,
) -> Result<(), Refusal> {
    let (deed, reason) = (deed.clone(), reason.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            end_in(conn, &deed, id, version, ending, &reason).await?;
            Ok(())
        })
    })
    .await
}

/// Ends it within the transaction of the deed that ends it: a case that begins with it, for one.
pub async fn end_in(
    conn: &mut Conn,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    ending: Ending,
    reason: &str,
) -> Result<Notice, Refusal> {
    deed.scope.need(Right::Triage)?;
    let reason = said(reason)?;
    let mut notice = store::find(conn, deed, id).await?;
    notice.center = notice.center.or(deed.scope.center);
    notice.end(version, ending, deed.now)?;
    let outcome = format!("{}。", ending.word());
    finish_tasks(conn, deed, &notice, &outcome).await?;
    let words = format!("{}：{reason}", ending.word());
    keep(conn, deed, &notice, StepKind::Ended, &words).await?;
    Ok(notice)
}

/// Takes the end back, as long as nobody was told.
pub async fn reopen(db: &Db, deed: &Deed, id: NoticeId, version: i64) -> Result<(), Refusal> {
    change(db, deed, id, StepKind::Reopened, move |_, _, notice| {
        Box::pin(async move {
            notice.reopen(version)?;
            Ok(String::new())
        })
    })
    .await
}

/// Erases what was told, on the wish of somebody who is not registered or of whoever told it, with
/// the reason; that there was a notice stays as a figure. Of registered people the record is erased.
pub async fn erase(db: &Db, deed: &Deed, id: NoticeId, reason: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    deed.scope.need(Right::Lead)?;
    let reason = said(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let notice = store::find(conn, &deed, id).await?;
            match (notice.state.is_open(), notice.person) {
                (true, _) => return Err(Refusal::StillOpen),
                (false, Some(_)) => return Err(Refusal::Registered),
                (false, None) => {}
            }
            store::forget_one(conn, &deed, id).await?;
            let line = Line::new(Verb::Erased, None, Fields::NOTHING);
            let words = format!("登録のない方の気づきの消去（{id}）：{reason}");
            Ok(audit::record(conn, &deed, line.saying(words)).await?)
        })
    })
    .await
}
