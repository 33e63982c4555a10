//! Going through the record, group by group; the groups themselves are confirmed and changed by
//! the acts of `people`.

use db::{Conn, Db};
use jiff::civil::Date;

use super::opening::open_early;
use super::step::keep;
use crate::clock::{in_japan, instant};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::{self, Confirmed, DeskView, Group, Way};
use crate::renewals::rules::{Act, Cohort, Counted, MUST, Refusal, Renewal, found_changed};
use crate::renewals::store;
use crate::scope::Right;
use crate::tasks::{self, Kind, NewTask, Words};

/// More changes than one renewal can make are not looked through.
const MOST_CHANGES: u32 = 200;

/// Begins to go through the record, or goes on in this way.
pub async fn begin_walk(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    way: Way,
) -> Result<Renewal, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = open_early(conn, &deed, person).await?;
            let mut after = before.clone();
            after.begin_walk(way, deed.at(), in_japan(deed.now).date())?;
            if after != before {
                let act = (Act::WalkBegun, way.word());
                keep(conn, &deed, &before, &after, act, "").await?;
            }
            store::find_at(conn, &deed, person, before.month.year).await
        })
    })
    .await
}

/// Ends the renewal, after the groups that must be were gone through. `need` says what support the
/// person needs, where staff found any: it becomes a task. `first`: the center met or spoke to the
/// person for the first time ever.
pub async fn finish(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    need: Option<String>,
    first: bool,
) -> Result<Renewal, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = open_early(conn, &deed, person).await?;
            let view = people::find_for_desk(conn, &deed, person).await?;
            let view = view.ok_or(Refusal::NotFound)?;
            must_be_walked(&before, &view)?;
            let today = in_japan(deed.now).date();
            end_in(conn, &deed, (before, &view), today, (need, first)).await
        })
    })
    .await
}

async fn end_in(
    conn: &mut Conn,
    deed: &Deed,
    (before, view): (Renewal, &DeskView),
    day: Date,
    (need, first): (Option<String>, bool),
) -> Result<Renewal, Refusal> {
    let changes = people::list_changes(conn, deed, before.person, MOST_CHANGES).await?;
    let found = found_changed(&changes, before.walk_at.unwrap_or_default());
    let mut after = before.clone();
    after.counted = Counted {
        center: view.standing.center.map(|center| center.0),
        cohort: Cohort::of(&view.identity.value, day),
        ..after.counted
    };
    after.finish(day, found, need.is_some(), first)?;
    end_tasks(conn, deed, &before).await?;
    if let Some(words) = need {
        support(conn, deed, view, words).await?;
    }
    let way = before.walk_way.map_or("", Way::word);
    keep(conn, deed, &before, &after, (Act::Renewed, way), "").await?;
    Ok(after)
}

/// So long after the last group was confirmed a renewal ends by itself: whoever went through all
/// of it has answered, also where nobody pressed the last button. Until then that page may still
/// be open, and asks whether support is needed.
const REST: i64 = 3_600_000;

/// What rested longer was looked at when it had rested an hour, or the server stood still so long.
const LONG: i64 = 31 * 24 * REST;

/// Ends every renewal whose record was gone through to its last group, as of the day on which it
/// was, so that nobody who answered counts as silent.
pub async fn end_walked(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let mut after = PersonId(0);
    loop {
        let rested = (deed.at() - LONG, deed.at() - REST);
        let walked = store::list_walked(&mut db.read().await?, deed, rested, after).await?;
        let Some((last, _)) = walked.last() else {
            return Ok(());
        };
        after = last.person;
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                for (renewal, saved_at) in &walked {
                    end_one(conn, &deed, renewal, *saved_at).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
}

async fn end_one(
    conn: &mut Conn,
    deed: &Deed,
    renewal: &Renewal,
    saved_at: i64,
) -> Result<(), Refusal> {
    let person = people::find(conn, deed, renewal.person).await?;
    if !person.is_some_and(|one| renewal.is_walked_through(&one)) {
        return Ok(());
    }
    // A walk that was left off last year is not what this year's confirmations belong to.
    let before = open_early(conn, deed, renewal.person).await?;
    if before.month.year != renewal.month.year {
        return Ok(());
    }
    let view = people::find_for_desk(conn, deed, renewal.person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let day = in_japan(instant(saved_at)).date();
    end_in(conn, deed, (before, &view), day, (None, false)).await?;
    Ok(())
}

/// Nobody has to call or visit any more, also for an earlier year in which the person was silent.
async fn end_tasks(conn: &mut Conn, deed: &Deed, now: &Renewal) -> Result<(), Refusal> {
    for before in store::list_for_person(conn, deed, now.person).await? {
        let Some(task) = before.task else { continue };
        tasks::finish_in(conn, deed, task, "連絡がつき、更新できました。").await?;
        if before.month < now.month {
            let mut after = before.clone();
            after.task = None;
            keep(conn, deed, &before, &after, (Act::Found, ""), "").await?;
        }
    }
    Ok(())
}

fn must_be_walked(renewal: &Renewal, view: &DeskView) -> Result<(), Refusal> {
    let began = renewal.walk_at.ok_or(Refusal::NotWalked)?;
    let began = in_japan(instant(began)).date();
    let walked = |confirmed: Option<Confirmed>| {
        renewal.has_walked(confirmed.map(|confirmed| confirmed.on), began)
    };
    let all = MUST.iter().all(|group| match group {
        Group::Identity => walked(view.identity.confirmed),
        Group::Contacts => walked(view.contacts.confirmed),
        _ => true,
    });
    all.then_some(()).ok_or(Refusal::NotWalked)
}

/// Support that was found to be needed becomes work of the center, for its next day.
async fn support(
    conn: &mut Conn,
    deed: &Deed,
    view: &DeskView,
    words: String,
) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let new = NewTask {
        center: view.standing.center,
        person: Some(view.id),
        kind: Kind::Other,
        due: today.tomorrow().unwrap_or(today),
        words: Words {
            title: format!("{} さんを支援につなぐ", view.identity.value.name),
            story: format!("更新のときに、支援が必要だと分かりました。\n{words}"),
        },
        link: format!("/renewals/{}", view.id),
    };
    tasks::open_in(conn, deed, new).await?;
    Ok(())
}

/// Takes "renewed" back; the stamps of the groups stay, since they were confirmed.
pub async fn reopen(db: &Db, deed: &Deed, person: PersonId, year: i16) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            deed.scope.need(Right::EditPeople)?;
            let before = store::find_at(conn, &deed, person, year).await?;
            let settings = store::find_settings(conn, &deed).await?;
            let mut after = before.clone();
            after.reopen(in_japan(deed.now).date(), &settings)?;
            after.counted.center = before.counted.center;
            keep(conn, &deed, &before, &after, (Act::Reopened, ""), "").await
        })
    })
    .await
}
