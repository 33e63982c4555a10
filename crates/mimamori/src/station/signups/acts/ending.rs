//! A sign-up ends, or an offered place is taken.

use db::{Conn, Db};

use super::offering::offer_free;
use super::{Upon, happened, say, upon};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};
use crate::station::signups::rules::{Refusal, State, What};
use crate::station::signups::store;

fn open(day: &CourseDay, deed: &Deed) -> Result<(), Refusal> {
    match day.is_over(deed.now) {
        true => Err(Refusal::IsOver),
        false => Ok(()),
    }
}

/// It ends: cancelled, declined, or nobody could be reached. The place goes to who waits.
pub async fn end(db: &Db, deed: &Deed, of: Upon, how: What) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { end_in(conn, &deed, of, how).await }))
        .await
}

/// The same within a deed that has begun; whether somebody may is that deed's to ask.
pub async fn end_in(conn: &mut Conn, deed: &Deed, of: Upon, how: What) -> Result<RowId, Refusal> {
    let day = store::find(conn, deed, of.0).await?.day;
    store::lock(conn, deed, day).await?;
    let mut one = upon(conn, deed, of).await?;
    let day = courses::find_day(conn, deed, day).await?;
    open(&day, deed)?;
    let how = match (one.state, how) {
        (State::Gone, _) => return Err(Refusal::Ended),
        (State::Offered | State::Waiting, What::Declined | What::Unreached) => how,
        _ => What::Cancelled,
    };
    one.turn(State::Gone, happened(deed, how));
    store::save(conn, deed, &one).await?;
    say(conn, deed, &one, &day, how).await?;
    offer_free(conn, deed, &day).await?;
    Ok(one.id)
}

/// They take the place that they were offered. Near the beginning whoever waits longest takes one that
/// is free, when somebody calls.
pub async fn take(db: &Db, deed: &Deed, of: Upon) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { take_in(conn, &deed, of).await }))
        .await
}

/// The same within a deed that has begun; whether somebody may is that deed's to ask.
pub async fn take_in(conn: &mut Conn, deed: &Deed, of: Upon) -> Result<RowId, Refusal> {
    let day = store::find(conn, deed, of.0).await?.day;
    store::lock(conn, deed, day).await?;
    let mut one = upon(conn, deed, of).await?;
    let day = courses::find_day(conn, deed, day).await?;
    open(&day, deed)?;
    match one.state {
        State::Offered => {}
        State::In | State::Gone => return Err(Refusal::Ended),
        State::Waiting => {
            let room = store::room(conn, deed, &day).await?;
            let ahead = store::count_ahead(conn, deed, &one).await?;
            if !room.has_place() || ahead > 0 {
                return Err(Refusal::NotTheirTurn);
            }
        }
    }
    one.turn(State::In, happened(deed, What::Took));
    store::save(conn, deed, &one).await?;
    say(conn, deed, &one, &day, What::Took).await?;
    Ok(one.id)
}
