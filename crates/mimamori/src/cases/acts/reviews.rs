//! A second pair of eyes on plans and closures.

use db::{Conn, Db};

use super::steps::open_task;
use super::{end_task, me, note, seen};
use crate::cases::rules::{Case, Entry, EntryState, Refusal, Review, ReviewOf, State};
use crate::cases::store::{self, NewEntry};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, RowId};
use crate::networks;
use crate::scope::NoRight;

/// Asks for it: a task of the center until somebody else has looked.
pub(super) async fn ask(
    conn: &mut Conn,
    deed: &Deed,
    case: &Case,
    of: ReviewOf,
) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let due = networks::next_working_day(conn, &deed.scope, case.center, today).await?;
    let said = (
        format!("{}：{}の確認（2人目）", case.name(), of.word()),
        format!("/cases/{}", case.id),
    );
    let task = open_task(conn, deed, (case.center, None), due, said).await?;
    let body = Review {
        of,
        words: String::new(),
        decided_at: 0,
    };
    let new = NewEntry {
        state: EntryState::Waiting,
        task: Some(task),
        ..NewEntry::new(deed, body)
    };
    store::insert_entry(conn, deed, case.id, &new).await
}

/// What was asked and is overtaken: the plan was changed again, the case has gone elsewhere.
pub(super) async fn drop_waiting(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    of: Option<ReviewOf>,
) -> Result<(), Refusal> {
    let reviews = store::list_entries::<Review>(conn, deed, case).await?;
    let waits = |one: &Entry<Review>| {
        one.state == EntryState::Waiting && of.is_none_or(|of| of == one.body.of)
    };
    for mut review in reviews.into_iter().filter(waits) {
        review.state = EntryState::Ended;
        end_task(conn, deed, review.task, "確かめる内容が変わりました。").await?;
        store::save_entry(conn, deed, &review).await?;
    }
    Ok(())
}

/// Agrees, or gives it back with words. Whoever asked is not the second. A closure that is given
/// back is none: the case goes on.
pub async fn decide(
    db: &Db,
    deed: &Deed,
    (id, review): (CaseId, RowId),
    agrees: bool,
    words: String,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen(conn, &deed, id).await?;
            let staff = me(&deed).ok_or(NoRight)?;
            let mut entry = store::find_entry::<Review>(conn, &deed, id, review).await?;
            if entry.state != EntryState::Waiting {
                return Err(Refusal::NotWaiting);
            }
            if entry.made_by == Some(staff) {
                return Err(Refusal::SamePerson);
            }
            if !agrees && words.is_empty() {
                return Err(Refusal::NoWords);
            }
            entry.state = match agrees {
                true => EntryState::Approved,
                false => EntryState::Returned,
            };
            entry.staff = Some(staff);
            entry.body.words = words.clone();
            entry.body.decided_at = deed.at();
            store::save_entry(conn, &deed, &entry).await?;
            end_task(conn, &deed, entry.task, "支援の画面で確かめました。").await?;
            if !agrees && entry.body.of == ReviewOf::Closing && case.state == State::Closed {
                super::closing::open_again(conn, &deed, case, words).await?;
            }
            let said = match agrees {
                true => "2人目の確認",
                false => "2人目の差し戻し",
            };
            Ok(note(conn, &deed, id, said).await?)
        })
    })
    .await
}
