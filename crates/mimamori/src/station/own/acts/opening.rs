//! The page opens, is looked at, and closes.

use db::{Conn, Db};
use seal::SecretToken;

use super::{card_of, say};
use crate::audit::Verb;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::station::own::rules::{Place, Refusal, Visit};
use crate::station::own::store::{self, Row};
use crate::station::supporters::{self, ByCard};

/// Opens the page: what was read of a card, and the word. Gives the secret of the visit; nothing where
/// they don't belong together, whatever the reason.
pub async fn enter(
    db: &Db,
    deed: &Deed,
    (card, pin): (String, String),
    place: Place,
) -> Result<Option<SecretToken>, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { enter_in(conn, &deed, (&card, &pin), place).await }))
        .await
}

async fn enter_in(
    conn: &mut Conn,
    deed: &Deed,
    (card, pin): (&str, &str),
    place: Place,
) -> Result<Option<SecretToken>, Refusal> {
    let ByCard::In(one) = supporters::by_card(conn, deed, card).await? else {
        return Ok(None);
    };
    let Some(card) = card_of(conn, deed, one.id).await? else {
        return Ok(None);
    };
    let Some((right, before)) = store::take_try(conn, deed, one.id, pin).await? else {
        return Ok(None);
    };
    if !right {
        let what = match before.is_shut() {
            true => "暗証番号が続けてちがったので、開かないようにした",
            false => "暗証番号がちがった",
        };
        say(conn, deed, Verb::SignInRefused, &one, what).await?;
        return Ok(None);
    }
    store::open(conn, deed, one.id).await?;
    store::drop_old(conn, deed).await?;
    let secret = SecretToken::new_short(&mut deed.dice.clone());
    let new = Row {
        supporter: one.id,
        card,
        place,
        begun_at: deed.now,
        seen_at: deed.now,
        before_at: before.opened_at,
    };
    store::insert_visit(conn, deed, &secret.hash(), &new).await?;
    let what = format!("開いた（{}）", place.word());
    say(conn, deed, Verb::SignedIn, &one, &what).await?;
    Ok(Some(secret))
}

/// The visit, while it goes on.
pub(super) async fn visiting(
    conn: &mut Conn,
    deed: &Deed,
    hash: &[u8; 32],
) -> Result<Visit, Refusal> {
    let row = store::find_visit(conn, deed, hash).await?;
    let row = row.ok_or(Refusal::Over)?;
    let visit = Visit {
        supporter: supporters::find(conn, deed, row.supporter).await?,
        card: row.card,
        place: row.place,
        begun_at: row.begun_at,
        seen_at: row.seen_at,
        before_at: row.before_at,
    };
    let in_use = card_of(conn, deed, row.supporter).await? == Some(visit.card);
    let here = visit.supporter.terms.has(in_japan(deed.now).date());
    match visit.is_over(deed.now) || !in_use || !here {
        true => Err(Refusal::Over),
        false => Ok(visit),
    }
}

/// They look at the page: the line is durable before anything is shown.
pub async fn see(db: &Db, deed: &Deed, hash: [u8; 32]) -> Result<Visit, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let visit = visiting(conn, &deed, &hash).await?;
            store::touch(conn, &deed, &hash).await?;
            say(conn, &deed, Verb::Saw, &visit.supporter, "ご本人が見た").await?;
            Ok(visit)
        })
    })
    .await
}

/// They are done.
pub async fn leave(db: &Db, deed: &Deed, hash: [u8; 32]) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { Ok(store::drop_visit(conn, &deed, &hash).await?) }))
        .await
}
