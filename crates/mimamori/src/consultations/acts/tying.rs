//! Saying that somebody who was not registered is this person of the register, and taking that back.

use db::Db;

use super::changing::{before, may_write, reason_of};
use super::taking::record;
use crate::consultations::rules::{Act, Refusal};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::{ConsultationId, PersonId};
use crate::people;
use crate::people::views::{Explain, must_be_open};
use crate::scope::Right;

/// How somebody is brought into a record: which, and what leads this account there.
type Into = (PersonId, &'static [Explain]);

/// Ties everything that was heard of the consultation's person to a record, with the reason. From
/// then on they are counted as one, and the record's center sees them.
pub async fn tie(
    db: &Db,
    deed: &Deed,
    upon: (ConsultationId, i64),
    person: Into,
    reason: &str,
) -> Result<(), Refusal> {
    set(db, deed, upon, Some(person), reason_of(reason)?).await
}

/// Takes a tie back.
pub async fn untie(
    db: &Db,
    deed: &Deed,
    upon: (ConsultationId, i64),
    reason: &str,
) -> Result<(), Refusal> {
    set(db, deed, upon, None, reason_of(reason)?).await
}

async fn set(
    db: &Db,
    deed: &Deed,
    (id, version): (ConsultationId, i64),
    person: Option<Into>,
    reason: String,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            may_write(&deed, &one)?;
            one.must_be(version)?;
            let stranger = one.stranger.ok_or(Refusal::NobodyToTie)?;
            if one.person.is_some() == person.is_some() {
                return Err(Refusal::NobodyToTie);
            }
            let act = match person {
                Some(_) => Act::Tied,
                None => Act::Untied,
            };
            let person = match person {
                Some((person, explains)) => {
                    let now = people::now_of(conn, &deed, person).await?;
                    let now = now.ok_or(Refusal::NotFound)?;
                    must_be_open(conn, &deed, explains, now).await?;
                    Some(now)
                }
                None => None,
            };
            for each in store::list_of_stranger(conn, &deed, stranger).await? {
                let mut each = store::find_in(conn, &deed, each).await?;
                let was = before(&each, reason.clone());
                store::insert_change(conn, &deed, each.id, act, &was).await?;
                store::set_person(conn, &deed, &each, person).await?;
                // Both sides read in the audit what was tied to them, or taken away.
                each.person = each.person.or(person);
                record(conn, &deed, &each, act.word()).await?;
            }
            Ok(())
        })
    })
    .await
}
