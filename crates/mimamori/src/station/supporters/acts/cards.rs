//! Cards are given, lost, found again and made anew; a card leads to whose it is.

use db::{Conn, Db};

use super::{Upon, say, upon};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::supporters::rules::{
    ByCard, Card, CardState, Handed, MOST_CARDS, Refusal, Supporter,
};
use crate::station::supporters::store;

/// To whom a card leads: its number in any notation, or what a reader wrote of its QR. What the page
/// shows of them is the caller's to witness.
pub async fn by_card(conn: &mut Conn, deed: &Deed, shown: &str) -> Result<ByCard, Refusal> {
    let card = match Handed::read(shown) {
        Handed::Secret(secret) => store::card_by_secret(conn, deed, &secret).await?,
        Handed::Number(number) => store::card_by_number(conn, deed, number).await?,
        Handed::Neither(problem) => return Ok(ByCard::Misread(problem)),
    };
    let Some(card) = card else {
        return Ok(ByCard::Unknown);
    };
    let whose = store::find(conn, deed, card.supporter).await?;
    Ok(match card.state {
        _ if whose.is_erased() => ByCard::Unknown,
        CardState::InUse if whose.terms.has(in_japan(deed.now).date()) => ByCard::In(whose),
        CardState::InUse => ByCard::NotIn(whose),
        ended => ByCard::Ended(whose, ended),
    })
}

/// Gives a card to somebody who has none in use.
pub async fn give_card(db: &Db, deed: &Deed, of: Upon) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { give(conn, &deed, of).await }))
        .await
}

async fn give(conn: &mut Conn, deed: &Deed, of: Upon) -> Result<RowId, Refusal> {
    let (one, cards) = with_cards(conn, deed, of).await?;
    none_in_use(&cards)?;
    if cards.len() >= MOST_CARDS {
        return Err(Refusal::TooMany);
    }
    let id = store::insert_card(conn, deed, one.id).await?;
    // The supporter's version grows, so that of two desks at once one gives a card.
    store::save(conn, deed, &one).await?;
    say(conn, deed, &one, "カードを渡した").await?;
    Ok(id)
}

/// A card that is in use is void or lost, and another takes its place at once.
pub async fn renew_card(
    db: &Db,
    deed: &Deed,
    of: Upon,
    old: RowId,
    why: CardState,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            shift(conn, &deed, of, old, why).await?;
            give(conn, &deed, (of.0, of.1 + 1)).await
        })
    })
    .await
}

/// A card is lost, found again, or never used again.
pub async fn settle_card(
    db: &Db,
    deed: &Deed,
    of: Upon,
    card: RowId,
    now: CardState,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { shift(conn, &deed, of, card, now).await }))
        .await
}

async fn shift(
    conn: &mut Conn,
    deed: &Deed,
    of: Upon,
    id: RowId,
    now: CardState,
) -> Result<(), Refusal> {
    let (one, cards) = with_cards(conn, deed, of).await?;
    let card = cards.iter().find(|card| card.id == id);
    let card = card.ok_or(Refusal::NotFound)?;
    if card.state == now || card.state == CardState::Void {
        return Err(Refusal::StandsSo);
    }
    if now == CardState::InUse {
        none_in_use(&cards)?;
    }
    store::save_card(conn, deed, card, now).await?;
    store::save(conn, deed, &one).await?;
    let what = format!("カードを「{}」にした", now.word());
    Ok(say(conn, deed, &one, &what).await?)
}

async fn with_cards(
    conn: &mut Conn,
    deed: &Deed,
    of: Upon,
) -> Result<(Supporter, Vec<Card>), Refusal> {
    let one = upon(conn, deed, of).await?;
    let cards = store::list_cards(conn, deed, one.id).await?;
    Ok((one, cards))
}

fn none_in_use(cards: &[Card]) -> Result<(), Refusal> {
    match cards.iter().any(|card| card.state == CardState::InUse) {
        true => Err(Refusal::HasCard),
        false => Ok(()),
    }
}
