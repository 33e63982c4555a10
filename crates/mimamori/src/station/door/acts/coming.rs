//! Somebody comes: every try is kept with what came of it.

use db::{Conn, Db};
use jiff::{SignedDuration, Timestamp};

use super::say;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{RowId, SupporterId};
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};
use crate::station::door::rules::{
    Attendance, MOST_WALK_INS, Outcome, Part, Refusal, State, Tried, Way, may_come,
};
use crate::station::door::store;
use crate::station::signups;

/// So far back what is sent later is believed.
const LATEST: SignedDuration = SignedDuration::from_hours(30);

/// Who stands at the door.
#[derive(Clone)]
pub enum Who {
    /// A supporter.
    Supporter(SupporterId),
    /// Whoever made this sign-up.
    Signup(RowId),
    /// Somebody who just came by, with the name where they said it.
    WalkIn(String),
}

/// A try.
#[derive(Clone)]
pub struct Coming {
    /// At which day.
    pub day: RowId,
    /// As what.
    pub part: Part,
    /// By which way.
    pub way: Way,
    /// Of the press or the reading: what is sent twice is kept once.
    pub nonce: i64,
}

/// Somebody comes; what came of it.
pub async fn come(db: &Db, deed: &Deed, coming: Coming, who: Who) -> Result<Tried, Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { come_in(conn, &deed, coming, who).await }))
        .await
}

/// The same for what a tablet could not send when it happened: it counts for then. A tablet's clock that
/// is ahead is not believed, nor one that is more than a day behind.
pub async fn come_late(
    db: &Db,
    deed: &Deed,
    coming: Coming,
    who: Who,
    at: Timestamp,
) -> Result<Tried, Refusal> {
    deed.scope.need(Right::Door)?;
    let at = at.clamp(deed.now - LATEST, deed.now);
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { come_at(conn, &deed, coming, who, at).await }))
        .await
}

/// A try that led to nobody, with why.
pub async fn note(
    db: &Db,
    deed: &Deed,
    coming: Coming,
    outcome: Outcome,
) -> Result<Tried, Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            courses::find_day(conn, &deed, coming.day).await?;
            match begin(conn, &deed, &coming, outcome, deed.now).await? {
                Begun::New(tried) | Begun::Before(tried) => Ok(tried),
            }
        })
    })
    .await
}

enum Begun {
    New(Tried),
    Before(Tried),
}

async fn begin(
    conn: &mut Conn,
    deed: &Deed,
    coming: &Coming,
    outcome: Outcome,
    at: Timestamp,
) -> Result<Begun, Refusal> {
    let tried = Tried {
        at,
        part: coming.part,
        way: coming.way,
        outcome,
        attendance: None,
    };
    if store::begin_try(conn, deed, (coming.day, coming.nonce), &tried).await? {
        return Ok(Begun::New(tried));
    }
    let before = store::find_try(conn, deed, coming.nonce).await?;
    Ok(Begun::Before(before.ok_or(Refusal::Changed)?))
}

/// The same within a deed that has begun; whether somebody may is that deed's to ask.
pub async fn come_in(
    conn: &mut Conn,
    deed: &Deed,
    coming: Coming,
    who: Who,
) -> Result<Tried, Refusal> {
    come_at(conn, deed, coming, who, deed.now).await
}

async fn come_at(
    conn: &mut Conn,
    deed: &Deed,
    coming: Coming,
    who: Who,
    at: Timestamp,
) -> Result<Tried, Refusal> {
    let day = courses::find_day(conn, deed, coming.day).await?;
    let mut tried = match begin(conn, deed, &coming, Outcome::In, at).await? {
        Begun::New(tried) => tried,
        Begun::Before(tried) => return Ok(tried),
    };
    (tried.outcome, tried.attendance) = admit(conn, deed, &day, (&coming, at), who).await?;
    store::settle_try(conn, deed, coming.nonce, tried.outcome, tried.attendance).await?;
    Ok(tried)
}

async fn admit(
    conn: &mut Conn,
    deed: &Deed,
    day: &CourseDay,
    (coming, at): (&Coming, Timestamp),
    who: Who,
) -> Result<(Outcome, Option<RowId>), Refusal> {
    if let Err(outcome) = may_come(day, in_japan(at).date()) {
        return Ok((outcome, None));
    }
    if store::count_here(conn, deed, day.id).await? >= MOST_WALK_INS {
        return Ok((Outcome::TooMany, None));
    }
    let mut new = Attendance {
        id: RowId(deed.new_id()),
        day: day.id,
        supporter: None,
        signup: None,
        name: String::new(),
        part: coming.part,
        way: coming.way,
        at,
        left_at: None,
        state: State::Here,
        version: 1,
    };
    match who {
        Who::WalkIn(name) => new.name = name,
        Who::Supporter(id) => {
            new.supporter = Some(id);
            let own = signups::find_standing(conn, deed, day.id, id.0).await?;
            new.signup = own.map(|own| own.id);
        }
        Who::Signup(id) => {
            let signup = signups::find(conn, deed, id).await?;
            if signup.day != day.id {
                return Err(Refusal::NotFound);
            }
            new.supporter = signup.who.supporter();
            new.signup = Some(id);
        }
    }
    courses::pin_day(conn, deed, day.id).await?;
    if let Some(there) = store::insert(conn, deed, &new).await? {
        return Ok((Outcome::Already, Some(there)));
    }
    let done = match at == deed.now {
        true => "受付",
        false => "受付（つながらないあいだの分）",
    };
    say(conn, deed, day, &new, done).await?;
    Ok((Outcome::In, Some(new.id)))
}
