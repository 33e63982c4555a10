//! How long consultations about people who are not registered are kept.

use db::Db;
use jiff::Span;
use jiff::civil::Date;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::rules::{Keeping, Refusal, instant_of};
use crate::consultations::store;
use crate::deed::Deed;
use crate::scope::Right;

/// Sets for how many years, upon the version that was seen.
pub async fn change_keeping(db: &Db, deed: &Deed, new: Keeping) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let new = new.checked()?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::put_keeping(conn, &deed, &new).await?;
            let said = format!("登録のない方の記録を残す年数：{}年", new.years);
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(said);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}

/// The first day that is still kept, by the town's setting.
pub async fn kept_since(db: &Db, deed: &Deed) -> Result<Date, Refusal> {
    let keeping = store::find_keeping(&mut db.read().await?, deed).await?;
    let today = in_japan(deed.now).date();
    Ok(today.saturating_sub(Span::new().years(keeping.years)))
}

/// Erases what ended before a day and is about nobody registered; how many people and receptions. It
/// goes in steps, so that nobody at a counter waits for it.
pub async fn forget_before(db: &Db, deed: &Deed, day: Date) -> Result<usize, Refusal> {
    let at = instant_of(day.at(0, 0, 0, 0)).as_millisecond();
    let mut forgotten = 0;
    loop {
        let own = deed.clone();
        let some = db.write(move |conn| {
            Box::pin(async move {
                let strangers = store::list_strangers_before(conn, &own, day, at).await?;
                for id in &strangers {
                    store::forget_stranger(conn, &own, *id).await?;
                }
                let nameless = store::list_nameless_before(conn, &own, day, at).await?;
                for id in &nameless {
                    store::forget_one(conn, &own, *id).await?;
                }
                let many = strangers.len() + nameless.len();
                if many > 0 {
                    let said = format!("保存の期間が過ぎた相談（{many}）");
                    let line = Line::new(Verb::Erased, None, Fields::CONSULTATIONS).saying(said);
                    audit::record(conn, &own, line).await?;
                }
                Ok::<usize, Refusal>(many)
            })
        });
        match some.await? {
            0 => return Ok(forgotten),
            many => forgotten += many,
        }
    }
}
