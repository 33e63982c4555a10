//! What is done with tasks.

use db::{Conn, Db};
use jiff::civil::Date;

use super::rules::{Act, Kind, NewTask, Refusal, State, Task, said};
use super::store;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CenterId, StaffId, TaskId};
use crate::scope::NoRight;

/// Opens a task within the transaction of the deed that asks for it.
pub async fn open_in(conn: &mut Conn, deed: &Deed, new: NewTask) -> Result<TaskId, Refusal> {
    let id = TaskId(deed.new_id());
    store::insert(conn, deed, id, &new).await?;
    let line = Line::new(Verb::TaskChanged, new.person, Fields::NOTHING);
    audit::record(conn, deed, line.because(Why::Task(id))).await?;
    Ok(id)
}

/// Somebody says that they do it; `instead_of` is who did it so far, as they saw it.
pub async fn take(
    db: &Db,
    deed: &Deed,
    id: TaskId,
    instead_of: Option<StaffId>,
) -> Result<(), Refusal> {
    let staff = deed.scope.actor.account().ok_or(NoRight)?;
    change(db, deed, id, Act::Taken, String::new(), move |task| {
        task.may_pass(instead_of)?;
        task.taken_by = Some(staff);
        Ok(())
    })
    .await
}

/// Nobody does it any more.
pub async fn give_back(db: &Db, deed: &Deed, id: TaskId) -> Result<(), Refusal> {
    change(db, deed, id, Act::GivenBack, String::new(), |task| {
        task.may_pass(task.taken_by)?;
        task.taken_by = None;
        Ok(())
    })
    .await
}

/// Nobody does any more what this account had taken, within the transaction of the deed that ends
/// the account; how many there were.
pub async fn give_back_all_in(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
) -> Result<usize, Refusal> {
    let ids = store::list_taken(conn, deed, staff).await?;
    for id in &ids {
        let mut task = store::find(conn, deed, *id).await?;
        task.taken_by = None;
        keep(conn, deed, &task, Act::GivenBack, "").await?;
    }
    Ok(ids.len())
}

/// Done, with what came out.
pub async fn finish(
    db: &Db,
    deed: &Deed,
    id: TaskId,
    version: i64,
    outcome: &str,
) -> Result<(), Refusal> {
    change(db, deed, id, Act::Done, said(outcome)?, move |task| {
        task.may_change(version)?;
        task.state = State::Done;
        Ok(())
    })
    .await
}

/// Done within the transaction of the deed that does it, whoever had taken it; nothing where it is
/// done already.
pub async fn finish_in(
    conn: &mut Conn,
    deed: &Deed,
    id: TaskId,
    outcome: &str,
) -> Result<(), Refusal> {
    let mut task = store::find(conn, deed, id).await?;
    if !task.state.waits() {
        return Ok(());
    }
    task.state = State::Done;
    keep(conn, deed, &task, Act::Done, &said(outcome)?).await
}

/// Everything of a kind that leads there and that this account sees is done, within the transaction
/// of the deed that does it.
pub async fn finish_linked_in(
    conn: &mut Conn,
    deed: &Deed,
    kind: Kind,
    link: &str,
    outcome: &str,
) -> Result<(), Refusal> {
    for id in store::list_linked(conn, deed, kind, link).await? {
        match finish_in(conn, deed, id, outcome).await {
            Err(Refusal::NotFound) => {}
            done => done?,
        }
    }
    Ok(())
}

/// Given to somebody within the transaction of the deed that gives them the work behind it, also to
/// another center; nothing where it is done already.
pub async fn give_in(
    conn: &mut Conn,
    deed: &Deed,
    id: TaskId,
    center: CenterId,
    to: Option<StaffId>,
) -> Result<(), Refusal> {
    let mut task = store::find(conn, deed, id).await?;
    if !task.state.waits() || (task.center, task.taken_by) == (Some(center), to) {
        return Ok(());
    }
    if task.center != Some(center) {
        store::pass(conn, deed, id, center).await?;
    }
    task.taken_by = to;
    keep(conn, deed, &task, Act::Assigned, "").await
}

/// Moved to another day, with the reason; today is the earliest.
pub async fn move_to(
    db: &Db,
    deed: &Deed,
    id: TaskId,
    version: i64,
    day: Date,
    reason: &str,
) -> Result<(), Refusal> {
    if day < in_japan(deed.now).date() {
        return Err(Refusal::DayIsOver);
    }
    let words = format!("{day}へ。{}", said(reason)?);
    change(db, deed, id, Act::Moved, words, move |task| {
        task.may_change(version)?;
        task.due = day;
        task.state = State::Moved;
        Ok(())
    })
    .await
}

/// Takes "done" back.
pub async fn reopen(db: &Db, deed: &Deed, id: TaskId) -> Result<(), Refusal> {
    change(db, deed, id, Act::Reopened, String::new(), |task| {
        if task.state.waits() {
            return Err(Refusal::IsNotDone);
        }
        task.state = State::Open;
        Ok(())
    })
    .await
}

/// Loads, asks the rule, saves, keeps the step and the line: one transaction.
async fn change(
    db: &Db,
    deed: &Deed,
    id: TaskId,
    act: Act,
    words: String,
    rule: impl FnOnce(&mut Task) -> Result<(), Refusal> + Send + 'static,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut task = store::find(conn, &deed, id).await?;
            rule(&mut task)?;
            keep(conn, &deed, &task, act, &words).await
        })
    })
    .await
}

async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    task: &Task,
    act: Act,
    words: &str,
) -> Result<(), Refusal> {
    store::save(conn, deed, task).await?;
    store::insert_act(conn, deed, task.id, act, words).await?;
    let line = Line::new(Verb::TaskChanged, task.person, Fields::NOTHING);
    let line = line.because(Why::Task(task.id)).saying(act.word());
    Ok(audit::record(conn, deed, line).await?)
}
