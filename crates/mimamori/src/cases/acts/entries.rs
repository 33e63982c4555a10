//! Contacts and flags.

use db::Db;
use jiff::civil::Date;

use super::{me, note, seen, seen_open};
use crate::cases::rules::{Contact, EntryState, Flag, Refusal};
use crate::cases::store::{self, NewEntry};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, RowId};

/// Writes down a call, a visit, a meeting: from then the case is not silent.
pub async fn add_contact(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    contact: Contact,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut case = seen(conn, &deed, id).await?;
            if contact.on > in_japan(deed.now).date() {
                return Err(Refusal::BadDay);
            }
            if contact.on > case.touched {
                case.touched = contact.on;
                store::save(conn, &deed, &case).await?;
            }
            let new = NewEntry::new(&deed, contact);
            store::insert_entry(conn, &deed, id, &new).await?;
            Ok(note(conn, &deed, id, "経過の記録").await?)
        })
    })
    .await
}

/// Puts a contact right upon the version that was shown; what stood there stays beside it.
pub async fn correct_contact(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    (row, version): (RowId, i64),
    to: Contact,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut case = seen(conn, &deed, id).await?;
            let mut entry = store::find_entry::<Contact>(conn, &deed, id, row).await?;
            if entry.version != version {
                return Err(Refusal::Changed);
            }
            if to.on > in_japan(deed.now).date() {
                return Err(Refusal::BadDay);
            }
            let (was, now) = (entry.body.on, to.on);
            entry.body = entry.body.corrected(to, (deed.now, me(&deed)))?;
            store::save_entry(conn, &deed, &entry).await?;
            // A wrong day may have made the case look as if somebody had been in touch.
            if now > case.touched || (was == case.touched && now < was) {
                let contacts = store::list_entries::<Contact>(conn, &deed, id).await?;
                let days = contacts.iter().map(|one| one.body.on);
                case.touched = days.fold(case.began(), jiff::civil::Date::max);
                store::save(conn, &deed, &case).await?;
            }
            Ok(note(conn, &deed, id, "経過の訂正").await?)
        })
    })
    .await
}

/// Raises a flag until a day.
pub async fn add_flag(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    until: Date,
    flag: Flag,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen_open(conn, &deed, id).await?;
            if until < in_japan(deed.now).date() {
                return Err(Refusal::BadDay);
            }
            let new = NewEntry {
                day: Some(until),
                ..NewEntry::new(&deed, flag)
            };
            store::insert_entry(conn, &deed, id, &new).await?;
            Ok(note(conn, &deed, id, "注意の印").await?)
        })
    })
    .await
}

/// Takes a flag down before its day, saying why.
pub async fn end_flag(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    flag: RowId,
    why: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let mut entry = store::find_entry::<Flag>(conn, &deed, id, flag).await?;
            if entry.state != EntryState::On {
                return Err(Refusal::NotWaiting);
            }
            entry.state = EntryState::Ended;
            entry.body.ended = why;
            store::save_entry(conn, &deed, &entry).await?;
            Ok(note(conn, &deed, id, "注意の印を下ろしました").await?)
        })
    })
    .await
}
