//! What somebody says of a pair.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::acts::{Met, register_in};
use crate::people::rules::{Contacts, Draft, Identity, Refusal};
use crate::people::store as people;
use crate::people::twins::rules::{Likeness, PairState, PairWords, Side, compare};
use crate::people::twins::store;
use crate::scope::Right;

/// They are two people, and why. Kept with what compared how, so that nobody is asked again until
/// something compares otherwise.
pub async fn say_other(
    db: &Db,
    deed: &Deed,
    pair: (PersonId, PersonId),
    reason: String,
) -> Result<(), Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { say_other_in(conn, &deed, pair, reason).await }))
        .await
}

/// The same within the caller's transaction, for a caller that has seen to the right.
pub async fn say_other_in(
    conn: &mut Conn,
    deed: &Deed,
    pair: (PersonId, PersonId),
    reason: String,
) -> Result<(), Refusal> {
    say(conn, deed, pair, PairState::Other, reason).await?;
    for id in [pair.0, pair.1] {
        let line = Line::new(Verb::Changed, Some(id), Fields::NOTHING);
        audit::record(conn, deed, line.saying("別の人と確かめた")).await?;
    }
    Ok(())
}

/// Registers somebody at the counter, and keeps of whom they were told apart; `met` where the center
/// meets them for the first time ever.
pub async fn register_apart(
    db: &Db,
    deed: &Deed,
    draft: Draft,
    apart: Vec<PersonId>,
    reason: String,
    met: Option<Met>,
) -> Result<PersonId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let id = register_in(conn, &deed, draft).await?;
            if let Some(met) = met {
                met(conn, &deed, id).await?;
            }
            for other in apart {
                say_other_in(conn, &deed, (id, other), reason.clone()).await?;
            }
            Ok(id)
        })
    })
    .await
}

/// Later: it goes to the end of the list.
pub async fn say_later(db: &Db, deed: &Deed, pair: (PersonId, PersonId)) -> Result<(), Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { say(conn, &deed, pair, PairState::Later, String::new()).await })
    })
    .await
}

async fn say(
    conn: &mut Conn,
    deed: &Deed,
    pair: (PersonId, PersonId),
    state: PairState,
    reason: String,
) -> Result<(), Refusal> {
    let likeness = likeness(conn, deed, pair).await?;
    let words = PairWords {
        levels: likeness.code(),
        reason,
    };
    store::pairs::put(conn, deed, pair, state, likeness.sum(), &words).await
}

/// How two records compare now.
pub(super) async fn likeness(
    conn: &mut Conn,
    deed: &Deed,
    (a, b): (PersonId, PersonId),
) -> Result<Likeness, Refusal> {
    let (a, b) = (side(conn, deed, a).await?, side(conn, deed, b).await?);
    Ok(compare(&a, &b))
}

async fn side(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<Side, Refusal> {
    let identity = people::find_group::<Identity>(conn, deed, id).await?;
    let contacts = people::find_group::<Contacts>(conn, deed, id).await?;
    let both = identity.zip(contacts).ok_or(Refusal::NotFound)?;
    Ok(Side::of(&both.0.value, &both.1.value))
}
