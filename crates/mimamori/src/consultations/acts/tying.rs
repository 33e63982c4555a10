//! Saying that somebody who was not registered is this person of the register, and taking that back.

use db::Db;

use super::changing::{before, may_write, reason_of};
use super::taking::record;
use crate::consultations::rules::{Act, Refusal};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::{ConsultationId, PersonId};
use crate::people;
use crate::scope::Right;

/// Ties everything that was heard of the consultation's person to a record, with the reason. From
/// then on they are counted as one, and the record's center sees them.
pub async fn tie(
    db: &Db,
    deed: &Deed,
    id: ConsultationId,
    person: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    set(db, deed, id, Some(person), Act::Tied, reason_of(reason)?).await
}

/// Takes a tie back.
pub async fn untie(db: &Db, deed: &Deed, id: ConsultationId, reason: &str) -> Result<(), Refusal> {
    set(db, deed, id, None, Act::Untied, reason_of(reason)?).await
}

async fn set(
    db: &Db,
    deed: &Deed,
    id: ConsultationId,
    person: Option<PersonId>,
    act: Act,
    reason: String,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            may_write(&deed, &one)?;
            let stranger = one.stranger.ok_or(Refusal::NobodyToTie)?;
            if one.person.is_some() == person.is_some() {
                return Err(Refusal::NobodyToTie);
            }
            let person = match person {
                Some(person) => {
                    let now = people::now_of(conn, &deed, person).await?;
                    Some(now.ok_or(Refusal::NotFound)?)
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
