//! The receiver's side of a transfer: a summary, and yes or no.

use db::{Conn, Db};

use super::basis::must_still_stand;
use super::steps::open_task;
use super::{end_task, handing, me};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::rules::{Access, Handover, HandoverState, How, Refusal};
use crate::cases::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CaseId, CenterId, RowId};
use crate::networks;
use crate::scope::{NoRight, Right};

/// An offer to one's own center. What was called back or decided is not there any more.
pub async fn find_incoming(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Handover, Refusal> {
    deed.scope.need(Right::Support)?;
    let row = store::find_handover(conn, deed, id).await?;
    let ours = row.to_center.is_some() && row.to_center == deed.scope.center;
    let waits = ours && row.how == How::Transfer && row.must_wait().is_ok();
    match waits && may_receive(conn, deed, row.case).await? {
        true => Ok(row),
        false => Err(Refusal::NotFound),
    }
}

/// What is offered to one's own center, as far as it is this account's to read.
pub async fn list_incoming(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<Handover>, Refusal> {
    let mut ours = Vec::new();
    for row in store::list_incoming(conn, deed, center).await? {
        if may_receive(conn, deed, row.case).await? {
            ours.push(row);
        }
    }
    Ok(ours)
}

/// A case for those named only is received by the center's head: a name and an address that few
/// may see at the sender's shall not be read by everybody at the receiver's.
async fn may_receive(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<bool, Refusal> {
    if deed.scope.rights.has(Right::Lead) {
        return Ok(true);
    }
    let case = store::find_as_program(conn, deed, case).await?;
    Ok(case.access == Access::Center)
}

/// Takes it: whoever takes it is in charge, and the case is the center's.
pub async fn accept(db: &Db, deed: &Deed, id: RowId) -> Result<CaseId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut row = find_incoming(conn, &deed, id).await?;
            let staff = me(&deed).ok_or(NoRight)?;
            let mut case = store::find_as_program(conn, &deed, row.case).await?;
            case.must_be_open()?;
            // It went elsewhere meanwhile.
            if case.center != row.from_center {
                return Err(Refusal::NotFound);
            }
            let to = row.to_center.ok_or(Refusal::NotFound)?;
            must_still_stand(conn, &deed, (&row, to)).await?;
            row.state = HandoverState::Accepted;
            row.decided = Some((deed.now, staff));
            end_task(conn, &deed, row.task, "引き受けました。").await?;
            store::save_handover(conn, &deed, &row).await?;
            handing::pass(conn, &deed, &mut case, (to, Some(staff))).await?;
            Ok(case.id)
        })
    })
    .await
}

/// Does not take it, saying why; the sender is told by a task.
pub async fn decline(db: &Db, deed: &Deed, id: RowId, why: String) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut row = find_incoming(conn, &deed, id).await?;
            let staff = me(&deed).ok_or(NoRight)?;
            if why.is_empty() {
                return Err(Refusal::NoWords);
            }
            row.state = HandoverState::Declined;
            row.decided = Some((deed.now, staff));
            row.told.answer = why;
            end_task(conn, &deed, row.task, "お断りしました。").await?;
            store::save_handover(conn, &deed, &row).await?;
            let case = store::find_as_program(conn, &deed, row.case).await?;
            let today = in_japan(deed.now).date();
            let due = networks::next_working_day(conn, &deed.scope, case.center, today).await?;
            let said = (
                format!("{}：引き継ぎの返事を見る", case.name()),
                format!("/cases/{}/sharing", case.id),
            );
            open_task(conn, &deed, (case.center, case.lead), due, said).await?;
            let line = Line::new(Verb::CaseHandedOver, None, Fields::NOTHING);
            let line = line.because(Why::Case(case.id)).saying("引き継ぎのお断り");
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
