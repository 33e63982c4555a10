//! A town practises for a day.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::board::rules::Refusal;
use crate::board::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::desk;
use crate::ids::{PersonId, RowId};
use crate::networks::Vault;
use crate::people::{self, Contacts};
use crate::scope::Right;
use crate::tags::{self, LookUp};

/// Begins a drill with whoever carries these numbers, and gives how many; the numbers that lead to
/// nobody instead, where there are any.
pub async fn start_drill(
    db: &Db,
    vault: &Vault,
    deed: &Deed,
    numbers: &[String],
) -> Result<Result<usize, Vec<String>>, Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let (mut taking_part, mut nobodys) = (Vec::new(), Vec::new());
    let mut conn = db.read().await?;
    for number in numbers {
        match tags::look_up(&mut conn, vault, deed, number).await? {
            LookUp::Found { person, .. } => taking_part.push(person),
            _ => nobodys.push(number.clone()),
        }
    }
    drop(conn);
    if taking_part.is_empty() && nobodys.is_empty() {
        return Err(Refusal::Nothing);
    }
    if !nobodys.is_empty() {
        return Ok(Err(nobodys));
    }
    begin(db, deed, taking_part).await.map(Ok)
}

async fn begin(db: &Db, deed: &Deed, people: Vec<PersonId>) -> Result<usize, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::find_running(conn, &deed).await?.is_some() {
                return Err(Refusal::DrillRuns);
            }
            let drill = store::insert_drill(conn, &deed, &people).await?;
            let all = store::list_taking_part(conn, &deed, drill).await?;
            for person in &all {
                say(conn, &deed, Some(*person), "【訓練】参加をはじめた").await?;
            }
            Ok(all.len())
        })
    })
    .await
}

async fn say(
    conn: &mut Conn,
    deed: &Deed,
    whose: Option<PersonId>,
    words: &str,
) -> Result<(), db::Error> {
    let line = Line::new(Verb::TownChanged, whose, Fields::NOTHING);
    audit::record(conn, deed, line.saying(words)).await
}

/// Ends the running drill before its day is over, and erases it.
pub async fn end_drill(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let running = store::find_running(conn, &deed).await?;
            erase(conn, &deed, running.ok_or(Refusal::NotFound)?.id).await
        })
    })
    .await
}

/// Erases a drill with every inquiry, word, link and mail of it. The audit keeps its lines, which
/// say that it was practice.
pub async fn erase(conn: &mut Conn, deed: &Deed, drill: RowId) -> Result<(), Refusal> {
    for find in store::list_of_drill(conn, deed, drill).await? {
        store::forget_words(conn, deed, find.inquiry).await?;
        store::remove_find(conn, deed, find.inquiry).await?;
        desk::forget_drill_in(conn, deed, find.inquiry).await?;
    }
    store::end_drill(conn, deed, drill).await?;
    Ok(say(conn, deed, None, "【訓練】終わり、消した").await?)
}

/// Keeps that the contact at this place of the calling order agreed to take part in drills, or no
/// longer does.
pub async fn take_part(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    contact: usize,
    takes_part: bool,
) -> Result<(), Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let kept = people::find_group::<Contacts>(conn, &deed, person).await?;
            let kept = kept.ok_or(Refusal::NotFound)?;
            let mut contacts = kept.value;
            let contact = contacts.0.get_mut(contact).ok_or(Refusal::NoContact)?;
            let mail = contact.mail.as_mut().ok_or(Refusal::NoContact)?;
            let today = in_japan(deed.now).date();
            mail.drills_on = takes_part.then(|| mail.drills_on.unwrap_or(today));
            Ok(people::change_in(conn, &deed, person, kept.version, contacts, None).await?)
        })
    })
    .await
}
