//! A quarter that is over is shown as it was first shown: of what is undone or passed on later, the
//! difference would be one person's.

use db::Db;

use crate::deed::Deed;
use crate::notices::rules::{FEWEST, Refusal, Spread};
use crate::notices::store::{self, Quarter};

/// The quarters as they were first shown; those that nobody has seen yet are kept as they are now.
pub async fn keep_quarters(
    db: &Db,
    deed: &Deed,
    now: Vec<(Quarter, Spread)>,
) -> Result<Vec<Spread>, Refusal> {
    let mut shown = Vec::new();
    let mut conn = db.read().await?;
    for (quarter, _) in &now {
        shown.extend(store::find_quarter(&mut conn, deed, *quarter).await?);
    }
    drop(conn);
    if shown.len() == now.len() {
        return Ok(shown);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut shown = Vec::new();
            for (quarter, spread) in now {
                // Of too few nothing is kept, either.
                let spread = match spread.count < FEWEST {
                    true => Spread::default(),
                    false => spread,
                };
                store::put_quarter(conn, &deed, quarter, spread).await?;
                shown.extend(store::find_quarter(conn, &deed, quarter).await?);
            }
            Ok(shown)
        })
    })
    .await
}
