//! Recording, and sealing details anew under a new key of the town.

use db::{Conn, Db, Error};

use super::rules::Line;
use super::store::{self, Kept, detail_place};
use crate::deed::{Deed, Moved, Unmoved};

/// Lines sealed anew in one transaction, which holds SQLite's only writer for some milliseconds.
const LINES_A_STEP: i64 = 200;

/// Writes the line within the caller's transaction, so that a deed and its line
/// are kept together or not at all.
pub async fn record(conn: &mut Conn, deed: &Deed, line: Line) -> Result<(), Error> {
    let ticket = conn.ticket(deed.network().0).await?;
    let detail = if line.detail.is_empty() {
        Vec::new()
    } else {
        let chance = &mut deed.dice.clone();
        deed.keys
            .seal(&detail_place(ticket), line.detail.as_bytes(), chance)
    };
    let kept = Kept::of(deed, &line, ticket, detail);
    let mac = kept.mac(deed.keys.audit(), line.detail.as_bytes());
    store::insert(conn, kept, mac).await
}

/// Makes the line durable before the caller shows what it tells of.
pub async fn witness(db: &Db, deed: &Deed, line: Line) -> Result<(), Error> {
    let deed = deed.clone();
    db.write_together(move |conn| Box::pin(async move { record(conn, &deed, line).await }))
        .await
}

/// The same for a list: a line for each person shown, in one commit.
pub async fn witness_all(db: &Db, deed: &Deed, lines: Vec<Line>) -> Result<(), Error> {
    let deed = deed.clone();
    db.write_together(move |conn| {
        Box::pin(async move {
            for line in lines {
                record(conn, &deed, line).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Seals the details of some lines after a ticket with the town's current key.
///
/// # Errors
/// A detail that does not open was tampered with: `audit verify` names its line.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for (ticket, detail) in store::list_details(conn, &deed.scope, after, LINES_A_STEP).await? {
        moved.next = Some(ticket);
        if let Some(fresh) = deed.resealed(&detail_place(ticket), &detail)? {
            store::save_detail(conn, &deed.scope, ticket, fresh).await?;
            moved.rows += 1;
        }
    }
    Ok(moved)
}
