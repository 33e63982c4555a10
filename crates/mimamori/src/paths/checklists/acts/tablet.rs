//! The person answers alone: a link is handed out, answers come in by it, and it is over.

use db::{Conn, Db};
use jiff::Timestamp;
use seal::SecretToken;

use super::work::say;
use crate::clock::{in_japan, instant};
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::paths::acts::own;
use crate::paths::checklists::rules::{Answers, Checklist, LINK_MINUTES, Refusal, State, Way};
use crate::paths::checklists::store;
use crate::scope::Right;

/// A link that was handed out; shown once.
pub struct Handed {
    /// About whom.
    pub person: PersonId,
    /// What stands in the address: `network.secret`.
    pub token: String,
}

/// Hands out the one link of a checklist; one handed out before is over.
pub async fn hand(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<Handed, Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = store::find(conn, &deed, id).await?;
            own(conn, &deed, one.person).await?;
            one.may_change(version)?;
            let secret = SecretToken::new(&mut deed.dice.clone());
            one.way = Way::Tablet;
            one.state = State::Begun;
            one.link_until = Some(instant(deed.at() + LINK_MINUTES * 60_000));
            store::save(conn, &deed, &one, Some(secret.hash())).await?;
            say(conn, &deed, &one, "タブレットをわたした").await?;
            Ok(Handed {
                person: one.person,
                token: format!("{}.{}", deed.network(), secret.text()),
            })
        })
    })
    .await
}

/// Takes back the link that was shown, by the time when it is over; what was answered stays. Not
/// upon a version: every answer makes a new one, and a link has to stop at once.
pub async fn withdraw(
    db: &Db,
    deed: &Deed,
    id: RowId,
    until: Option<Timestamp>,
) -> Result<PersonId, Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            own(conn, &deed, one.person).await?;
            // Another was handed out meanwhile, perhaps to somebody who is answering.
            if one.link_until != until {
                return Err(Refusal::Changed);
            }
            store::save(conn, &deed, &one, None).await?;
            say(conn, &deed, &one, "タブレットのリンクを止めた").await?;
            Ok(one.person)
        })
    })
    .await
}

/// What a link opens, while it may.
pub async fn open_link(conn: &mut Conn, deed: &Deed, hash: [u8; 32]) -> Result<Checklist, Refusal> {
    let found = store::find_by_link(conn, deed, hash).await?;
    let one = found.ok_or(Refusal::LinkIsOver)?;
    one.may_answer(deed.now)?;
    Ok(one)
}

/// Writes one answer down, as the person gives it.
pub async fn answer(
    db: &Db,
    deed: &Deed,
    hash: [u8; 32],
    write: impl FnOnce(&mut Answers) + Send + 'static,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = open_link(conn, &deed, hash).await?;
            write(&mut one.answers);
            store::save(conn, &deed, &one, Some(hash)).await
        })
    })
    .await
}

/// The person sends it: it counts as answered, and the link is over.
pub async fn finish(db: &Db, deed: &Deed, hash: [u8; 32]) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = open_link(conn, &deed, hash).await?;
            one.state = State::Done;
            one.on = in_japan(deed.now).date();
            store::save(conn, &deed, &one, None).await?;
            say(conn, &deed, &one, "ご本人が回答を送った").await
        })
    })
    .await
}
