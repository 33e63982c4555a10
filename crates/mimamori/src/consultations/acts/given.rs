//! What leaves the town of months: as it was first given, whatever is keyed or corrected later.

use db::{Conn, Db};
use jiff::civil::Date;

use super::held::Months;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::rules::{Given, Period, Refusal, Topic, given_year, outside};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::CenterId;
use crate::networks;

/// A paper that leaves the town.
pub struct Leaving {
    /// Its numbers.
    pub given: Given,
    /// The last day on which one of its months was closed.
    pub closed_on: Date,
    /// The months of which there is no paper, as their first days.
    pub left: Vec<Date>,
}

/// The paper of a period. A month that leaves now for the first time is closed by it.
pub async fn leave(
    db: &Db,
    months: &Months,
    deed: &Deed,
    period: Period,
    (centers, topics): (&[CenterId], &[Topic]),
) -> Result<Leaving, Refusal> {
    let mut conn = db.read().await?;
    let mut fresh = Vec::new();
    for month in period.months() {
        let month = code(month);
        if store::find_given(&mut conn, deed, &month).await?.is_none() {
            let all = months.read(&mut conn, deed, &month).await?;
            let paper = outside(&all, centers, topics);
            fresh.extend(paper.map(|paper| (month, paper.given())));
        }
    }
    drop(conn);
    if !fresh.is_empty() {
        close(db, deed, fresh).await?;
    }
    read(&mut db.read().await?, deed, period, topics).await
}

/// Closes the last month as soon as its figures may leave the town, so that no center's first print
/// does it for all. Once a night is enough: nothing leaves before.
pub async fn close_last_month(db: &Db, months: &Months, deed: &Deed) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let last = Period::of(today).plus(-1);
    if today < last.leaves_on() {
        return Ok(());
    }
    let mut conn = db.read().await?;
    // Asked every minute: a month that is closed costs one row.
    if store::find_given(&mut conn, deed, &code(last.days().0))
        .await?
        .is_some()
    {
        return Ok(());
    }
    let centers = networks::list_centers(&mut conn, &deed.scope).await?;
    let centers: Vec<CenterId> = centers.iter().map(|one| one.id).collect();
    let topics = store::list_topics(&mut conn, deed).await?;
    drop(conn);
    match leave(db, months, deed, last, (&centers, &topics)).await {
        // A month of too few has no paper.
        Err(Refusal::TooFew) => Ok(()),
        closed => closed.map(drop),
    }
}

fn code(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

async fn close(db: &Db, deed: &Deed, fresh: Vec<(String, Given)>) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for (month, given) in &fresh {
                // Somebody who asked at the same moment may have been first: then theirs stays.
                if store::put_given(conn, &deed, month, given).await? {
                    let said = format!("相談の数字・外に出す表を締めた（{month}）");
                    let line = Line::new(Verb::Exported, None, Fields::NOTHING).saying(said);
                    audit::record(conn, &deed, line).await?;
                }
            }
            Ok(())
        })
    })
    .await
}

async fn read(
    conn: &mut Conn,
    deed: &Deed,
    period: Period,
    topics: &[Topic],
) -> Result<Leaving, Refusal> {
    let (mut papers, mut left, mut closed_on) = (Vec::new(), Vec::new(), None);
    for month in period.months() {
        match store::find_given(conn, deed, &code(month)).await? {
            Some((day, given)) => {
                closed_on = closed_on.max(Some(day));
                papers.push(given);
            }
            None => left.push(month),
        }
    }
    let given = match period {
        Period::Month(..) => papers.pop(),
        Period::Year(_) => given_year(&papers, topics),
    };
    let (given, closed_on) = given.zip(closed_on).ok_or(Refusal::TooFew)?;
    Ok(Leaving {
        given,
        closed_on,
        left,
    })
}
