//! One day: changed with those it takes along, moved, called off.

use db::{Conn, Db};
use jiff::civil::Date;

use super::say;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::rules::{CourseDay, Details, Move, Off, Reach, Refusal, Series};
use crate::station::courses::store;

/// Changes what a day is, and the days that the change is for.
pub async fn change(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    new: Details,
    reach: Reach,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut day = find(conn, &deed, id, version).await?;
            if day.is_over(deed.now) {
                return Err(Refusal::IsOver);
            }
            let old = day.details.clone();
            if reach == Reach::One {
                day.alone |= new != day.details;
                alter(&mut day, new, &deed)?;
                store::save_day(conn, &deed, &day).await?;
            } else {
                change_all(conn, &deed, &day, (&old, &new), reach).await?;
            }
            say(conn, &deed, &old.title, "を変えた").await?;
            Ok(id)
        })
    })
    .await
}

/// Another time or place for one day alone is a move: people expect it where it was.
fn alter(day: &mut CourseDay, new: Details, deed: &Deed) -> Result<(), Refusal> {
    if (new.hours, new.place) != (day.details.hours, day.details.place) {
        let to = Move {
            day: day.day,
            hours: new.hours,
            place: new.place,
            why: String::new(),
        };
        day.shift(to, deed.now)?;
    }
    day.details = new;
    Ok(())
}

async fn change_all(
    conn: &mut Conn,
    deed: &Deed,
    day: &CourseDay,
    (old, new): (&Details, &Details),
    reach: Reach,
) -> Result<(), Refusal> {
    let mut series = store::find_series(conn, deed, day.series).await?;
    let before = series.details.clone();
    series.details = before.follow(old, new, &[]);
    store::save_series(conn, deed, &series).await?;
    let from = match reach {
        Reach::Coming => Date::MIN,
        Reach::One | Reach::Following => day.planned_on,
    };
    for mut other in store::list_of_series(conn, deed, day.series, from).await? {
        if !other.is_over(deed.now) && other.follow(old, new, &before) {
            store::save_day(conn, deed, &other).await?;
        }
    }
    Ok(())
}

/// Moves a day.
pub async fn shift(db: &Db, deed: &Deed, of: (RowId, i64), to: Move) -> Result<RowId, Refusal> {
    let now = deed.now;
    alone(
        db,
        deed,
        of,
        "の日時・会場を変えた",
        move |day, series| {
            goes_on(series, to.day)?;
            day.shift(to, now)
        },
    )
    .await
}

/// Calls a day off.
pub async fn call_off(db: &Db, deed: &Deed, of: (RowId, i64), off: Off) -> Result<RowId, Refusal> {
    alone(db, deed, of, "を中止にした", move |day, _| {
        day.call_off(off)
    })
    .await
}

/// It is held all the same.
pub async fn call_on(db: &Db, deed: &Deed, of: (RowId, i64)) -> Result<RowId, Refusal> {
    alone(
        db,
        deed,
        of,
        "の中止を取り消した",
        |day, series| {
            goes_on(series, day.day)?;
            day.call_on()
        },
    )
    .await
}

/// Nothing is held after the last day of a series.
fn goes_on(series: &Series, on: Date) -> Result<(), Refusal> {
    match series.ended_on.is_some_and(|last| on > last) {
        true => Err(Refusal::HasEnded),
        false => Ok(()),
    }
}

async fn alone(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    done: &'static str,
    rule: impl FnOnce(&mut CourseDay, &Series) -> Result<(), Refusal> + Send + 'static,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut day = find(conn, &deed, id, version).await?;
            let said = format!("の{}の回{done}", day.day);
            let series = store::find_series(conn, &deed, day.series).await?;
            rule(&mut day, &series)?;
            store::save_day(conn, &deed, &day).await?;
            say(conn, &deed, &day.details.title, &said).await?;
            Ok(id)
        })
    })
    .await
}

async fn find(conn: &mut Conn, deed: &Deed, id: RowId, version: i64) -> Result<CourseDay, Refusal> {
    let day = store::find_day(conn, deed, id).await?;
    match day.version == version {
        true => Ok(day),
        false => Err(Refusal::Changed),
    }
}
