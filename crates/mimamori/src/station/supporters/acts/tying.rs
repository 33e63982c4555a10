//! Saying that a supporter is this person of the register, and taking that back.

use db::Db;

use super::{Upon, reason_of, say, upon};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people;
use crate::people::views::{Explain, must_be_open};
use crate::scope::Right;
use crate::station::supporters::rules::{Refusal, Supporter};
use crate::station::supporters::store;

/// Ties a supporter to a record, with the reason. Another center's record needs its purpose said first;
/// a record that is another supporter's is not tied twice.
pub async fn tie(
    db: &Db,
    deed: &Deed,
    of: Upon,
    (person, explains): (PersonId, &'static [Explain]),
    reason: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let reason = reason_of(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = upon(conn, &deed, of).await?;
            if one.person.is_some() {
                return Err(Refusal::Tied);
            }
            let now = people::now_of(conn, &deed, person).await?;
            let person = now.ok_or(Refusal::NotFound)?;
            must_be_open(conn, &deed, explains, person).await?;
            if !store::list_of_person(conn, &deed, person).await?.is_empty() {
                return Err(Refusal::Another);
            }
            let tied = Supporter {
                person: Some(person),
                tied_by: reason,
                ..one
            };
            store::save(conn, &deed, &tied).await?;
            let said = format!("登録者に結びつけた（{}）", tied.tied_by);
            Ok(say(conn, &deed, &tied, &said).await?)
        })
    })
    .await
}

/// Takes a tie back, with the reason.
pub async fn untie(db: &Db, deed: &Deed, of: Upon, reason: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let reason = reason_of(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = upon(conn, &deed, of).await?;
            if one.person.is_none() {
                return Err(Refusal::Tied);
            }
            // Whose record it was reads there that it is no more.
            say(
                conn,
                &deed,
                &one,
                &format!("結びつきをはずした（{reason}）"),
            )
            .await?;
            let loose = Supporter {
                person: None,
                tied_by: String::new(),
                ..one
            };
            store::save(conn, &deed, &loose).await
        })
    })
    .await
}
