//! A year planned from the one before.

use db::{Conn, Db};

use super::series::insert;
use super::{clashes_with, closed, say, too_long};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::rules::{Booking, Clash, Closed, Laid, Refusal, Series, Year};
use crate::station::courses::store;

/// A series as it would go on.
pub struct Proposed {
    /// The series.
    pub series: Series,
    /// Its days of the year that are not planned yet, and those that are left out.
    pub laid: Laid,
}

/// What a year would be.
pub struct Proposals {
    /// Series that go on and are not planned to the end of the year.
    pub list: Vec<Proposed>,
    /// What could not be held both, were all of them taken.
    pub clashes: Vec<Clash>,
}

/// The year as it would be were every series to go on.
pub async fn propose(conn: &mut Conn, deed: &Deed, year: Year) -> Result<Proposals, Refusal> {
    let closed = closed(conn, deed).await?;
    let mut list = Vec::new();
    for series in store::list_series(conn, deed).await? {
        if series.ended_on.is_none() && series.until < year.last() {
            let laid = lay(conn, deed, &series, year, &closed).await?;
            list.push(Proposed { series, laid });
        }
    }
    list.retain(|one| !one.laid.days.is_empty());
    let wished = list.iter().flat_map(|one| {
        one.laid.days.iter().map(|day| Booking {
            series: one.series.id,
            title: one.series.details.title.clone(),
            day: *day,
            hours: one.series.details.hours,
            place: one.series.details.place,
            teacher: one.series.details.teacher.clone(),
        })
    });
    let clashes = clashes_with(conn, deed, None, wished.collect()).await?;
    Ok(Proposals { list, clashes })
}

/// What is still missing up to the end of the year: from where its days end, be it in the year before, but
/// nothing of what is over.
async fn lay(
    conn: &mut Conn,
    deed: &Deed,
    series: &Series,
    year: Year,
    closed: &[Closed],
) -> Result<Laid, Refusal> {
    let today = in_japan(deed.now).date();
    let from = series.until.tomorrow().unwrap_or(series.until).max(today);
    if too_long(from, year.last()) {
        return Err(Refusal::TooLong);
    }
    let mut laid = series.rule.lay(series.begins, from, year.last(), closed);
    let there = store::list_of_series(conn, deed, series.id, from).await?;
    laid.days
        .retain(|day| there.iter().all(|other| other.planned_on != *day));
    Ok(laid)
}

/// Lets the chosen series go on to the end of the year, all in one deed; says how many days came.
pub async fn extend(
    db: &Db,
    deed: &Deed,
    year: Year,
    chosen: Vec<(RowId, i64)>,
) -> Result<usize, Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let closed = closed(conn, &deed).await?;
            let mut count = 0;
            for (id, version) in chosen {
                let mut series = store::find_series(conn, &deed, id).await?;
                if series.version != version || series.ended_on.is_some() {
                    return Err(Refusal::Changed);
                }
                let laid = lay(conn, &deed, &series, year, &closed).await?;
                for day in &laid.days {
                    insert(conn, &deed, &series, *day).await?;
                }
                count += laid.days.len();
                series.until = series.until.max(year.last());
                store::save_series(conn, &deed, &series).await?;
                let done = format!("を{year}年度の予定に入れた");
                say(conn, &deed, &series.details.title, &done).await?;
            }
            if count == 0 {
                return Err(Refusal::NoDays);
            }
            Ok(count)
        })
    })
    .await
}
