//! A place that is free goes to who waits longest.

use db::Conn;

use super::{happened, say};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CenterId, TaskId};
use crate::networks;
use crate::station::courses::{self, CourseDay};
use crate::station::signups::rules::{Refusal, Signup, State, What, answer_by, begins, moment};
use crate::station::signups::store;
use crate::tasks::{self, Kind, NewTask, Words};

/// Offers every free place to who waits longest, each with a time to answer and the work of calling
/// them. Only within a write that holds the day.
pub async fn offer_free(conn: &mut Conn, deed: &Deed, day: &CourseDay) -> Result<(), Refusal> {
    if day.state != courses::State::Planned {
        return Ok(());
    }
    let hours = store::hours_of(conn, deed).await?;
    let Some(until) = answer_by(deed.now, begins(day), hours) else {
        return Ok(());
    };
    let room = store::room(conn, deed, day).await?;
    // Where nobody counts any more, everybody who waits has a place.
    let free = room.free().unwrap_or(room.waiting).min(room.waiting);
    for _ in 0..free {
        let Some(mut one) = store::first_waiting(conn, deed, day.id).await? else {
            break;
        };
        let mut offered = happened(deed, What::Offered);
        offered.until = Some(until);
        // Whoever made room by calling off did not offer it.
        offered.own = false;
        one.turn(State::Offered, offered);
        store::save(conn, deed, &one).await?;
        let task = call(conn, deed, day, &one).await?;
        store::set_task(conn, deed, one.id, Some(task)).await?;
        say(conn, deed, &one, day, What::Offered).await?;
    }
    Ok(())
}

/// The words name nobody: who it is stands on the page, for whoever may see it.
async fn call(
    conn: &mut Conn,
    deed: &Deed,
    day: &CourseDay,
    one: &Signup,
) -> Result<TaskId, Refusal> {
    let until = one.until.map(moment).unwrap_or_default();
    let title = format!(
        "空いた席のご案内：{}（{}）",
        day.details.title,
        day_word(day)
    );
    let story = format!(
        "キャンセル待ちの方に席が空きました。画面で電話番号を確かめて電話し、{until}までにお返事をもらってください。お返事がないときは、自動で次の方にまわります。"
    );
    let new = NewTask {
        center: Some(center_of(conn, deed, one.center).await?),
        person: None,
        kind: Kind::Course,
        due: in_japan(deed.now).date(),
        words: Words { title, story },
        link: format!("/station/signups/{}", one.id),
    };
    Ok(tasks::open_in(conn, deed, new).await?)
}

/// 「12月4日」.
pub fn day_word(day: &CourseDay) -> String {
    format!("{}月{}日", day.day.month(), day.day.day())
}

/// Whose work it is: of the center that took the sign-up, else of the town's first.
pub async fn center_of(
    conn: &mut Conn,
    deed: &Deed,
    center: Option<CenterId>,
) -> Result<CenterId, Refusal> {
    if let Some(center) = center {
        return Ok(center);
    }
    let all = networks::list_centers(conn, &deed.scope).await?;
    let mut open = all.iter().filter(|center| center.closed_at.is_none());
    open.next().map(|center| center.id).ok_or(Refusal::NotFound)
}
