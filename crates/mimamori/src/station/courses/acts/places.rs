//! Places, and when the Station is closed.

use db::{Conn, Db};
use jiff::civil::Date;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::rules::{Closed, Closure, MOST_CLOSURES, MOST_PLACES, Place, Refusal};
use crate::station::courses::store;

/// Keeps a place: a new one where its version is 0.
pub async fn keep_place(db: &Db, deed: &Deed, place: Place) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut place = place;
            if place.version == 0 {
                if store::list_places(conn, &deed).await?.len() >= MOST_PLACES {
                    return Err(Refusal::TooMany);
                }
                place.id = RowId(deed.new_id());
                store::insert_place(conn, &deed, &place).await?;
            } else {
                let before = store::list_places(conn, &deed).await?;
                if !store::save_place(conn, &deed, &place).await? {
                    return Err(Refusal::Changed);
                }
                let before = before.iter().find(|one| one.id == place.id);
                if before.is_some_and(|before| place.tells_other_than(before)) {
                    tell_days(conn, &deed, &place).await?;
                }
            }
            let words = format!("会場「{}」", place.word);
            let line = Line::new(Verb::CourseChanged, None, Fields::NOTHING).saying(words);
            audit::record(conn, &deed, line).await?;
            Ok(place.id)
        })
    })
    .await
}

/// Days to come at a place are kept once more where what everybody reads of it, or what it holds, changed:
/// they hold what it holds now, and calendars elsewhere learn of it.
async fn tell_days(conn: &mut Conn, deed: &Deed, place: &Place) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    for day in store::list_between(conn, deed, today, Date::MAX).await? {
        if day.details.place == Some(place.id) && !day.is_over(deed.now) {
            store::save_day(conn, deed, &day).await?;
        }
    }
    Ok(())
}

/// The Station is closed on these days. What is planned on them stays: somebody calls it off.
pub async fn add_closure(db: &Db, deed: &Deed, closed: Closed) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::list_closures(conn, &deed).await?.len() >= MOST_CLOSURES {
                return Err(Refusal::TooMany);
            }
            let id = RowId(deed.new_id());
            let words = format!("休館日「{}」{}～{}", closed.word, closed.from, closed.until);
            store::insert_closure(conn, &deed, &Closure { id, closed }).await?;
            let line = Line::new(Verb::CourseChanged, None, Fields::NOTHING).saying(words);
            audit::record(conn, &deed, line).await?;
            Ok(id)
        })
    })
    .await
}

/// It is not closed then.
pub async fn remove_closure(db: &Db, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if !store::remove_closure(conn, &deed, id).await? {
                return Err(Refusal::NotFound);
            }
            let line = Line::new(Verb::CourseChanged, None, Fields::NOTHING);
            audit::record(conn, &deed, line.saying("休館日をやめた")).await?;
            Ok(())
        })
    })
    .await
}
