//! What the tables know of a period, without names.

use std::collections::{HashMap, HashSet};

use db::Conn;
use jiff::civil::Date;

use crate::cases;
use crate::clock::{in_japan, midnight};
use crate::consultations::Period;
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId, RowId};
use crate::networks;
use crate::paths;
use crate::station::courses::{self, CourseDay, State};
use crate::station::door;
use crate::station::figures::rules::{Came, Facts, Held, Noticed, Refusal, Yen};
use crate::station::figures::store;
use crate::station::vouchers;

/// The period up to today.
fn span(deed: &Deed, period: Period) -> (Date, Date) {
    let (first, last) = period.days();
    (first, last.min(in_japan(deed.now).date()))
}

/// Days and who came to them. A day to come is none yet, nor is one that somebody may still come to.
pub async fn gather(conn: &mut Conn, deed: &Deed, period: Period) -> Result<Facts, Refusal> {
    let (first, last) = span(deed, period);
    let came = store::list_came(conn, deed, (first, last)).await?;
    let written: HashSet<RowId> = came.iter().map(|one| one.0).collect();
    let after = last.tomorrow().unwrap_or(last);
    let taken = door::list_taken(conn, deed, (first, after)).await?;
    let closed = courses::list_closures(conn, deed).await?;
    let places = courses::list_places(conn, deed).await?;
    let organisations = networks::list_organisations(conn, &deed.scope).await?;
    let organisations: Vec<(RowId, String)> = organisations
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
    let (mut days, mut at) = (Vec::new(), HashMap::new());
    for one in courses::list_between(conn, deed, first, last).await? {
        let is_written = written.contains(&one.id) || taken.contains(&one.id);
        if one.state == State::Ended || !is_written && !one.is_over(deed.now) {
            continue;
        }
        let is_closed = closed
            .iter()
            .any(|of| of.closed.from <= one.day && one.day <= of.closed.until);
        let place = places.iter().find(|of| Some(of.id) == one.details.place);
        at.insert(one.id, days.len());
        days.push(Held {
            course: one.series,
            title: one.details.title.clone(),
            place: place.map_or(String::new(), |place| place.word.clone()),
            organiser: organiser(&one, &organisations),
            day: one.day,
            off: !is_written && (one.state == State::Off || is_closed),
            taken: taken.contains(&one.id),
        });
    }
    let came = came.into_iter().filter_map(|(lesson, part, who)| {
        let day = at.get(&lesson).copied()?;
        Some(Came { day, who, part })
    });
    Ok(Facts {
        days,
        came: came.collect(),
        before: store::list_before(conn, deed, first).await?,
    })
}

fn organiser(of: &CourseDay, organisations: &[(RowId, String)]) -> String {
    match courses::by_words(&of.details, organisations) {
        word if word.is_empty() => of.details.by.word().to_owned(),
        word => word,
    }
}

/// What was noticed in the period; of one center, or of all.
pub async fn noticed_in(
    conn: &mut Conn,
    deed: &Deed,
    period: Period,
    center: Option<CenterId>,
) -> Result<Noticed, Refusal> {
    let days = span(deed, period);
    let (observed, people) = store::count_observed(conn, deed, days, center).await?;
    let listed = store::count_listed(conn, deed, days, center).await?;
    let told = store::list_told(conn, deed, days, center).await?;
    let first: Vec<NoticeId> = told
        .iter()
        .filter(|one| one.first)
        .map(|one| one.id)
        .collect();
    let (cases, helped) = came_of(conn, deed, days.0, &first).await?;
    Ok(Noticed {
        observed: count(observed),
        observed_people: count(people),
        listed: listed
            .into_iter()
            .map(|(state, number)| (state.word().to_owned(), count(number)))
            .collect(),
        notices: told.len() as u64,
        first: first.len() as u64,
        cases,
        helped,
    })
}

/// How many of the notices led to a case, and to how many help came.
async fn came_of(
    conn: &mut Conn,
    deed: &Deed,
    first: Date,
    notices: &[NoticeId],
) -> Result<(u64, u64), Refusal> {
    let since = midnight(first).as_millisecond();
    let led = cases::list_led(conn, deed, since).await?;
    let led: HashSet<i64> = led.into_iter().map(|one| one.mark).collect();
    let of = |notice: &&NoticeId| led.contains(&cases::mark_of(deed, **notice));
    let cases: Vec<NoticeId> = notices.iter().filter(of).copied().collect();
    let helped = paths::steps::list_helped(conn, deed, &cases, since).await?;
    let helped = helped.into_iter().flatten().count() as u64;
    Ok((cases.len() as u64, helped))
}

/// Vouchers of the period.
pub async fn yen_in(conn: &mut Conn, deed: &Deed, period: Period) -> Result<Yen, Refusal> {
    let (first, last) = span(deed, period);
    let (given, handed_in, people) = vouchers::sums_between(conn, deed, first, last).await?;
    let after = last.tomorrow().unwrap_or(last);
    Ok(Yen {
        given,
        people: count(people),
        handed_in,
        open: vouchers::open_before(conn, deed, after).await?,
    })
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
