//! Recording, and sealing details anew under a new key of the town.

use db::{Conn, Db, Error};
use seal::{SealError, TownKeys};

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
    db.write(move |conn| Box::pin(async move { record(conn, &deed, line).await }))
        .await
}

/// The same for a list: a line for each person shown, in one commit.
pub async fn witness_all(db: &Db, deed: &Deed, lines: Vec<Line>) -> Result<(), Error> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for line in lines {
                record(conn, &deed, line).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Why details could not be sealed anew.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// A detail does not open: the line was tampered with.
    #[error("the detail of audit line {0} does not open: run `mimamori audit verify`")]
    Detail(i64),
    /// The database.
    #[error(transparent)]
    Db(#[from] Error),
}

/// Seals the details of some lines after a ticket with the town's current key; gives the
/// ticket to go on after, or nothing at the end.
pub async fn reseal_details(
    conn: &mut Conn,
    deed: &Deed,
    after: i64,
) -> Result<Option<i64>, ResealError> {
    let details = store::list_details(conn, &deed.scope, after, 500).await?;
    for (ticket, detail) in &details {
        if let Some(fresh) =
            resealed(deed, *ticket, detail).map_err(|_| ResealError::Detail(*ticket))?
        {
            store::save_detail(conn, &deed.scope, *ticket, fresh).await?;
        }
    }
    Ok(details.last().map(|(ticket, _)| *ticket))
}

fn resealed(deed: &Deed, ticket: i64, detail: &[u8]) -> Result<Option<Vec<u8>>, SealError> {
    if detail.is_empty() || TownKeys::sealed_with(detail)? == deed.keys.current() {
        return Ok(None);
    }
    let place = detail_place(ticket);
    let plain = deed.keys.open(&place, detail)?;
    Ok(Some(deed.keys.seal(&place, &plain, &mut deed.dice.clone())))
}
