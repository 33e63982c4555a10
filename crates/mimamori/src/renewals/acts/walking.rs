//! Going through the record, group by group; the groups themselves are confirmed and changed by
//! the acts of `people`.

use db::{Conn, Db};

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
            let changes = people::list_changes(conn, &deed, person, MOST_CHANGES).await?;
            let found = found_changed(&changes, before.walk_at.unwrap_or_default());
            let today = in_japan(deed.now).date();
            let mut after = before.clone();
            after.counted = Counted {
                center: view.standing.center.map(|center| center.0),
                cohort: Cohort::of(&view.identity.value, today),
                ..after.counted
            };
            after.finish(today, found, need.is_some(), first)?;
            end_tasks(conn, &deed, &before).await?;
            if let Some(words) = need {
                support(conn, &deed, &view, words).await?;
            }
            let way = before.walk_way.map_or("", Way::word);
            keep(conn, &deed, &before, &after, (Act::Renewed, way), "").await?;
            Ok(after)
        })
    })
    .await
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
