//! What happened elsewhere: somebody left the register or came back, a step's task was done.

use db::{Conn, Db};

use super::step::keep;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::people;
use crate::renewals::rules::{Act, AskWay, Refusal, Renewal, Settings, State, Step};
use crate::renewals::store;
use crate::tasks;

/// Who left the register or gave every tag back drops out; who is registered with a tag again is in
/// again.
pub async fn follow_people(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let settings = store::find_settings(&mut db.read().await?, deed).await?;
    loop {
        let mut gone = store::list_gone(&mut db.read().await?, deed).await?;
        gone.extend(store::list_gave_back(&mut db.read().await?, deed).await?);
        let back = store::list_came_back(&mut db.read().await?, deed).await?;
        if gone.is_empty() && back.is_empty() {
            return Ok(());
        }
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                for (renewal, state) in &gone {
                    leave(conn, &deed, renewal, *state).await?;
                }
                for (renewal, _) in &back {
                    come_back(conn, &deed, renewal, &settings).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
}

async fn leave(
    conn: &mut Conn,
    deed: &Deed,
    before: &Renewal,
    state: people::State,
) -> Result<(), Refusal> {
    let left = match state {
        people::State::MovedAway => State::Moved,
        people::State::Died => State::Died,
        people::State::Withdrawn | people::State::Merged => State::Withdrawn,
        people::State::Registered => State::Returned,
    };
    // The person is asked under the record into which this one was merged.
    let why = match state {
        people::State::Merged => "記録の統合",
        people::State::Registered => "タグの返却",
        _ => left.word(),
    };
    if let Some(task) = before.task {
        let outcome = format!("{why}のため、更新のお願いを終わりにしました。");
        tasks::finish_in(conn, deed, task, &outcome).await?;
    }
    let mut after = before.clone();
    after.leave(left);
    keep(conn, deed, before, &after, (Act::Left, why), "").await
}

async fn come_back(
    conn: &mut Conn,
    deed: &Deed,
    before: &Renewal,
    settings: &Settings,
) -> Result<(), Refusal> {
    let mut after = before.clone();
    after.come_back(in_japan(deed.now).date(), settings);
    keep(conn, deed, before, &after, (Act::CameBack, ""), "").await
}

/// A step whose task somebody marked as done was tried: without an answer, else the record would
/// have been gone through. A second postcard is no question that could stay without an answer
/// yet: whoever sent it has asked again.
pub async fn follow_tasks(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let settings = store::find_settings(&mut db.read().await?, deed).await?;
    let today = in_japan(deed.now).date();
    loop {
        let tried = store::list_tried(&mut db.read().await?, deed).await?;
        if tried.is_empty() {
            return Ok(());
        }
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                for before in &tried {
                    let mut after = before.clone();
                    match before.state.is_open() {
                        true => after.tried(today, &settings)?,
                        false => after.task = None,
                    }
                    let act = match before.step {
                        Some(Step::Postcard) => (Act::Asked, AskWay::Postcard.word()),
                        step => (Act::Tried, step.map_or("", Step::word)),
                    };
                    keep(conn, &deed, before, &after, act, "").await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
}
