//! What happened elsewhere: a person's center changed, a step's task was done, an account left.

use db::{Conn, Db};

use super::steps::{self, open_task};
use super::{end_task, note};
use crate::cases::rules::{Case, EntryState, HandoverState, Refusal, Step};
use crate::cases::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, RowId, StaffId};
use crate::scope::{Actor, Scope};
use crate::tasks::{self, Act};
use crate::{networks, people, staff};

/// Cases looked at in one round: 20,000 are gone through in 40 minutes, and whoever opens one before
/// is told on its page.
const CASES: i64 = 500;

/// Follows what happened: the work of one town and one round. `after`: where the last round of cases
/// ended; gives where this one did.
pub async fn keep_up(db: &Db, deed: &Deed, after: CaseId) -> Result<CaseId, Refusal> {
    follow_tasks(db, deed).await?;
    let mut conn = db.read().await?;
    let cases = store::list_open_after(&mut conn, deed, after, CASES).await?;
    let mut changed = Vec::new();
    for id in &cases {
        let case = store::find_as_program(&mut conn, deed, *id).await?;
        let away = stays(&mut conn, deed, &case).await?.is_none();
        if away != case.moved_task.is_some() {
            changed.push(*id);
        }
    }
    drop(conn);
    for id in changed {
        let deed = deed.clone();
        db.write(move |conn| Box::pin(async move { follow_person(conn, &deed, id).await }))
            .await?;
    }
    Ok(cases.last().copied().unwrap_or(CaseId(0)))
}

/// Why nothing has to be handed over; `None` where the person in the first place belongs to another
/// center now, and nothing was done yet.
async fn stays(conn: &mut Conn, deed: &Deed, case: &Case) -> Result<Option<&'static str>, Refusal> {
    let Some(person) = store::list_people(conn, deed, case.id)
        .await?
        .into_iter()
        .next()
    else {
        return Ok(Some("登録のある対象の方がいなくなりました。"));
    };
    let standing = people::find_standing(conn, deed, person).await?;
    let standing = standing.filter(|standing| standing.state == people::State::Registered);
    match standing.and_then(|standing| standing.center) {
        None => return Ok(Some("対象の方の登録か担当センターがなくなりました。")),
        Some(center) if center == case.center => {
            return Ok(Some(
                "対象の方の担当センターと、支援のセンターが同じになりました。",
            ));
        }
        Some(_) => (),
    }
    let handovers = store::list_handovers(conn, deed, case.id).await?;
    let offered = handovers
        .iter()
        .any(|one| one.state == HandoverState::Offered);
    Ok(offered.then_some("引き継ぎをお願いしました。"))
}

/// The case does not move by itself: whoever is in charge is asked to hand it over, with words.
async fn follow_person(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<(), Refusal> {
    let mut case = store::find_as_program(conn, deed, id).await?;
    let stays = stays(conn, deed, &case).await?;
    if stays.is_none() == case.moved_task.is_some() {
        return Ok(());
    }
    if let Some(why) = stays {
        let task = case.moved_task.take();
        end_task(conn, deed, task, why).await?;
    } else {
        let today = in_japan(deed.now).date();
        let due = networks::next_working_day(conn, &deed.scope, case.center, today).await?;
        let said = (
            format!(
                "{}：担当センターが変わりました。引き継ぎをお願いします",
                case.name()
            ),
            format!("/cases/{id}/sharing"),
        );
        let to = (case.center, case.lead);
        case.moved_task = Some(open_task(conn, deed, to, due, said).await?);
    }
    store::save(conn, deed, &case).await?;
    Ok(note(conn, deed, id, "担当センターの変更").await?)
}

/// A step whose task is done is done, if whoever did it sees the case; else the task is open again.
async fn follow_tasks(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let done = store::list_steps_done(&mut db.read().await?, deed).await?;
    for step in done {
        let deed = deed.clone();
        db.write(move |conn| Box::pin(async move { follow_step(conn, &deed, step).await }))
            .await?;
    }
    Ok(())
}

async fn follow_step(
    conn: &mut Conn,
    deed: &Deed,
    (id, step): (CaseId, RowId),
) -> Result<(), Refusal> {
    let mut step = store::find_entry::<Step>(conn, deed, id, step).await?;
    let (EntryState::Waiting, Some(task)) = (step.state, step.task) else {
        return Ok(());
    };
    let acts = tasks::list_acts(conn, deed, task).await?;
    let Some(done) = acts.into_iter().find(|one| one.act == Act::Done) else {
        return Ok(());
    };
    let case = store::find_as_program(conn, deed, id).await?;
    let seen = match done.by {
        Some(by) => sees(conn, deed, &case, by).await?,
        None => true,
    };
    if seen {
        return steps::end_in(conn, deed, step, EntryState::Done, done.words).await;
    }
    // A new task: what somebody else finished stays finished in their list.
    let due = step.day.unwrap_or(in_japan(deed.now).date());
    let said = (format!("{}の予定", case.name()), format!("/cases/{id}"));
    step.task = Some(open_task(conn, deed, (case.center, case.lead), due, said).await?);
    store::save_entry(conn, deed, &step).await
}

/// Whether an account sees the case now.
async fn sees(conn: &mut Conn, deed: &Deed, case: &Case, by: StaffId) -> Result<bool, Refusal> {
    let account = staff::find_account(conn, &deed.scope, &deed.keys, by).await?;
    let Some(account) = account else {
        return Ok(false);
    };
    let mut theirs = deed.clone();
    theirs.scope = Scope {
        actor: Actor::Staff(by),
        rights: account.place.role.rights(),
        center: account.place.center,
        ..deed.scope.clone()
    };
    store::may_see(conn, &theirs, case).await
}
