//! This room's part of an erasure: whose turn it is, what is remembered, how it ends.

use db::{Conn, Error};

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::leaving::rules::{Erasure, Leaving, Refusal, State};
use crate::leaving::store;
use crate::people::{self, import};

/// The leaving, if its record is to be erased now: a second person agreed, and its day has come.
pub async fn take_due_in(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
) -> Result<Option<Leaving>, Refusal> {
    let leaving = store::find(conn, deed, id).await?;
    let today = in_japan(deed.now).date();
    let ripe = leaving.state == State::Approved && leaving.due <= today;
    Ok(Some(leaving).filter(|_| ripe))
}

/// The keyed hashes by which the person is known again after the erasure.
pub async fn traces_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<i64>, Refusal> {
    // A record that was merged into another has names of its own.
    let view = people::find_as_it_is(conn, deed, person).await?;
    let traces = view.map(|view| import::traces(&view.identity.value));
    let tokens = traces.unwrap_or_default();
    Ok(tokens
        .iter()
        .map(|trace| store::token(&deed.keys, trace))
        .collect())
}

/// Remembers the erasure, with its line. Comes after all rooms have forgotten the person.
pub async fn note_in(conn: &mut Conn, deed: &Deed, erasure: &Erasure) -> Result<(), Error> {
    store::forget_in(conn, deed, erasure.person).await?;
    store::insert_erasure(conn, deed, erasure).await?;
    let line = Line::new(Verb::Erased, Some(erasure.person), Fields::NOTHING);
    audit::record(conn, deed, line).await
}

/// Ends the leaving.
pub async fn end_in(conn: &mut Conn, deed: &Deed, leaving: Leaving) -> Result<(), Refusal> {
    let ended = Leaving {
        state: State::Erased,
        ended_at: Some(deed.now),
        ..leaving
    };
    store::save(conn, deed, &ended).await
}
