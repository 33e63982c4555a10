//! The counter sets the word, or takes the page away.

use db::{Conn, Db};

use super::{card_of, say};
use crate::audit::Verb;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::scope::Right;
use crate::station::own::rules::{Refusal, Stands, easy, read};
use crate::station::own::store;
use crate::station::supporters;

/// Sets the word that the supporter chose; whoever had the page open has it no more.
pub async fn set_pin(db: &Db, deed: &Deed, of: SupporterId, typed: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let pin = read(typed).ok_or(Refusal::NotFour)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = supporters::find(conn, &deed, of).await?;
            let in_now = one.terms.has(in_japan(deed.now).date());
            if !in_now || card_of(conn, &deed, of).await?.is_none() {
                return Err(Refusal::NoCard);
            }
            if easy(&pin, &one.details) {
                return Err(Refusal::Easy);
            }
            store::put_pin(conn, &deed, of, &pin).await?;
            store::drop_visits_of(conn, &deed, of).await?;
            say(
                conn,
                &deed,
                Verb::SupporterChanged,
                &one,
                "暗証番号を決めた",
            )
            .await
        })
    })
    .await
}

/// There is no page any more.
pub async fn shut(db: &Db, deed: &Deed, of: SupporterId) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = supporters::find(conn, &deed, of).await?;
            if !store::drop_pin(conn, &deed, of).await? {
                return Err(Refusal::NotFound);
            }
            store::drop_visits_of(conn, &deed, of).await?;
            say(conn, &deed, Verb::SupporterChanged, &one, "使うのをやめた").await
        })
    })
    .await
}

/// How somebody's page stands; nothing where they have none.
pub async fn stands(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<Option<Stands>, Refusal> {
    deed.scope.need(Right::Supporters)?;
    Ok(store::find_pin(conn, deed, of).await?)
}
