//! Whether somebody is registered, and where they belong.

use db::{Conn, Db};
use jiff::civil::Date;

use super::register::home_center;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::rules::{Difference, Refusal, Standing, State, Theirs, differences};
use crate::people::store;
use crate::scope::Right;

/// Writes down that somebody moved away, died, withdrew, or is registered again; the version that [`undo_state`]
/// takes back, the same as before where nothing changed.
pub async fn set_state(
    db: &Db,
    deed: &Deed,
    id: PersonId,
    version: i64,
    state: State,
    on: Date,
) -> Result<i64, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { set_state_in(conn, &deed, id, version, state, on).await })
    })
    .await
}

/// The same within the caller's transaction.
pub async fn set_state_in(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    version: i64,
    state: State,
    on: Date,
) -> Result<i64, Refusal> {
    let before = standing(conn, deed, id, version).await?;
    let after = Standing {
        state,
        state_on: (state != State::Registered).then_some(on),
        ..before.clone()
    };
    save(conn, deed, id, &before, &after).await
}

/// Puts somebody under a center by hand, or with `None` under the one of their address again.
pub async fn set_center(
    db: &Db,
    deed: &Deed,
    id: PersonId,
    version: i64,
    center: Option<CenterId>,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = standing(conn, &deed, id, version).await?;
            let chosen = match center {
                Some(center) => Some(center),
                None => home_of(conn, &deed, id).await?,
            };
            let after = Standing {
                center: chosen,
                center_by_hand: center.is_some(),
                ..before.clone()
            };
            save(conn, &deed, id, &before, &after).await?;
            Ok(())
        })
    })
    .await
}

/// The center that looks after somebody's address.
pub async fn home_of(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<CenterId>, Refusal> {
    let person = store::find_for_desk(conn, deed, id).await?;
    let identity = person.ok_or(Refusal::NotFound)?.identity;
    home_center(conn, deed, &identity.value).await
}

/// Takes the last change of state back, as long as it is the last change of the record.
pub async fn undo_state(db: &Db, deed: &Deed, id: PersonId, version: i64) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let now = standing(conn, &deed, id, version).await?;
            let last = store::changes::list(conn, &deed, id, 1).await?;
            let last = last.first().filter(|change| change.what == SET);
            match last.and_then(|change| now.before(&change.differences)) {
                Some(before) => keep(conn, &deed, id, (&now, &before), UNDONE).await,
                None => Err(changed(conn, &deed, id, &now).await?),
            }
        })
    })
    .await
}

/// A kept change: its code in the history, and the words of its audit line.
pub(super) type Kept = (&'static str, &'static str);

pub(super) const SET: &str = "standing";
const UNDONE: Kept = ("standing_undone", "登録の状態の取り消し");

async fn standing(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    version: i64,
) -> Result<Standing, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let standing = store::find_standing(conn, deed, id).await?;
    let standing = standing.filter(|of| of.state != State::Merged);
    let standing = standing.ok_or(Refusal::NotFound)?;
    match standing.version == version {
        true => Ok(standing),
        false => Err(changed(conn, deed, id, &standing).await?),
    }
}

/// Saves what differs; the version that stands then.
async fn save(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    before: &Standing,
    after: &Standing,
) -> Result<i64, Refusal> {
    if before == after {
        return Ok(before.version);
    }
    keep(
        conn,
        deed,
        id,
        (before, after),
        (SET, "登録の状態・担当センター"),
    )
    .await?;
    Ok(before.version + 1)
}

pub(super) async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    (before, after): (&Standing, &Standing),
    (code, words): Kept,
) -> Result<(), Refusal> {
    if !store::save_standing(conn, deed, id, after).await? {
        return Err(db::Error::Changed.into());
    }
    let told: Vec<Difference> = differences(&before.items(), &after.items());
    store::changes::insert(conn, deed, id, code, &told).await?;
    let line = Line::new(Verb::Changed, Some(id), Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}

/// The refusal with what stands there now, who saved it, and when.
async fn changed(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    standing: &Standing,
) -> Result<Refusal, Refusal> {
    let theirs = Theirs {
        version: standing.version,
        items: standing.items(),
        saved: store::changes::find_last(conn, deed, id, [SET, UNDONE.0]).await?,
    };
    Ok(Refusal::Changed { theirs })
}
