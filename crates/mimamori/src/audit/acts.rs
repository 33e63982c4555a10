//! Recording, sealing, verifying.

use db::{Conn, Db, Error};
use seal::Place;

use super::rules::Line;
use super::store::{self, Kept};
use crate::deed::Deed;

/// Writes the line within the caller's transaction, so that a deed and its line
/// are kept together or not at all.
pub async fn record(conn: &mut Conn, deed: &Deed, line: Line) -> Result<(), Error> {
    let ticket = conn.ticket(deed.network().0).await?;
    let detail = if line.detail.is_empty() {
        Vec::new()
    } else {
        deed.keys.seal(
            &place(ticket),
            line.detail.as_bytes(),
            &mut deed.dice.clone(),
        )
    };
    let kept = Kept::of(deed, &line, ticket, detail);
    let mac = deed.keys.audit().line(&[&kept.bytes()]);
    store::insert(conn, kept, mac).await
}

/// Makes the line durable before the caller shows what it tells of.
pub async fn witness(db: &Db, deed: &Deed, line: Line) -> Result<(), Error> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { record(conn, &deed, line).await }))
        .await
}

/// Where the detail of a line is sealed.
fn place(ticket: i64) -> Place {
    Place {
        table: "audit_lines",
        column: "detail",
        row: ticket,
        version: 0,
    }
}
