//! Names of who just came by, and tries, are kept a year.

use db::Db;
use jiff::SignedDuration;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::first_of;
use crate::station::door::rules::Refusal;
use crate::station::door::store;

/// A year and a day: whoever came may be asked again next year, and a roll is asked about of late.
const KEPT: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Forgets what is older; how many names.
pub async fn forget_old(db: &Db, deed: &Deed) -> Result<usize, Refusal> {
    let before = deed.now - KEPT;
    let (first, at) = (first_of(before), before.as_millisecond());
    let mut forgotten = 0;
    loop {
        let own = deed.clone();
        let some = db.write(move |conn| {
            Box::pin(async move {
                let gone = store::forget_before(conn, &own, first, at).await?;
                if gone > 0 {
                    let words = format!("講座の受付（申し込みのない方、{gone}件）");
                    let line = Line::new(Verb::Erased, None, Fields::NOTHING).saying(words);
                    audit::record(conn, &own, line).await?;
                }
                Ok::<usize, Refusal>(gone)
            })
        });
        match some.await? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}
