//! Opening the record of another center's person takes a reason.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::Refusal;
use crate::people::{store, views};
use crate::scope::{NoRight, Right};

/// So long a reason holds: a talk at the counter, not a working day.
pub const OPEN_MINUTES: i64 = 60;

/// A purpose shorter than this says nothing.
pub const LEAST_PURPOSE: usize = 4;

/// The longest purpose.
pub const MOST_PURPOSE: usize = 200;

/// Keeps why this account opens this record, and tells the head of its center; holds for [`OPEN_MINUTES`]. Rooms above call it
/// where a task or an inquiry leads somebody to the record.
pub async fn open_for(db: &Db, deed: &Deed, id: PersonId, reason: String) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { keep(conn, &deed, id, &reason).await }))
        .await
}

async fn keep(conn: &mut Conn, deed: &Deed, id: PersonId, reason: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::ReadPeople)?;
    let account = deed.scope.actor.account().ok_or(NoRight)?;
    let standing = store::find_standing(conn, deed, id).await?;
    standing.ok_or(Refusal::NotFound)?;
    let until = deed.at() + OPEN_MINUTES * 60_000;
    store::openings::put(conn, deed, account, id, until, reason).await?;
    views::note_in(conn, deed, id, reason).await?;
    let line = Line::new(Verb::Saw, Some(id), Fields::NOTHING).saying(format!("目的: {reason}"));
    Ok(audit::record(conn, deed, line).await?)
}
