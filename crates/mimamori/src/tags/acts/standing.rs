//! Lost, found, replaced, returned, void; and back, where there is a way back.

use db::{Conn, Db};

use super::binding::need_registered;
use super::step::{load, tell};
use crate::deed::Deed;
use crate::ids::TagId;
use crate::scope::Right;
use crate::tags::rules::{self, Act, Handed, Number, Refusal, State, Tag};
use crate::tags::store;

/// Takes the report that a tag was lost. It still finds its person, so that a finder is helped.
pub async fn lose(db: &Db, deed: &Deed, id: TagId, remark: String) -> Result<(), Refusal> {
    turn(db, deed, id, remark, |tag, deed| {
        Ok((rules::lose(tag, deed.now)?, Act::Lost))
    })
    .await
}

/// Takes the report that a lost tag was found.
pub async fn find_again(db: &Db, deed: &Deed, id: TagId) -> Result<(), Refusal> {
    let remark = String::new();
    turn(db, deed, id, remark, |tag, deed| {
        Ok((rules::find_again(tag, deed.now)?, Act::Found))
    })
    .await
}

/// Takes a tag back from somebody who needs it no more; its QRs are shut.
pub async fn return_tag(db: &Db, deed: &Deed, id: TagId, remark: String) -> Result<(), Refusal> {
    turn(db, deed, id, remark, |tag, deed| {
        Ok((rules::return_tag(tag, deed.now)?, Act::Returned))
    })
    .await
}

/// Makes a number void for good; its QRs are shut. This can't be undone.
pub async fn void(db: &Db, deed: &Deed, id: TagId, remark: String) -> Result<(), Refusal> {
    turn(db, deed, id, remark, |tag, deed| {
        Ok((rules::void(tag, deed.now)?, Act::Voided))
    })
    .await
}

/// What becomes of a tag, and the act that its history tells.
type Rule = fn(&Tag, &Deed) -> Result<(Tag, Act), Refusal>;

/// Loads, asks the rule, saves, and tells.
async fn turn(db: &Db, deed: &Deed, id: TagId, remark: String, rule: Rule) -> Result<(), Refusal> {
    deed.scope.need(Right::BindTags)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let tag = load(conn, &deed, id).await?;
            let (turned, act) = rule(&tag, &deed)?;
            keep(conn, &deed, &turned).await?;
            tell(conn, &deed, &turned, act, None, &remark).await
        })
    })
    .await
}

/// Saves the tag; out of use, its QRs are shut with it.
async fn keep(conn: &mut Conn, deed: &Deed, tag: &Tag) -> Result<(), Refusal> {
    store::save(conn, deed, tag).await?;
    if matches!(tag.state, State::Replaced | State::Returned | State::Void) {
        store::shut_with_number(conn, deed, tag.id).await?;
    }
    Ok(())
}

/// Takes back a binding or a return of the same day: a slip at the counter.
pub async fn take_back(db: &Db, deed: &Deed, id: TagId) -> Result<(), Refusal> {
    deed.scope.need(Right::BindTags)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let tag = load(conn, &deed, id).await?;
            let last = store::find_last_act(conn, &deed, id).await?;
            let (before, act) = rules::take_back(&tag, last, deed.now)?;
            store::save(conn, &deed, &before).await?;
            store::open_with_number(conn, &deed, id).await?;
            // The line is about whose tag it was, not about nobody.
            let told = Tag {
                person: tag.person,
                ..before
            };
            tell(conn, &deed, &told, act, None, "").await
        })
    })
    .await
}

/// Which number takes the place of another.
#[derive(Clone)]
pub enum Replacement {
    /// The one that has been in stock longest.
    Next,
    /// What was typed or scanned.
    Handed(String),
}

/// Gives a person another number in place of one they have or lost. The old one is void from now
/// on, and says at the desk that it was replaced.
pub async fn replace(
    db: &Db,
    deed: &Deed,
    id: TagId,
    with: Replacement,
    remark: String,
) -> Result<TagId, Refusal> {
    deed.scope.need(Right::BindTags)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let old = load(conn, &deed, id).await?;
            let new = substitute(conn, &deed, with).await?;
            let (old, person) = rules::replace(&old, new.id, deed.now)?;
            need_registered(conn, &deed, person).await?;
            let new = rules::bind(&new, person, deed.now)?;
            keep(conn, &deed, &old).await?;
            keep(conn, &deed, &new).await?;
            tell(conn, &deed, &old, Act::Replaced, None, &remark).await?;
            tell(conn, &deed, &new, Act::Bound, None, "").await?;
            Ok(new.id)
        })
    })
    .await
}

async fn substitute(conn: &mut Conn, deed: &Deed, with: Replacement) -> Result<Tag, Refusal> {
    let Replacement::Handed(text) = with else {
        return store::find_in_stock(conn, deed)
            .await?
            .ok_or(Refusal::NoStock);
    };
    let found = match Handed::read(&text) {
        Handed::Number(number) => store::find_by_number(conn, deed, &Number::Ours(number)).await?,
        Handed::Address(secret) => store::find_by_address(conn, deed, secret.hash()).await?,
        Handed::Neither(problem) => return Err(Refusal::Misread(problem)),
    };
    found.ok_or(Refusal::NotOurs)
}
