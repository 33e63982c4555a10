//! Ordering numbers, making them piece by piece, handing the list to a maker.

use db::{Conn, Db};
use seal::Chance as _;
use words::tag_number::TagNumber;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{RowId, TagId};
use crate::networks::Vault;
use crate::scope::Right;
use crate::tags::rules::{Batch, Carrier, Number, Order, Refusal, State, Tag};
use crate::tags::store::{self, Crossings};

/// Numbers made in one transaction. On SQLite it holds the only writer for about 20 ms, which the
/// desk does not feel; in one piece 10,000 numbers would hold it for a second.
const PIECE: i64 = 250;

/// The bodies of numbers, nine digits of which the first is not 0.
const BODIES: std::ops::Range<u64> = 100_000_000..1_000_000_000;

/// Orders numbers; [`fill_batch`] makes them.
pub async fn order_batch(db: &Db, deed: &Deed, order: Order) -> Result<RowId, Refusal> {
    deed.scope.need(Right::OrderTags)?;
    order.check()?;
    let (deed, id) = (deed.clone(), RowId(deed.new_id()));
    db.write(move |conn| {
        Box::pin(async move {
            store::insert_batch(conn, &deed, id, &order).await?;
            let words = format!("番号{}件を発行 {id}", order.count);
            audit::record(conn, &deed, line(words)).await?;
            Ok(id)
        })
    })
    .await
}

fn line(words: String) -> Line {
    Line::new(Verb::TagsOrdered, None, Fields::NOTHING).saying(words)
}

/// Makes the numbers of a batch that are not there yet, a piece a transaction, so that it may be
/// interrupted and gone on with. `Changed` where somebody else fills the same batch.
pub async fn fill_batch(db: &Db, vault: &Vault, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    deed.scope.need(Right::OrderTags)?;
    while make_piece(db, vault, deed, id).await? {}
    Ok(())
}

/// Makes the next piece; whether there is more to make.
async fn make_piece(db: &Db, vault: &Vault, deed: &Deed, id: RowId) -> Result<bool, Refusal> {
    let (deed, crossings) = (deed.clone(), Crossings::new(vault));
    db.write(move |conn| {
        Box::pin(async move {
            let batch = store::find_batch(conn, &deed, id)
                .await?
                .ok_or(Refusal::NotFound)?;
            let piece = PIECE.min(batch.order.count - batch.made);
            store::add_made(conn, &deed, id, batch.made, piece).await?;
            for _ in 0..piece {
                make_number(conn, &deed, &crossings, &batch).await?;
            }
            Ok(batch.made + piece < batch.order.count)
        })
    })
    .await
}

async fn make_number(
    conn: &mut Conn,
    deed: &Deed,
    crossings: &Crossings,
    batch: &Batch,
) -> Result<(), Refusal> {
    let number = unused_number(conn, deed, crossings).await?;
    let tag = Tag {
        id: TagId(deed.new_id()),
        number: Number::Ours(number),
        state: State::Stock,
        since: deed.now,
        person: None,
        batch: Some(batch.id),
        replaced_by: None,
        version: 1,
    };
    store::insert(conn, deed, &tag).await?;
    for kind in batch.order.mix.kinds() {
        store::insert_carrier(conn, deed, tag.id, kind).await?;
    }
    Ok(())
}

/// Draws until a number comes that no town has: with 2 million of 900 million given out, one draw
/// in 450 is in vain.
async fn unused_number(
    conn: &mut Conn,
    deed: &Deed,
    crossings: &Crossings,
) -> Result<TagNumber, Refusal> {
    loop {
        let body = BODIES.start + deed.dice.clone().below(BODIES.end - BODIES.start);
        let number = u32::try_from(body).ok().and_then(TagNumber::from_body);
        if let Some(number) = number
            && store::insert_number_town(conn, deed, crossings, number).await?
        {
            return Ok(number);
        }
    }
}

/// One line of the maker's list: what to print, on what.
pub type ToMake = (Number, Carrier);

/// Takes the list for the maker. It may be taken again; each time is a line of audit, since
/// whoever has the list knows the numbers. It is read and opened before the write, which thus
/// holds nobody up, and handed out after it.
pub async fn take_list(db: &Db, deed: &Deed, id: RowId) -> Result<Vec<ToMake>, Refusal> {
    deed.scope.need(Right::OrderTags)?;
    let list = read_list(db, deed, id).await?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::save_taken(conn, &deed, id).await?;
            let words = format!("製作用の一覧を書き出し {id}");
            Ok::<(), Refusal>(audit::record(conn, &deed, line(words)).await?)
        })
    })
    .await?;
    Ok(list)
}

/// Numbers opened before others get their turn on the same processor: about a millisecond.
const OPENED: u32 = 250;

async fn read_list(db: &Db, deed: &Deed, id: RowId) -> Result<Vec<ToMake>, Refusal> {
    let batch = store::find_batch(&mut db.read().await?, deed, id).await?;
    batch.ok_or(Refusal::NotFound)?;
    let (mut list, mut after) = (Vec::new(), TagId(0));
    loop {
        let mut conn = db.read().await?;
        let part = store::list_for_maker(&mut conn, deed, id, after, OPENED).await?;
        drop(conn);
        let Some((_, last)) = part.last() else {
            return Ok(list);
        };
        after = last.tag;
        list.extend(part);
        tokio::task::yield_now().await;
    }
}
