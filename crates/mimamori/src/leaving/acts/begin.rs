//! Writing down that somebody leaves.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::leaving::rules::{New, Refusal, due};
use crate::leaving::store::{self, Plan};
use crate::people;
use crate::scope::Right;

/// Writes it down: at once the person is no longer registered, and the record begins to wait.
/// `version` is the one of the standing that was shown.
pub async fn begin(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    version: i64,
    new: New,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { begin_in(conn, &deed, person, version, new).await }))
        .await
}

async fn begin_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    version: i64,
    new: New,
) -> Result<RowId, Refusal> {
    let today = in_japan(deed.now).date();
    if new.since > today {
        return Err(Refusal::Ahead);
    }
    if let Some(open) = store::find_open(conn, deed, person).await? {
        return Err(Refusal::Already(open.id));
    }
    let state = new.kind.state();
    people::set_state_in(conn, deed, person, version, state, new.since).await?;
    let term = store::find_term(conn, deed, new.kind).await?;
    let plan = Plan {
        id: RowId(deed.new_id()),
        person,
        kind: new.kind,
        since: new.since,
        due: due(new.since, term.days, today),
        by: deed.scope.actor.account().map_or(0, |account| account.0),
        asker: new.asker,
    };
    write_in(conn, deed, &plan).await?;
    Ok(plan.id)
}

/// Keeps the plan with its line.
pub(super) async fn write_in(conn: &mut Conn, deed: &Deed, plan: &Plan) -> Result<(), Refusal> {
    store::insert(conn, deed, plan).await?;
    let line = Line::new(Verb::Left, Some(plan.person), Fields::NOTHING).saying(plan.kind.word());
    Ok(audit::record(conn, deed, line).await?)
}
