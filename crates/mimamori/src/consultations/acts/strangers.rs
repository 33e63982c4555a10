//! Somebody who is not registered: what is known of them is corrected, and goes on their wish.

use db::{Conn, Db};

use super::changing::{before, reason_of};
use super::taking::{marks_of, record};
use crate::audit::{self, Fields, Line, Verb};
use crate::consultations::rules::{Act, Before, Card, Refusal, Stranger};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;

/// The one of one's own center.
async fn own(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Stranger, Refusal> {
    let found = store::find_stranger(conn, deed, id).await?;
    let own = found.filter(|(_, center)| Some(*center) == deed.scope.center);
    Ok(own.ok_or(Refusal::NotFound)?.0)
}

/// Corrects what is known of somebody. Every consultation about them keeps what stood there before,
/// and they are counted by what stands there now.
pub async fn correct_card(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    card: Card,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let stranger = own(conn, &deed, id).await?;
            if stranger.version != version {
                return Err(Refusal::Changed);
            }
            let was = stranger.card.clone();
            store::save_card(conn, &deed, &stranger, &card).await?;
            let [who, also @ ..] = marks_of(&deed, &card);
            for each in store::list_of_stranger(conn, &deed, id).await? {
                let mut each = store::find_in(conn, &deed, each).await?;
                let kept = Before {
                    card: Some(was.clone()),
                    ..before(&each, String::new())
                };
                store::insert_change(conn, &deed, each.id, Act::CardCorrected, &kept).await?;
                // Of that day only what was put down by the card.
                let codes = &mut each.codes;
                (codes.who, codes.also) = (who, also);
                if codes.age == was.age {
                    codes.age = card.age;
                }
                if codes.alone == was.alone {
                    codes.alone = card.alone;
                }
                store::save(conn, &deed, &each).await?;
                record(conn, &deed, &each, Act::CardCorrected.word()).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Erases what was said about somebody on their wish, with the reason; what was counted stays. Of
/// somebody who is registered the record is erased, by the way that leavings go.
pub async fn erase_stranger(db: &Db, deed: &Deed, id: RowId, reason: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::Lead)?;
    let reason = reason_of(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            own(conn, &deed, id).await?;
            if store::person_of(conn, &deed, id).await?.is_some() {
                return Err(Refusal::Registered);
            }
            store::forget_stranger(conn, &deed, id).await?;
            let said = format!("登録のない方の相談の消去：{reason}");
            let line = Line::new(Verb::Erased, None, Fields::CONSULTATIONS).saying(said);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
