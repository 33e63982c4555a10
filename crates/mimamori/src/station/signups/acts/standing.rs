//! How a sign-up stands, for whoever asks.

use db::Conn;
use jiff::SignedDuration;

use crate::clock::{in_japan, midnight};
use crate::deed::Deed;
use crate::station::courses::CourseDay;
use crate::station::signups::rules::{Refusal, Room, Signup, answer_by, begins, ways};
use crate::station::signups::store;

/// How a sign-up stands.
pub struct Standing {
    /// How full the day is.
    pub room: Room,
    /// Who waits and came before.
    pub ahead: u32,
    /// How it stands and what comes next, in words that can be read out.
    pub words: String,
}

/// How a sign-up stands.
pub async fn standing(
    conn: &mut Conn,
    deed: &Deed,
    of: &Signup,
    day: &CourseDay,
) -> Result<Standing, Refusal> {
    let room = store::room(conn, deed, day).await?;
    let ahead = store::count_ahead(conn, deed, of).await?;
    let hours = store::hours_of(conn, deed).await?;
    // Whether it would not be offered by itself even in the middle of a day.
    let noon = midnight(in_japan(deed.now).date()) + SignedDuration::from_hours(12);
    let offered = |at| answer_by(at, begins(day), hours).is_some();
    let soon = !offered(noon.max(deed.now)) && !offered(deed.now);
    Ok(Standing {
        words: ways(of, &room, ahead, soon),
        room,
        ahead,
    })
}
