//! Agreeing to an erasure, and stopping it.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::leaving::rules::{Leaving, Refusal, State, may_approve, may_stop};
use crate::leaving::store;
use crate::scope::Right;
use crate::{people, tasks};

/// A second person agrees: on its day the record is erased.
pub async fn approve(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<PersonId, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut leaving = at_version(conn, &deed, id, version).await?;
            let staff = may_approve(&leaving, deed.scope.actor)?;
            leaving.approved = Some((deed.now, staff));
            leaving.state = State::Approved;
            save_in(conn, &deed, &leaving, "消去の2人目の確認").await?;
            Ok(leaving.person)
        })
    })
    .await
}

/// Stops it: the person is registered again, with the record and the numbers they had.
pub async fn stop(db: &Db, deed: &Deed, id: RowId) -> Result<PersonId, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut leaving = store::find(conn, &deed, id).await?;
            may_stop(&leaving)?;
            let standing = people::find_standing(conn, &deed, leaving.person).await?;
            let standing = standing.ok_or(Refusal::NotFound)?;
            let (person, today) = (leaving.person, in_japan(deed.now).date());
            let registered = people::State::Registered;
            people::set_state_in(conn, &deed, person, standing.version, registered, today).await?;
            end(&mut leaving, &deed);
            save_in(conn, &deed, &leaving, "手続きのとりやめ").await?;
            Ok(person)
        })
    })
    .await
}

/// Marks it as stopped.
pub(super) fn end(leaving: &mut Leaving, deed: &Deed) {
    leaving.state = State::Stopped;
    leaving.ended_at = Some(deed.now);
}

async fn at_version(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    version: i64,
) -> Result<Leaving, Refusal> {
    let leaving = store::find(conn, deed, id).await?;
    match leaving.version == version {
        true => Ok(leaving),
        false => Err(Refusal::Changed),
    }
}

/// Saves, ends the task that asked for a second person, and writes the line.
pub(super) async fn save_in(
    conn: &mut Conn,
    deed: &Deed,
    leaving: &Leaving,
    words: &str,
) -> Result<(), Refusal> {
    store::save(conn, deed, leaving).await?;
    if let Some(task) = leaving.task {
        match tasks::finish_in(conn, deed, task, words).await {
            Ok(()) | Err(tasks::Refusal::NotFound) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let said = format!("{words}（{}）", leaving.kind.word());
    let line = Line::new(Verb::Left, Some(leaving.person), Fields::NOTHING).saying(said);
    Ok(audit::record(conn, deed, line).await?)
}
