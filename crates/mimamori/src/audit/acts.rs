//! Recording.

use db::{Conn, Db, Error};

use super::rules::Line;
use super::store::{self, Kept, detail_place};
use crate::deed::Deed;

/// Writes the line within the caller's transaction, so that a deed and its line
/// are kept together or not at all.
pub async fn record(conn: &mut Conn, deed: &Deed, line: Line) -> Result<(), Error> {
    let ticket = conn.ticket(deed.network().0).await?;
    let detail = if line.detail.is_empty() {
        Vec::new()
    } else {
        let chance = &mut deed.dice.clone();
        deed.keys.seal(&detail_place(ticket), line.detail.as_bytes(), chance)
    };
    let kept = Kept::of(deed, &line, ticket, detail);
    let mac = kept.mac(deed.keys.audit());
    store::insert(conn, kept, mac).await
}

/// Makes the line durable before the caller shows what it tells of.
pub async fn witness(db: &Db, deed: &Deed, line: Line) -> Result<(), Error> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { record(conn, &deed, line).await }))
        .await
}
