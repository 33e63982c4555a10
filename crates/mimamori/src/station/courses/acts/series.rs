//! Series: planned, planned anew from a day on, ended.

use db::{Conn, Db};
use jiff::civil::Date;

use super::{closed, say, too_long};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::rules::{CourseDay, Plan, Refusal, Series, State};
use crate::station::courses::store;

/// Plans a series with its days.
pub async fn plan(db: &Db, deed: &Deed, new: Plan) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    if too_long(new.from, new.until) {
        return Err(Refusal::TooLong);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let series = Series {
                id: RowId(deed.new_id()),
                begins: new.from,
                until: new.until,
                ended_on: None,
                rule: new.rule,
                details: new.details,
                version: 1,
            };
            let closed = closed(conn, &deed).await?;
            let laid = series.rule.lay(series.begins, new.from, new.until, &closed);
            if laid.days.is_empty() {
                return Err(Refusal::NoDays);
            }
            store::insert_series(conn, &deed, &series).await?;
            for day in laid.days {
                insert(conn, &deed, &series, day).await?;
            }
            say(conn, &deed, &series.details.title, "を作った").await?;
            Ok(series.id)
        })
    })
    .await
}

pub(super) async fn insert(
    conn: &mut Conn,
    deed: &Deed,
    series: &Series,
    day: Date,
) -> Result<(), Refusal> {
    let details = series.details.clone();
    let new = CourseDay::new(RowId(deed.new_id()), series.id, day, details, deed.now);
    store::insert_day(conn, deed, &new).await
}

/// Plans a series anew from a day on, which is today or later. Days before stay as they are. A day that
/// the rule gives no more goes; where people were told something of it alone, or something hangs on it,
/// it is called off instead. A rule that leaves no day at all is refused, unless it is `emptied` on
/// purpose.
pub async fn replan(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    new: Plan,
    emptied: bool,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    if new.from < in_japan(deed.now).date() {
        return Err(Refusal::TooEarly);
    }
    if too_long(new.from, new.until) {
        return Err(Refusal::TooLong);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let old = store::find_series(conn, &deed, id).await?;
            if old.version != version {
                return Err(Refusal::Changed);
            }
            if old.ended_on.is_some() {
                return Err(Refusal::IsOver);
            }
            let begins = old.counted_from(&new);
            let series = Series {
                begins,
                until: new.until,
                rule: new.rule,
                details: new.details,
                ..old.clone()
            };
            let closed = closed(conn, &deed).await?;
            let laid = series.rule.lay(begins, new.from, new.until, &closed);
            if laid.days.is_empty() && !emptied {
                return Err(Refusal::NoDays);
            }
            lay_anew(conn, &deed, (&old, &series), new.from, laid.days).await?;
            store::save_series(conn, &deed, &series).await?;
            say(conn, &deed, &series.details.title, "を変えた").await?;
            Ok(id)
        })
    })
    .await
}

async fn lay_anew(
    conn: &mut Conn,
    deed: &Deed,
    (old, new): (&Series, &Series),
    from: Date,
    mut wanted: Vec<Date>,
) -> Result<(), Refusal> {
    for mut day in store::list_of_series(conn, deed, new.id, from).await? {
        let stays = wanted.contains(&day.planned_on);
        wanted.retain(|wanted| *wanted != day.planned_on);
        if day.is_over(deed.now) {
            continue;
        }
        if !stays && day.is_plain() {
            store::drop_day(conn, deed, &day).await?;
            continue;
        }
        let before = day.clone();
        day.follow(&old.details, &new.details, &old.details);
        // What was moved is expected where it was moved to, whatever the rule says now.
        if !stays && day.was.is_none() {
            day.fall_away();
        }
        if day != before {
            store::save_day(conn, deed, &day).await?;
        }
    }
    for day in wanted {
        insert(conn, deed, new, day).await?;
    }
    Ok(())
}

/// Ends a series: `on` is the last day on which it may be held.
pub async fn end(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    on: Date,
) -> Result<RowId, Refusal> {
    if on < in_japan(deed.now).date() {
        return Err(Refusal::TooEarly);
    }
    turn(db, deed, id, version, Some(on)).await
}

/// It goes on: the days that had ended with it are planned again.
pub async fn resume(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<RowId, Refusal> {
    turn(db, deed, id, version, None).await
}

async fn turn(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    on: Option<Date>,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut series = store::find_series(conn, &deed, id).await?;
            if series.version != version {
                return Err(Refusal::Changed);
            }
            if series.ended_on.is_some() == on.is_some() {
                return Err(Refusal::IsOver);
            }
            series.ended_on = on;
            let today = in_japan(deed.now).date();
            // All of them: one that was moved is held on another day than its rule gave, and some
            // stand from a rule that began earlier.
            for mut day in store::list_of_series(conn, &deed, id, Date::MIN).await? {
                let state = match (day.state, on) {
                    (State::Planned, Some(on)) if day.day > on => State::Ended,
                    (State::Ended, None) if day.comes_back(today) => State::Planned,
                    _ => continue,
                };
                day.state = state;
                store::save_day(conn, &deed, &day).await?;
            }
            store::save_series(conn, &deed, &series).await?;
            let done = if on.is_some() {
                "を終了した"
            } else {
                "を再開した"
            };
            say(conn, &deed, &series.details.title, done).await?;
            Ok(id)
        })
    })
    .await
}
