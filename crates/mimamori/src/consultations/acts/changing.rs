//! Correcting, striking out, restoring: each keeps what stood there before.

use db::{Conn, Db};

use super::taking::{open_task, record, state_of};
use crate::clock::in_japan;
use crate::consultations::rules::{
    Act, Before, Codes, Consultation, Entry, MOST_LINE, Refusal, State,
};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::ConsultationId;
use crate::scope::{NoRight, Right};
use crate::tasks;

/// Puts the consultation down anew; about whom it is stays as it is.
pub async fn correct(
    db: &Db,
    deed: &Deed,
    id: ConsultationId,
    version: i64,
    entry: Entry,
) -> Result<(), Refusal> {
    change(
        db,
        deed,
        id,
        Act::Corrected,
        String::new(),
        move |deed, one| {
            one.may_change(version)?;
            let today = in_japan(deed.now).date();
            let entry = entry.checked(deed.now, today, one.next_on)?;
            one.at = entry.at;
            one.state = state_of(entry.closed);
            one.next_on = entry.next_on;
            one.codes = Codes {
                way: entry.way,
                from: entry.from,
                topics: entry.topics,
                urgency: entry.urgency,
                minutes: entry.minutes,
                closed: entry.closed,
                ..one.codes
            };
            one.words = entry.words;
            Ok(())
        },
    )
    .await
}

/// Strikes out what was entered by mistake: it stays readable and is not counted any more.
pub async fn strike(
    db: &Db,
    deed: &Deed,
    id: ConsultationId,
    version: i64,
    reason: &str,
) -> Result<(), Refusal> {
    let reason = reason_of(reason)?;
    let said = reason.clone();
    change(db, deed, id, Act::Struck, reason, move |_, one| {
        one.may_change(version)?;
        one.state = State::Struck;
        one.next_on = None;
        one.words.struck = said;
        Ok(())
    })
    .await
}

/// Takes a striking out back.
pub async fn restore(
    db: &Db,
    deed: &Deed,
    id: ConsultationId,
    version: i64,
) -> Result<(), Refusal> {
    change(db, deed, id, Act::Restored, String::new(), move |_, one| {
        one.must_be(version)?;
        if one.state != State::Struck {
            return Err(Refusal::IsNotStruck);
        }
        one.state = state_of(one.codes.closed);
        one.words.struck = String::new();
        Ok(())
    })
    .await
}

/// Finishes what one's own center took down, within the transaction of the deed by which it goes on:
/// a case that begins. Another center's stays as it is. `act`: as what it stands in the history,
/// which everybody of the center reads.
pub async fn close_in(
    conn: &mut Conn,
    deed: &Deed,
    (id, version): (ConsultationId, i64),
    act: Act,
) -> Result<Consultation, Refusal> {
    deed.scope.need(Right::Support)?;
    let mut one = store::find(conn, deed, id).await?;
    one.may_change(version)?;
    if may_write(deed, &one).is_err() || one.state == State::Closed {
        return Ok(one);
    }
    let was = before(&one, String::new());
    (one.state, one.codes.closed, one.next_on) = (State::Closed, true, None);
    follow_next(conn, deed, &was, &mut one).await?;
    store::save(conn, deed, &one).await?;
    store::insert_change(conn, deed, id, act, &was).await?;
    record(conn, deed, &one, act.word()).await?;
    Ok(one)
}

/// A reason, trimmed.
pub(super) fn reason_of(typed: &str) -> Result<String, Refusal> {
    let reason = typed.trim();
    match reason.chars().count() {
        0 => Err(Refusal::NoReason),
        many if many > MOST_LINE => Err(Refusal::NoReason),
        _ => Ok(reason.to_owned()),
    }
}

/// Who took it down changes it; the center of its person reads it.
pub(super) fn may_write(deed: &Deed, one: &Consultation) -> Result<(), NoRight> {
    match deed.scope.center {
        Some(own) if own != one.center => Err(NoRight),
        _ => Ok(()),
    }
}

/// What stands there, to be kept.
pub(super) fn before(one: &Consultation, reason: String) -> Before {
    Before {
        codes: one.codes,
        words: one.words.clone(),
        at: one.at.as_millisecond(),
        next_on: one.next_on,
        reason,
        card: None,
    }
}

/// Loads, asks the rule, saves, keeps what was before and the line: one transaction.
async fn change(
    db: &Db,
    deed: &Deed,
    id: ConsultationId,
    act: Act,
    reason: String,
    rule: impl FnOnce(&Deed, &mut Consultation) -> Result<(), Refusal> + Send + 'static,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Support)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = store::find(conn, &deed, id).await?;
            may_write(&deed, &one)?;
            let was = before(&one, reason);
            rule(&deed, &mut one)?;
            follow_next(conn, &deed, &was, &mut one).await?;
            store::save(conn, &deed, &one).await?;
            store::insert_change(conn, &deed, id, act, &was).await?;
            record(conn, &deed, &one, act.word()).await
        })
    })
    .await
}

/// Keeps the task in step with the next step: its day changed, or there is none any more.
async fn follow_next(
    conn: &mut Conn,
    deed: &Deed,
    was: &Before,
    one: &mut Consultation,
) -> Result<(), Refusal> {
    if was.next_on == one.next_on {
        return Ok(());
    }
    if let Some(task) = one.task.take() {
        tasks::finish_in(conn, deed, task, "相談の記録が変わりました。").await?;
    }
    if let Some(due) = one.next_on {
        one.task = Some(open_task(conn, deed, one.id, one.center, one.person, due).await?);
    }
    Ok(())
}
