//! A case ends, and is opened again.

use db::{Conn, Db};

use super::{me, note, reviews, seen, seen_open, steps};
use crate::cases::rules::{Case, EndReason, Ending, HandoverState, How, Refusal, ReviewOf, State};
use crate::cases::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::CaseId;

/// Ends it; what was still to be done is not any more. Where the center's head says so, a second
/// person looks at it.
pub async fn close(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    version: i64,
    (reason, outcome): (EndReason, String),
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut case = seen_open(conn, &deed, id).await?;
            case.must_be(version)?;
            case.must_be_run_by(&deed.scope)?;
            if outcome.is_empty() {
                return Err(Refusal::NoWords);
            }
            let handovers = store::list_handovers(conn, &deed, id).await?;
            let waits = handovers
                .iter()
                .any(|one| one.how == How::Transfer && one.state == HandoverState::Offered);
            if waits {
                return Err(Refusal::Offered);
            }
            steps::end_all(conn, &deed, &case).await?;
            reviews::drop_waiting(conn, &deed, id, None).await?;
            case.state = State::Closed;
            case.closed_at = Some(deed.now);
            super::end_task(conn, &deed, case.moved_task.take(), "支援が終わりました。").await?;
            case.body.endings.push(Ending {
                on: in_japan(deed.now).date(),
                by: me(&deed),
                reason,
                outcome,
                again: None,
            });
            store::save(conn, &deed, &case).await?;
            let settings = store::find_settings(conn, &deed, case.center).await?;
            if settings.closing_second {
                reviews::ask(conn, &deed, &case, ReviewOf::Closing).await?;
            }
            Ok(note(conn, &deed, id, "支援の終了").await?)
        })
    })
    .await
}

/// Opens it again, saying why.
pub async fn reopen(db: &Db, deed: &Deed, id: CaseId, why: String) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let case = seen(conn, &deed, id).await?;
            if why.is_empty() {
                return Err(Refusal::NoWords);
            }
            if case.state == State::Open {
                return Err(Refusal::NotClosed);
            }
            reviews::drop_waiting(conn, &deed, id, Some(ReviewOf::Closing)).await?;
            open_again(conn, &deed, case, why).await?;
            Ok(note(conn, &deed, id, "支援の再開").await?)
        })
    })
    .await
}

pub(super) async fn open_again(
    conn: &mut Conn,
    deed: &Deed,
    mut case: Case,
    why: String,
) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    case.state = State::Open;
    case.closed_at = None;
    case.touched = today;
    if let Some(last) = case.body.endings.last_mut() {
        last.again = Some((today, why));
    }
    store::save(conn, deed, &case).await
}
