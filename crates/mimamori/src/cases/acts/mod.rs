//! What is done with a case; each deed with its audit line in one transaction. Every one begins by
//! finding the case as this scope sees it: what it may not see, it can't change.

mod basics;
mod basis;
mod closing;
mod content;
mod documents;
mod entries;
mod follow;
mod forgetting;
mod handing;
mod opening;
mod receiving;
mod reviews;
mod sharing;
mod steps;
mod twins;

pub use basics::save_basics;
pub use closing::{close, reopen};
pub use content::{Changes, add_person, change, change_settings, remove_person};
pub use documents::{keep_document, remove_document};
pub use entries::{add_contact, add_flag, correct_contact, end_flag};
pub use follow::keep_up;
pub use forgetting::{erase, forget_before, forget_in};
pub use handing::{Offer, Referral, answer, assign, call_back, offer, refer};
pub use opening::{open, open_from_consultation, open_from_notice, open_in};
pub use receiving::{accept, decline, find_incoming, list_incoming};
pub use reviews::decide;
pub use sharing::{
    add_consent, add_link, add_viewer, remove_link, remove_viewer, withdraw_consent,
};
pub use steps::{add_step, drop_step, finish_step};
pub use twins::BELONGING;

use db::{Conn, Error};

use super::rules::{Case, Refusal};
use super::store;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::ids::{CaseId, StaffId, TaskId};
use crate::scope::Right;
use crate::tasks;

/// The case as this scope sees it.
async fn seen(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<Case, Refusal> {
    deed.scope.need(Right::Support)?;
    store::find(conn, deed, id).await
}

/// The same, if it is open.
async fn seen_open(conn: &mut Conn, deed: &Deed, id: CaseId) -> Result<Case, Refusal> {
    let case = seen(conn, deed, id).await?;
    case.must_be_open()?;
    Ok(case)
}

/// Who acts, where it is a person's account.
fn me(deed: &Deed) -> Option<StaffId> {
    deed.scope.actor.account()
}

/// The line of a change. It names the case and nobody: whoever reads what was done with somebody's
/// record shall not learn of a case that they may not see (docs/decisions/0022).
async fn note(conn: &mut Conn, deed: &Deed, case: CaseId, said: &str) -> Result<(), Error> {
    let line = Line::new(Verb::CaseChanged, None, Fields::NOTHING);
    audit::record(conn, deed, line.because(Why::Case(case)).saying(said)).await
}

/// Ends a task, wherever it stands.
async fn end_task(
    conn: &mut Conn,
    deed: &Deed,
    task: Option<TaskId>,
    outcome: &str,
) -> Result<(), Refusal> {
    let Some(task) = task else { return Ok(()) };
    match tasks::finish_in(conn, deed, task, outcome).await {
        Ok(()) | Err(tasks::Refusal::NotFound) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}
