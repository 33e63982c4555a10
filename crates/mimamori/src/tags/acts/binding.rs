//! Binding numbers to people at the counter, and on import.

use db::{Conn, Db, Error};
use jiff::Timestamp;

use super::step::tell;
use crate::deed::Deed;
use crate::ids::{PersonId, TagId};
use crate::people;
use crate::scope::Right;
use crate::tags::rules::{self, Act, Handed, Number, Refusal, State, Tag};
use crate::tags::store;

/// How often the next number of the stock is tried when somebody else takes it first.
const TRIES: usize = 5;

/// Binds what was handed over: the number typed, or the QR of its carrier scanned.
pub async fn bind(db: &Db, deed: &Deed, person: PersonId, handed: &str) -> Result<TagId, Refusal> {
    deed.scope.need(Right::BindTags)?;
    let (deed, handed) = (deed.clone(), Handed::read(handed));
    db.write(move |conn| {
        Box::pin(async move {
            let found = match handed {
                Handed::Number(number) => {
                    store::find_by_number(conn, &deed, &Number::Ours(number)).await?
                }
                Handed::Address(secret) => {
                    store::find_by_address(conn, &deed, secret.hash()).await?
                }
                Handed::Neither(problem) => return Err(Refusal::Misread(problem)),
            };
            let tag = found.ok_or(Refusal::NotOurs)?;
            need_registered(conn, &deed, person).await?;
            bind_found(conn, &deed, person, &tag).await
        })
    })
    .await
}

/// Binds the number that has been in stock longest.
pub async fn bind_next(db: &Db, deed: &Deed, person: PersonId) -> Result<TagId, Refusal> {
    deed.scope.need(Right::BindTags)?;
    for _ in 1..TRIES {
        match try_next(db, deed, person).await {
            Err(Refusal::Db(Error::Changed)) => {}
            done => return done,
        }
    }
    try_next(db, deed, person).await
}

async fn try_next(db: &Db, deed: &Deed, person: PersonId) -> Result<TagId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            need_registered(conn, &deed, person).await?;
            let next = store::find_in_stock(conn, &deed)
                .await?
                .ok_or(Refusal::NoStock)?;
            bind_found(conn, &deed, person, &next).await
        })
    })
    .await
}

/// Binds a town's older number, typed by hand as it stands on the old tag.
pub async fn bind_older(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    typed: &str,
) -> Result<TagId, Refusal> {
    deed.scope.need(Right::BindTags)?;
    let number = Number::older_by_hand(typed)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            need_registered(conn, &deed, person).await?;
            match store::find_by_number(conn, &deed, &number).await? {
                Some(tag) => match tag.person {
                    Some(owner) if owner != person => Err(Refusal::Taken(owner)),
                    // Theirs, or taken back after a slip: the tag's state decides.
                    _ => bind_found(conn, &deed, person, &tag).await,
                },
                None => make_older(conn, &deed, person, &number).await,
            }
        })
    })
    .await
}

/// Binds within the caller's transaction: a number of ours out of the stock, or an older number of
/// the town, which is made where it is not there. For the import of a roster; `Refusal::Taken`
/// where the older number is somebody else's, [`Refusal::AlreadyTheirs`] where nothing is to do.
/// Also for somebody who moved away or died: the desk then says so instead of "unknown".
pub async fn bind_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    number: &Number,
) -> Result<TagId, Refusal> {
    if !deed.scope.rights.has(Right::Import) {
        deed.scope.need(Right::BindTags)?;
    }
    match (store::find_by_number(conn, deed, number).await?, number) {
        (Some(tag), Number::Ours(_)) => bind_found(conn, deed, person, &tag).await,
        (None, Number::Ours(_)) => Err(Refusal::NotOurs),
        (Some(tag), Number::Older(_)) => match tag.person {
            Some(owner) if owner != person => Err(Refusal::Taken(owner)),
            Some(_) => Err(Refusal::AlreadyTheirs(tag.id)),
            None => bind_found(conn, deed, person, &tag).await,
        },
        (None, Number::Older(_)) => make_older(conn, deed, person, number).await,
    }
}

/// A new tag is for somebody who is registered.
pub(super) async fn need_registered(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<(), Refusal> {
    let standing = people::find_standing(conn, deed, person)
        .await?
        .ok_or(Refusal::NotFound)?;
    match standing.state {
        people::State::Registered => Ok(()),
        _ => Err(Refusal::NotRegistered),
    }
}

async fn bind_found(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    tag: &Tag,
) -> Result<TagId, Refusal> {
    let bound = rules::bind(tag, person, deed.now)?;
    store::save(conn, deed, &bound).await?;
    tell(conn, deed, &bound, Act::Bound, None, "").await?;
    Ok(bound.id)
}

/// Binds an older number as a list says that it stood: since when, and in which state. Its history
/// begins here, by whoever brought the list.
pub async fn bring_older_in(
    conn: &mut Conn,
    deed: &Deed,
    (person, number): (PersonId, Number),
    (state, since): (State, Timestamp),
) -> Result<TagId, Refusal> {
    deed.scope.need(Right::BindTags)?;
    let tag = Tag {
        id: TagId(deed.new_id()),
        number,
        state,
        since,
        person: Some(person),
        batch: None,
        replaced_by: None,
        version: 1,
    };
    store::insert(conn, deed, &tag).await?;
    let act = match state {
        State::Lost => Act::Lost,
        State::Returned => Act::Returned,
        State::Void => Act::Voided,
        State::Stock | State::Bound | State::Replaced => Act::Bound,
    };
    tell(conn, deed, &tag, act, None, "一覧から取り込んだ").await?;
    Ok(tag.id)
}

async fn make_older(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    number: &Number,
) -> Result<TagId, Refusal> {
    let tag = Tag {
        id: TagId(deed.new_id()),
        number: number.clone(),
        state: State::Bound,
        since: deed.now,
        person: Some(person),
        batch: None,
        replaced_by: None,
        version: 1,
    };
    store::insert(conn, deed, &tag).await?;
    tell(conn, deed, &tag, Act::Bound, None, "").await?;
    Ok(tag.id)
}
