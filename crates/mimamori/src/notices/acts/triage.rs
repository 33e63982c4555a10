//! A center has a notice, passes it on, looks into it, writes the place down better.

use db::{Conn, Db};
use words::address::Address;

use super::telling::{due_at, task};
use super::{change, keep};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId};
use crate::networks;
use crate::notices::rules::{LookKind, Notice, Refusal, StepKind, Way, house_of, said};
use crate::notices::store;
use crate::people::one_line;
use crate::scope::Right;
use crate::tasks;

/// The center has it.
pub async fn accept(db: &Db, deed: &Deed, id: NoticeId, version: i64) -> Result<(), Refusal> {
    let center = deed.scope.center;
    let step = (StepKind::Accepted, String::new());
    change(db, deed, id, step, move |notice| {
        notice.accept(version, center)
    })
    .await
}

/// Passes it on to the right center, with the reason. Whoever passes it on sees it no more.
pub async fn move_to(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    center: CenterId,
    reason: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    let reason = said(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = store::find(conn, &deed, id).await?;
            let to = networks::find_center(conn, &deed.scope, center).await?;
            let to = to.filter(|to| to.closed_at.is_none());
            to.ok_or(Refusal::NoCenter)?;
            notice.move_to(version, center)?;
            // The clock goes on: passing it on wins nobody time where danger is near.
            if !notice.danger {
                notice.due_at = instant(due_at(conn, &deed, false, Some(center)).await?);
            }
            finish_task(conn, &deed, &notice, "担当のセンターへ回しました。").await?;
            notice.task = Some(tasks::open_in(conn, &deed, task(&notice)).await?);
            keep(conn, &deed, &notice, StepKind::Moved, &reason).await
        })
    })
    .await
}

/// Somebody looked: how, and what they found.
pub async fn look(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    kind: LookKind,
    words: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    let words = said(words)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = store::find(conn, &deed, id).await?;
            notice.look(version, kind, deed.now, deed.scope.center)?;
            // What another room asked for is done when it has ended.
            if notice.way != Way::Room {
                finish_task(conn, &deed, &notice, "最初の確認をしました。").await?;
            }
            keep(conn, &deed, &notice, kind.step(), &words).await
        })
    })
    .await
}

/// The task of the first look is done, where there is one.
pub(super) async fn finish_task(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    outcome: &str,
) -> Result<(), Refusal> {
    match notice.task {
        Some(task) => match tasks::finish_in(conn, deed, task, outcome).await {
            Err(tasks::Refusal::NotFound) => Ok(()),
            done => Ok(done?),
        },
        None => Ok(()),
    }
}

/// Writes the place down better, so that it adds up with others about the same house. What was told
/// first stays in the history.
pub async fn place(
    db: &Db,
    deed: &Deed,
    id: NoticeId,
    version: i64,
    written: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Triage)?;
    let written = one_line(written, 200).map_err(|bad| Refusal::Text("place", bad))?;
    let address = Address::parse(&written).map_err(|_| Refusal::NoWords)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut notice = store::find(conn, &deed, id).await?;
            notice.may_change(version)?;
            let before = std::mem::replace(&mut notice.words.place, written);
            let house = house_of(&notice.words.place);
            notice.place = store::place_token(&deed, house.as_deref());
            if notice.center.is_none() {
                let scope = &deed.scope;
                notice.center = networks::center_for(conn, scope, Some(&address), None).await?;
            }
            let words = match before.is_empty() {
                true => format!("場所：{}", notice.words.place),
                false => format!("「{before}」を「{}」に直しました。", notice.words.place),
            };
            keep(conn, &deed, &notice, StepKind::Placed, &words).await
        })
    })
    .await
}
