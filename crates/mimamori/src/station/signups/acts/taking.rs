//! Somebody signs up.

use db::{Conn, Db};

use super::{happened, say};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};
use crate::station::signups::rules::{
    MOST_SIGNUPS, Refusal, Signup, State, What, Who, may_sign_up, stands,
};
use crate::station::signups::store;
use crate::station::supporters;

/// A sign-up as it is asked for.
#[derive(Clone)]
pub struct Wish {
    /// For which day.
    pub day: RowId,
    /// Who.
    pub who: Who,
    /// For those who prepare the day.
    pub note: String,
    /// Of the form: what is sent twice is kept once.
    pub nonce: i64,
}

/// Somebody signs up: they are in where there is a place, else they wait. Gives the sign-up.
pub async fn sign_up(db: &Db, deed: &Deed, wish: Wish) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { sign_up_in(conn, &deed, wish).await }))
        .await
}

/// The same within a deed that has begun; whether somebody may is that deed's to ask.
pub async fn sign_up_in(conn: &mut Conn, deed: &Deed, wish: Wish) -> Result<RowId, Refusal> {
    let day = courses::find_day(conn, deed, wish.day).await?;
    // Whoever comes at the same moment waits here; what is read from now on is as they left it.
    let number = store::next_number(conn, deed, day.id).await?;
    if let Some(done) = store::find_by_nonce(conn, deed, wish.nonce).await? {
        return Ok(done.id);
    }
    may_sign_up(&day, &wish.who, deed.now)?;
    is_in(conn, deed, &day, &wish.who).await?;
    if number > MOST_SIGNUPS {
        return Err(Refusal::TooMany);
    }
    let room = store::room(conn, deed, &day).await?;
    let mut new = Signup {
        id: RowId(deed.new_id()),
        day: day.id,
        number,
        who: wish.who,
        state: room.next(),
        until: None,
        told: stands(&day),
        center: deed.scope.center,
        task: None,
        note: wish.note,
        story: Vec::new(),
        version: 1,
    };
    let what = match new.state {
        State::In => What::In,
        _ => What::Waits,
    };
    let mut came = happened(deed, what);
    came.holds = room.holds;
    new.story.push(came);
    let who = store::who_of(deed, &new);
    if let Some(there) = store::find_standing(conn, deed, day.id, who).await? {
        return Err(Refusal::Already(there.id));
    }
    courses::pin_day(conn, deed, day.id).await?;
    store::insert(conn, deed, &new, wish.nonce).await?;
    say(conn, deed, &new, &day, what).await?;
    Ok(new.id)
}

/// Whoever has left, or joins later, is a guest on that day.
async fn is_in(conn: &mut Conn, deed: &Deed, day: &CourseDay, who: &Who) -> Result<(), Refusal> {
    let Some(id) = who.supporter() else {
        return Ok(());
    };
    let supporter = supporters::find(conn, deed, id).await?;
    match supporter.terms.has(day.day) {
        true => Ok(()),
        false => Err(Refusal::NotIn),
    }
}
