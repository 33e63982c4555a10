//! A center has a notice, passes it on, looks into it, writes the place down better.

use db::{Conn, Db};
use words::address::Address;

use super::change;
use super::telling::{due_at, task};
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId};
use crate::networks;
use crate::notices::rules::{LookKind, Notice, Refusal, StepKind, Way, house_of, said};
use crate::notices::store;
use crate::people::one_line;
use crate::tasks::{self, Kind};

/// The center has it.
pub async fn accept(db: &Db, deed: &Deed, id: NoticeId, version: i64) -> Result<(), Refusal> {
    change(db, deed, id, StepKind::Accepted, move |_, deed, notice| {
        Box::pin(async move {
            notice.accept(version, deed.scope.center)?;
            Ok(String::new())
        })
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
    let reason = said(reason)?;
    change(db, deed, id, StepKind::Moved, move |conn, deed, notice| {
        Box::pin(async move {
            let to = networks::find_center(conn, &deed.scope, center).await?;
            let to = to.filter(|to| to.closed_at.is_none());
            to.ok_or(Refusal::NoCenter)?;
            let waits = notice.waits_for_look();
            notice.move_to(version, center)?;
            let steps = store::list_steps(conn, deed, notice.id).await?;
            let again = steps.iter().any(|one| one.kind == StepKind::Moved);
            // The clock goes on: passing it on wins nobody time where danger is near, nor passing it to
            // and fro anywhere.
            if !(again || notice.danger && waits) {
                let due = due_at(conn, deed, notice.danger, Some(center)).await?;
                notice.due_at = instant(due);
            }
            finish_tasks(conn, deed, notice, "担当のセンターへ回しました。").await?;
            notice.task = Some(tasks::open_in(conn, deed, task(notice)).await?);
            Ok(reason)
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
    let words = said(words)?;
    change(db, deed, id, kind.step(), move |conn, deed, notice| {
        Box::pin(async move {
            notice.look(version, kind, deed.now, deed.scope.center)?;
            let done = "最初の確認をしました。";
            match notice.way {
                // What another room asked for is done when it has ended.
                Way::Room => finish_late(conn, deed, notice, done).await?,
                _ => finish_tasks(conn, deed, notice, done).await?,
            }
            Ok(words)
        })
    })
    .await
}

/// The task of the first look is done, where there is one, and nobody is to see to its being late.
pub(super) async fn finish_tasks(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    outcome: &str,
) -> Result<(), Refusal> {
    finish_late(conn, deed, notice, outcome).await?;
    match notice.task {
        Some(task) => match tasks::finish_in(conn, deed, task, outcome).await {
            Err(tasks::Refusal::NotFound) => Ok(()),
            done => Ok(done?),
        },
        None => Ok(()),
    }
}

async fn finish_late(
    conn: &mut Conn,
    deed: &Deed,
    notice: &Notice,
    outcome: &str,
) -> Result<(), Refusal> {
    let link = notice.link();
    Ok(tasks::finish_linked_in(conn, deed, Kind::NoticeLate, &link, outcome).await?)
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
    let written = one_line(written, 200).map_err(|bad| Refusal::Text("place", bad))?;
    let address = Address::parse(&written).map_err(|_| Refusal::NoWords)?;
    change(db, deed, id, StepKind::Placed, move |conn, deed, notice| {
        Box::pin(async move {
            notice.may_change(version)?;
            let before = std::mem::replace(&mut notice.words.place, written);
            let house = house_of(&notice.words.place);
            notice.place = store::place_token(deed, house.as_deref());
            if notice.center.is_none() {
                let scope = &deed.scope;
                notice.center = networks::center_for(conn, scope, Some(&address), None).await?;
            }
            Ok(match before.is_empty() {
                true => format!("場所：{}", notice.words.place),
                false => format!("「{before}」を「{}」に直しました。", notice.words.place),
            })
        })
    })
    .await
}
