//! What is done with courses: one function a deed.

mod days;
mod places;
mod series;
mod years;

pub use days::{call_off, call_on, change, shift};
pub use places::{add_closure, keep_place, remove_closure};
pub use series::{end, plan, replan, resume};
pub use years::{Proposals, Proposed, extend, propose};

use db::Conn;
use jiff::civil::Date;

use super::rules::{Booking, Clash, Closed, Refusal, Shown, bookings, clashes, shown};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::networks;

/// When the Station is closed.
pub async fn closed(conn: &mut Conn, deed: &Deed) -> Result<Vec<Closed>, db::Error> {
    let all = store::list_closures(conn, deed).await?;
    Ok(all.into_iter().map(|one| one.closed).collect())
}

/// What would clash where these were held: with each other, and with what is planned besides the
/// series `own`.
pub async fn clashes_with(
    conn: &mut Conn,
    deed: &Deed,
    own: Option<RowId>,
    wished: Vec<Booking>,
) -> Result<Vec<Clash>, Refusal> {
    let days = wished.iter().map(|one| one.day);
    let Some((from, until)) = days.clone().min().zip(days.max()) else {
        return Ok(Vec::new());
    };
    let ids: Vec<RowId> = wished.iter().map(|one| one.series).collect();
    let there = store::list_between(conn, deed, from, until).await?;
    let others = bookings(&there).filter(|one| Some(one.series) != own);
    let mut found = clashes(wished.into_iter().chain(others).collect());
    // What clashed before is not what is asked about.
    found.retain(|clash| ids.contains(&clash.one.series) || ids.contains(&clash.other.series));
    Ok(found)
}

/// What everybody may read of these days.
pub async fn shown_between(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    until: Date,
) -> Result<Vec<Shown>, Refusal> {
    let days = store::list_between(conn, deed, from, until).await?;
    let places = store::list_places(conn, deed).await?;
    let organisations = networks::list_organisations(conn, &deed.scope).await?;
    let names = organisations.into_iter().map(|one| (one.id, one.name));
    let names: Vec<(RowId, String)> = names.collect();
    let all = days.iter();
    let today = in_japan(deed.now).date();
    Ok(all
        .filter_map(|day| shown(day, &places, &names, today))
        .collect())
}

async fn say(conn: &mut Conn, deed: &Deed, title: &str, done: &str) -> Result<(), Refusal> {
    let words = format!("講座「{title}」{done}");
    let line = Line::new(Verb::CourseChanged, None, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}

/// Two years and a little: a span that a rule is laid over.
fn too_long(from: Date, until: Date) -> bool {
    (until - from).get_days() > 731
}
