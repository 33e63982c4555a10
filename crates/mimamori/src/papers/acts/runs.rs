//! Beginning a run, taking what was made, and what follows from it.

use db::{Conn, Db};
use jiff::ToSpan;

use super::allow;
use super::gather::items;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::papers::rules::{Job, Kind, LEAST_PURPOSE, Listed, Refusal, Run, What, shares};
use crate::papers::store;
use crate::renewals::{self, AskWay, Month};
use crate::scope::Actor;

/// What was printed is kept so long.
pub const KEEP_DAYS: i64 = 7;

/// Begins a run: settles whom it is for and how it is cut, prints nothing yet.
pub async fn begin(db: &Db, deed: &Deed, job: Job) -> Result<RowId, Refusal> {
    allow(deed, job.kind())?;
    let own = job.center.is_some() && job.center == deed.scope.center;
    let asks = job.kind() != Kind::Stickers && !own;
    if asks && job.purpose.chars().count() < LEAST_PURPOSE {
        return Err(Refusal::NoPurpose);
    }
    let items = items(db, deed, &job).await?;
    if items.is_empty() {
        return Err(Refusal::Nobody);
    }
    let (deed, run) = (deed.clone(), RowId(deed.new_id()));
    db.write(move |conn| {
        Box::pin(async move {
            store::forget(conn, &deed, kept_since(&deed)).await?;
            let total = items.len();
            store::insert_run(conn, &deed, run, &job, total).await?;
            for (number, items) in (1..).zip(shares(&job, items)) {
                let listed = Listed {
                    items,
                    lost: Vec::new(),
                };
                store::insert_part(conn, &deed, run, number, &listed).await?;
            }
            let words = format!(
                "{}を用意（{total}件） {} {run}",
                job.kind().word(),
                job.purpose
            );
            Ok::<_, Refusal>(audit::record(conn, &deed, line(words)).await?)
        })
    })
    .await?;
    Ok(run)
}

fn kept_since(deed: &Deed) -> i64 {
    (deed.now - (KEEP_DAYS * 24).hours()).as_millisecond()
}

/// Drops what was printed longer ago than it is kept: also where nobody prints anything more.
pub async fn forget_old(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let before = kept_since(deed);
    if !store::holds_old(&mut db.read().await?, deed, before).await? {
        return Ok(());
    }
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { Ok(store::forget(conn, &deed, before).await?) }))
        .await
}

fn line(words: String) -> Line {
    Line::new(Verb::Printed, None, Fields::NOTHING).saying(words)
}

/// A run of whoever began it; to anybody else it is not there.
pub(super) async fn own(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<Run, Refusal> {
    let run = store::find_run(conn, deed, run).await?;
    let mine = |run: &Run| match deed.scope.actor {
        Actor::Staff(staff) => run.staff == Some(staff),
        _ => run.staff.is_none(),
    };
    let run = run.filter(mine).ok_or(Refusal::NotFound)?;
    allow(deed, run.kind)?;
    Ok(run)
}

/// The bytes of a part, after the line of taking them is durable.
pub async fn take(db: &Db, deed: &Deed, run: RowId, number: i64) -> Result<Vec<u8>, Refusal> {
    let mut conn = db.read().await?;
    let run = own(&mut conn, deed, run).await?;
    let pdf = store::find_pdf(&mut conn, deed, run.id, number).await?;
    drop(conn);
    let words = format!("{}の{number}冊目を受け取り {}", run.kind.word(), run.id);
    audit::witness(db, deed, line(words)).await?;
    pdf.ok_or(Refusal::NotMade)
}

/// Writes down that the postcards of a run were sent; gives how many people were asked.
pub async fn postcards_asked(db: &Db, deed: &Deed, run: RowId) -> Result<u64, Refusal> {
    let mut conn = db.read().await?;
    let run = own(&mut conn, deed, run).await?;
    let parts = store::list_parts(&mut conn, deed, run.id).await?;
    drop(conn);
    let What::Postcards(postcards) = &run.job.what else {
        return Err(Refusal::NotFound);
    };
    let month = Month::from_code(&postcards.month).ok_or(Refusal::NotFound)?;
    let made = parts.iter().filter(|part| part.pages > 0);
    let people: Vec<PersonId> = made
        .flat_map(|part| &part.listed.items)
        .filter_map(|item| item.parse().ok())
        .collect();
    let asked = renewals::ask_all(db, deed, &people, month.year, AskWay::Postcard).await?;
    Ok(asked.asked)
}

/// Removes a run and its files at once.
pub async fn remove_run(db: &Db, deed: &Deed, run: RowId) -> Result<(), Refusal> {
    let run = own(&mut db.read().await?, deed, run).await?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::remove(conn, &deed, run.id).await?;
            let words = format!("{}を消去 {}", run.kind.word(), run.id);
            Ok(audit::record(conn, &deed, line(words)).await?)
        })
    })
    .await
}
