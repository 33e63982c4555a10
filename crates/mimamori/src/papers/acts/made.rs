//! Making the files of a run, one after the other.

use db::Db;

use super::gather::{Gathered, gather};
use super::runs::own;
use super::surround::{set, surround_of};
use crate::audit;
use crate::clock::Clock;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::papers::rules::{Part, Refusal, Run};
use crate::papers::store;

/// Makes what is not made yet. Each part is kept along with a line for everybody on it; whoever is
/// interrupted calls it again and goes on with the next part.
pub async fn make(db: &Db, deed: &Deed, clock: &Clock, run: RowId) -> Result<(), Refusal> {
    let mut conn = db.read().await?;
    let run = own(&mut conn, deed, run).await?;
    let parts = store::list_parts(&mut conn, deed, run.id).await?;
    drop(conn);
    for part in parts.into_iter().filter(|part| part.pages == 0) {
        make_part(db, deed, clock, &run, part).await?;
    }
    Ok(())
}

async fn make_part(
    db: &Db,
    deed: &Deed,
    clock: &Clock,
    run: &Run,
    mut part: Part,
) -> Result<(), Refusal> {
    let mut conn = db.read().await?;
    let surround = surround_of(&mut conn, deed, run.job.center, &run.job.printed_by).await?;
    let items = (part.number, part.listed.items.as_slice());
    let Gathered { paper, lines, lost } = gather(&mut conn, deed, &run.job, items).await?;
    drop(conn);
    let printed = set(surround, paper).await?;
    part.pages = i64::try_from(printed.pages).unwrap_or(i64::MAX);
    part.listed.lost = lost;
    let missing = printed.missing.iter().map(press::Missing::words);
    part.listed.lost.extend(missing);
    let (deed, id, at) = (deed.clone(), run.id, clock.now().as_millisecond());
    db.write(move |conn| {
        Box::pin(async move {
            if !store::save_made(conn, &deed, id, &part, &printed.pdf).await? {
                return Ok(());
            }
            for line in lines {
                audit::record(conn, &deed, line).await?;
            }
            Ok::<_, Refusal>(store::add_done(conn, &deed, id, part.count, at).await?)
        })
    })
    .await
}
