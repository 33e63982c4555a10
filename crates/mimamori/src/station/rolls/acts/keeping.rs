//! What was read waits a month for somebody to confirm it; a sheet's order is kept a year.

use db::Db;
use jiff::SignedDuration;

use crate::deed::Deed;
use crate::ids::{RowId, first_of};
use crate::station::rolls::rules::Refusal;
use crate::station::rolls::store;

const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// As long as names of who just came by.
const KEPT: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Forgets what is older; how many readings.
pub async fn forget_old(db: &Db, deed: &Deed) -> Result<usize, Refusal> {
    let first = RowId(first_of(deed.now - KEPT));
    let read = (deed.now - UNCONFIRMED).as_millisecond();
    let mut forgotten = 0;
    loop {
        let own = deed.clone();
        let some = db.write(move |conn| {
            Box::pin(async move { store::forget_before(conn, &own, (first, read)).await })
        });
        match some.await? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}
