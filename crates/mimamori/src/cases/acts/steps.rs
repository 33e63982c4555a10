//! Steps: what is to be done by a day, each a task of whoever is in charge. The task says which case
//! and nothing more, since everybody of the town may read the list of the day.

use db::{Conn, Db};
use jiff::civil::Date;

use super::{end_task, note, seen, seen_open};
use crate::cases::rules::{Case, Entry, EntryState, Refusal, Step};
use crate::cases::store::{self, NewEntry};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, RowId, StaffId, TaskId};
use crate::tasks::{self, Kind, NewTask, Words};

/// A task of a center that names a case by its number.
pub(super) async fn open_task(
    conn: &mut Conn,
    deed: &Deed,
    (center, to): (CenterId, Option<StaffId>),
    due: Date,
    (title, link): (String, String),
) -> Result<TaskId, Refusal> {
    let new = NewTask {
        center: Some(center),
        person: None,
        kind: Kind::Case,
        due,
        words: Words {
            title,
            story: "くわしい内容は、支援の画面で確かめてください。".to_owned(),
        },
        link,
    };
    let task = tasks::open_in(conn, deed, new).await?;
    if to.is_some() {
        tasks::give_in(conn, deed, task, center, to).await?;
    }
    Ok(task)
}

/// Adds a step.
pub async fn add_step(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    due: Date,
    words: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen_open(conn, &deed, id).await?;
            if words.is_empty() {
                return Err(Refusal::NoWords);
            }
            if due < in_japan(deed.now).date() {
                return Err(Refusal::BadDay);
            }
            let said = (format!("{}の予定", case.name()), format!("/cases/{id}"));
            let to = (case.center, case.lead);
            let task = open_task(conn, &deed, to, due, said).await?;
            let outcome = String::new();
            let new = NewEntry {
                state: EntryState::Waiting,
                day: Some(due),
                task: Some(task),
                ..NewEntry::new(&deed, Step { words, outcome })
            };
            store::insert_entry(conn, &deed, id, &new).await?;
            Ok(note(conn, &deed, id, "予定を加えました").await?)
        })
    })
    .await
}

/// Done, with what came of it; `helped`: with it help has arrived.
pub async fn finish_step(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    step: RowId,
    (outcome, helped): (String, bool),
) -> Result<(), Refusal> {
    if outcome.is_empty() {
        return Err(Refusal::NoWords);
    }
    end(db, deed, (id, step), EntryState::Done, (outcome, helped)).await
}

/// Not needed any more, with the reason.
pub async fn drop_step(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    step: RowId,
    why: String,
) -> Result<(), Refusal> {
    end(db, deed, (id, step), EntryState::Ended, (why, false)).await
}

async fn end(
    db: &Db,
    deed: &Deed,
    (id, step): (CaseId, RowId),
    to: EntryState,
    (words, helped): (String, bool),
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let entry = store::find_entry::<Step>(conn, &deed, id, step).await?;
            end_in(conn, &deed, entry, to, words).await?;
            if helped {
                store::set_helped(conn, &deed, id).await?;
            }
            let said = match to {
                EntryState::Done => "予定が済みました",
                _ => "予定を取りやめました",
            };
            Ok(note(conn, &deed, id, said).await?)
        })
    })
    .await
}

/// Ends a step with its task.
pub(super) async fn end_in(
    conn: &mut Conn,
    deed: &Deed,
    mut step: Entry<Step>,
    to: EntryState,
    outcome: String,
) -> Result<(), Refusal> {
    if step.state != EntryState::Waiting {
        return Err(Refusal::NotWaiting);
    }
    step.state = to;
    step.body.outcome = outcome;
    end_task(conn, deed, step.task, "支援の画面で記録しました。").await?;
    store::save_entry(conn, deed, &step).await
}

/// Ends every step that waits: the case has ended.
pub(super) async fn end_all(conn: &mut Conn, deed: &Deed, case: &Case) -> Result<(), Refusal> {
    for step in waiting(conn, deed, case.id).await? {
        let why = "支援の終了".to_owned();
        end_in(conn, deed, step, EntryState::Ended, why).await?;
    }
    Ok(())
}

/// The tasks of the steps that wait become those of whoever is in charge now.
pub(super) async fn pass_all(conn: &mut Conn, deed: &Deed, case: &Case) -> Result<(), Refusal> {
    for step in waiting(conn, deed, case.id).await? {
        if let Some(task) = step.task {
            tasks::give_in(conn, deed, task, case.center, case.lead).await?;
        }
    }
    Ok(())
}

pub(super) async fn waiting(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
) -> Result<Vec<Entry<Step>>, Refusal> {
    let mut steps = store::list_entries::<Step>(conn, deed, case).await?;
    steps.retain(|step| step.state == EntryState::Waiting);
    Ok(steps)
}
