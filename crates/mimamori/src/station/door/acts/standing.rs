//! What was written down is taken back, somebody leaves early, the roll ends.

use db::{Conn, Db};

use super::say;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};
use crate::station::door::rules::{Attendance, Outcome, Refusal, State, Tried};
use crate::station::door::store;
use crate::station::signups;

async fn upon(
    conn: &mut Conn,
    deed: &Deed,
    (id, version): (RowId, i64),
) -> Result<(Attendance, CourseDay), Refusal> {
    let one = store::find(conn, deed, id).await?;
    if one.version != version {
        return Err(Refusal::Changed);
    }
    let day = courses::find_day(conn, deed, one.day).await?;
    match one.state {
        State::Here => Ok((one, day)),
        State::Undone => Err(Refusal::StandsSo),
    }
}

/// It is taken back: they did not come. Gives the day.
pub async fn undo(db: &Db, deed: &Deed, of: (RowId, i64)) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let (mut one, day) = upon(conn, &deed, of).await?;
            one.state = State::Undone;
            store::save(conn, &deed, &one).await?;
            let tried = Tried {
                at: deed.now,
                part: one.part,
                way: one.way,
                outcome: Outcome::Undone,
                attendance: None,
            };
            let nonce = deed.new_id();
            store::begin_try(conn, &deed, (day.id, nonce), &tried).await?;
            store::settle_try(conn, &deed, nonce, Outcome::Undone, Some(one.id)).await?;
            say(conn, &deed, &day, &one, "受付の取り消し").await?;
            Ok(day.id)
        })
    })
    .await
}

/// They leave before the end. Gives the day.
pub async fn leave(db: &Db, deed: &Deed, of: (RowId, i64)) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let (mut one, day) = upon(conn, &deed, of).await?;
            if one.left_at.is_some() || day.is_over(deed.now) {
                return Err(Refusal::StandsSo);
            }
            one.left_at = Some(deed.now);
            store::save(conn, &deed, &one).await?;
            say(conn, &deed, &day, &one, "早く帰った").await?;
            Ok(day.id)
        })
    })
    .await
}

/// Everybody who came is written down: whoever is not, did not come.
pub async fn end_roll(db: &Db, deed: &Deed, day: RowId) -> Result<(), Refusal> {
    turn(db, deed, day, true).await
}

/// Somebody is still to be written down.
pub async fn reopen_roll(db: &Db, deed: &Deed, day: RowId) -> Result<(), Refusal> {
    turn(db, deed, day, false).await
}

async fn turn(db: &Db, deed: &Deed, day: RowId, ends: bool) -> Result<(), Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let day = courses::find_day(conn, &deed, day).await?;
            let turned = match ends {
                true => end_in(conn, &deed, &day).await?,
                false => reopen_in(conn, &deed, &day).await?,
            };
            match turned {
                true => Ok(()),
                false => Err(Refusal::StandsSo),
            }
        })
    })
    .await
}

/// The roll ends within a deed that has begun; whether it had not ended before.
pub async fn end_in(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<bool, Refusal> {
    may_turn(deed, day)?;
    courses::pin_day(conn, deed, day.id).await?;
    let ended = store::end_roll(conn, deed, day.id).await?;
    if ended {
        turned(conn, deed, day, "受付を終えた").await?;
    }
    Ok(ended)
}

async fn reopen_in(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<bool, Refusal> {
    may_turn(deed, day)?;
    let reopened = store::reopen_roll(conn, deed, day.id).await?;
    if reopened {
        turned(conn, deed, day, "受付をまた開いた").await?;
    }
    Ok(reopened)
}

/// Before it begins nobody can know who does not come.
fn may_turn(deed: &Deed, day: &CourseDay) -> Result<(), Refusal> {
    match day.state != courses::State::Planned || signups::begins(day) > deed.now {
        true => Err(Refusal::NotHeld),
        false => Ok(()),
    }
}

async fn turned(conn: &mut Conn, deed: &Deed, day: &CourseDay, done: &str) -> Result<(), Refusal> {
    let words = format!("「{}」{}　{done}", day.details.title, day.day);
    let line = Line::new(Verb::CheckedIn, None, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
