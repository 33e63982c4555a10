//! Who else may see a case, which others belong to it, and who may be told.

use db::{Conn, Db};
use jiff::civil::Date;

use super::{handing, note, seen, seen_open};
use crate::cases::rules::{Consent, Entry, EntryState, Kept, Link, Receiver, Refusal, Viewer};
use crate::cases::store::{self, NewEntry};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, RowId, StaffId};
use crate::networks;
use crate::scope::{NoRight, Right};
use crate::staff;

/// The longest time for which somebody is named at once: a year, then somebody thinks again.
const MOST_DAYS: i64 = 366;

/// Refuses unless it is an active account of the center that may support.
pub(super) async fn must_be_of(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    center: CenterId,
) -> Result<String, Refusal> {
    let account = staff::find_account(conn, &deed.scope, &deed.keys, staff).await?;
    let fits = account
        .filter(|one| one.place.center == Some(center) && one.works(Right::Support, deed.now));
    Ok(fits.ok_or(Refusal::NoSuchStaff)?.card.name)
}

/// Who leads a center, where somebody does.
pub(super) async fn head_of(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Option<StaffId>, Refusal> {
    let all = staff::list_accounts(conn, &deed.scope, &deed.keys).await?;
    let head = all
        .into_iter()
        .find(|one| one.place.center == Some(center) && one.works(Right::Lead, deed.now));
    Ok(head.map(|one| one.id))
}

/// Names somebody of the center, until a day and with the reason.
pub async fn add_viewer(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    (staff, until): (StaffId, Date),
    reason: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen_open(conn, &deed, id).await?;
            if !case.is_led_by(&deed.scope) {
                return Err(NoRight.into());
            }
            if reason.is_empty() {
                return Err(Refusal::NoWords);
            }
            let today = in_japan(deed.now).date();
            let latest = today.saturating_add(jiff::Span::new().days(MOST_DAYS));
            if until < today || until > latest {
                return Err(Refusal::BadDay);
            }
            must_be_of(conn, &deed, staff, case.center).await?;
            let new = NewEntry {
                day: Some(until),
                staff: Some(staff),
                ..NewEntry::new(&deed, Viewer { reason })
            };
            store::insert_entry(conn, &deed, id, &new).await?;
            Ok(note(conn, &deed, id, "見られる職員を加えました").await?)
        })
    })
    .await
}

/// Takes a name back.
pub async fn remove_viewer(db: &Db, deed: &Deed, id: CaseId, viewer: RowId) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen(conn, &deed, id).await?;
            if !case.is_led_by(&deed.scope) {
                return Err(NoRight.into());
            }
            let entry = store::find_entry::<Viewer>(conn, &deed, id, viewer).await?;
            end(conn, &deed, entry).await?;
            Ok(note(conn, &deed, id, "見られる職員を外しました").await?)
        })
    })
    .await
}

/// Nobody is named any more: the case is another center's.
pub(super) async fn end_viewers(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<(), Refusal> {
    let viewers = store::list_entries::<Viewer>(conn, deed, case).await?;
    for viewer in viewers {
        if viewer.state == EntryState::On {
            end(conn, deed, viewer).await?;
        }
    }
    Ok(())
}

async fn end<B: Kept>(conn: &mut Conn, deed: &Deed, mut entry: Entry<B>) -> Result<(), Refusal> {
    if entry.state != EntryState::On {
        return Err(Refusal::NotWaiting);
    }
    entry.state = EntryState::Ended;
    store::save_entry(conn, deed, &entry).await
}

/// Links two cases, both of which whoever links them sees; each leads to the other.
pub async fn add_link(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    number: i64,
    note_of: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let other = store::find_by_number(conn, &deed, number).await?;
            if other.id == id {
                return Err(Refusal::NotFound);
            }
            let there = store::list_entries::<Link>(conn, &deed, id).await?;
            let linked =
                |one: &Entry<Link>| one.other == Some(other.id) && one.state == EntryState::On;
            if there.iter().any(linked) {
                return Ok(());
            }
            for (from, to) in [(id, other.id), (other.id, id)] {
                let body = Link {
                    note: note_of.clone(),
                };
                let new = NewEntry {
                    other: Some(to),
                    ..NewEntry::new(&deed, body)
                };
                store::insert_entry(conn, &deed, from, &new).await?;
                note(conn, &deed, from, "関連する支援を結びました").await?;
            }
            Ok(())
        })
    })
    .await
}

/// Takes a link away, on both sides.
pub async fn remove_link(db: &Db, deed: &Deed, id: CaseId, link: RowId) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let entry = store::find_entry::<Link>(conn, &deed, id, link).await?;
            let other = entry.other.ok_or(Refusal::NotFound)?;
            end(conn, &deed, entry).await?;
            let back = store::list_entries::<Link>(conn, &deed, other).await?;
            let ours = |one: &Entry<Link>| one.other == Some(id) && one.state == EntryState::On;
            for entry in back.into_iter().filter(ours) {
                end(conn, &deed, entry).await?;
            }
            Ok(note(conn, &deed, id, "関連する支援を外しました").await?)
        })
    })
    .await
}

/// By which name the town knows a receiver.
async fn name_of(conn: &mut Conn, deed: &Deed, to: Receiver) -> Result<String, Refusal> {
    let name = match to {
        Receiver::Center(id) => {
            let center = networks::find_center(conn, &deed.scope, id).await?;
            center.map(|center| center.name)
        }
        Receiver::Organisation(id) => {
            let found = networks::find_organisation(conn, &deed.scope, id).await?;
            found.map(|organisation| organisation.name)
        }
    };
    name.ok_or(Refusal::NotFound)
}

/// Writes down a consent. To whom the town knows, it is by the name that the town has.
pub async fn add_consent(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    until: Option<Date>,
    mut consent: Consent,
) -> Result<RowId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let today = in_japan(deed.now).date();
            if consent.given_on > today || until.is_some_and(|until| until < today) {
                return Err(Refusal::BadDay);
            }
            if let Some(to) = consent.receiver {
                consent.to = name_of(conn, &deed, to).await?;
            }
            let new = NewEntry {
                day: until,
                ..NewEntry::new(&deed, consent)
            };
            store::insert_entry(conn, &deed, id, &new).await?;
            note(conn, &deed, id, "同意の記録").await?;
            Ok(new.id)
        })
    })
    .await
}

/// Writes down that it was withdrawn. What waits upon it is called back at once.
pub async fn withdraw_consent(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    consent: RowId,
    said: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let mut entry = store::find_entry::<Consent>(conn, &deed, id, consent).await?;
            if entry.state != EntryState::On {
                return Err(Refusal::NotWaiting);
            }
            entry.state = EntryState::Ended;
            entry.body.withdrawn = Some((in_japan(deed.now).date(), said));
            store::save_entry(conn, &deed, &entry).await?;
            handing::call_back_upon(conn, &deed, id, Some(consent)).await?;
            Ok(note(conn, &deed, id, "同意の撤回").await?)
        })
    })
    .await
}
