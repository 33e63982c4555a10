//! Who runs a center, and what ends when that changes.
//!
//! That the old accounts find nothing any more follows from their term, which is weighed at every
//! request; what is done here afterwards only tidies up what they held.

use db::{Conn, Db};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Refusal, say};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{CenterId, StaffId};
use crate::networks;
use crate::scope::Right;
use crate::staff::rules::{Account, Contractor, Unplanned, contractor_name, may_note, may_plan};
use crate::staff::store;

/// A change of contractor to be.
pub struct Plan {
    /// Its name as typed.
    pub name: String,
    /// Its first day.
    pub day: Date,
    /// Accounts that go on under it.
    pub stays: Vec<StaffId>,
}

impl From<Unplanned> for Refusal {
    fn from(why: Unplanned) -> Refusal {
        Refusal::Unplanned(why)
    }
}

/// Writes down who runs the center today; nobody's account ends by it.
pub async fn note_contractor(
    db: &Db,
    deed: &Deed,
    center: CenterId,
    name: String,
    day: Date,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let (name, at) = (contractor_name(&name)?, may_note(day, deed.now)?);
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            must_be_ours(conn, &deed, center).await?;
            let new = contractor(center, at, name, false);
            store::contractors::insert(conn, &deed, &new).await?;
            tell(conn, &deed, &new, "受託法人を記録").await
        })
    })
    .await
}

/// Plans a change: from midnight of its first day every account of the center that is not named to
/// stay finds nothing.
pub async fn plan_change(
    db: &Db,
    deed: &Deed,
    center: CenterId,
    plan: Plan,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let name = contractor_name(&plan.name)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            must_be_ours(conn, &deed, center).await?;
            let known = store::contractors::list(conn, &deed.scope, center).await?;
            let at = may_plan(&known, plan.day, deed.now)?;
            let new = contractor(center, at, name, true);
            store::contractors::insert(conn, &deed, &new).await?;
            keep_stays(conn, &deed, &new, &plan.stays).await?;
            tell(conn, &deed, &new, "受託法人の変更を予定").await
        })
    })
    .await
}

/// Names anew who stays, before the day has come.
pub async fn change_stays(
    db: &Db,
    deed: &Deed,
    center: CenterId,
    day: Date,
    version: i64,
    stays: Vec<StaffId>,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut planned = planned(conn, &deed, center, day).await?;
            planned.version = version;
            store::contractors::touch(conn, &deed, &planned).await?;
            store::contractors::remove_stays(conn, &deed, &planned).await?;
            keep_stays(conn, &deed, &planned, &stays).await?;
            tell(conn, &deed, &planned, "引き続き働く職員を変更").await
        })
    })
    .await
}

/// Calls a planned change off, before the day has come.
pub async fn call_off_change(
    db: &Db,
    deed: &Deed,
    center: CenterId,
    day: Date,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let planned = planned(conn, &deed, center, day).await?;
            store::contractors::remove_stays(conn, &deed, &planned).await?;
            store::contractors::remove(conn, &deed, &planned).await?;
            tell(conn, &deed, &planned, "受託法人の変更を取りやめ").await
        })
    })
    .await
}

/// Ends the sessions and invitations of the accounts that a change has ended, once; what they had
/// taken in the rooms above is given back by the caller, in the same transaction. Gives the accounts.
pub async fn settle_change_in(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
) -> Result<Vec<StaffId>, Refusal> {
    let (scope, keys) = (&deed.scope, &deed.keys);
    let accounts = store::list_accounts_of(conn, scope, keys, change.center).await?;
    let over = |one: &Account| one.term.ends_at == Some(change.at);
    let ended: Vec<StaffId> = accounts
        .iter()
        .filter(|one| over(one))
        .map(|one| one.id)
        .collect();
    for staff in &ended {
        store::remove_sessions(conn, deed, *staff).await?;
        store::remove_invitations(conn, deed, *staff).await?;
        say(
            conn,
            deed,
            Verb::StaffChanged,
            *staff,
            "受託法人の変更で終了",
        )
        .await?;
    }
    store::contractors::settle(conn, deed, change).await?;
    Ok(ended)
}

fn contractor(center: CenterId, at: Timestamp, name: String, ends: bool) -> Contractor {
    Contractor {
        center,
        at,
        name,
        ends,
        settled: false,
        version: 1,
    }
}

async fn must_be_ours(conn: &mut Conn, deed: &Deed, center: CenterId) -> Result<(), Refusal> {
    let found = networks::find_center(conn, &deed.scope, center).await?;
    found.map(drop).ok_or(Refusal::NotFound)
}

/// The change that begins on this day, if it is still to come.
async fn planned(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    day: Date,
) -> Result<Contractor, Refusal> {
    let known = store::contractors::list(conn, &deed.scope, center).await?;
    let found = known
        .into_iter()
        .find(|one| one.ends && one.first_day() == day);
    match found.ok_or(Refusal::NotFound)? {
        ahead if ahead.is_ahead(deed.now) => Ok(ahead),
        _ => Err(Refusal::WrongState),
    }
}

/// Only accounts of this center are named.
async fn keep_stays(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
    stays: &[StaffId],
) -> Result<(), Refusal> {
    let (scope, keys) = (&deed.scope, &deed.keys);
    let accounts = store::list_accounts_of(conn, scope, keys, change.center).await?;
    for account in accounts.iter().filter(|one| stays.contains(&one.id)) {
        store::contractors::insert_stay(conn, deed, change, account.id).await?;
    }
    Ok(())
}

async fn tell(
    conn: &mut Conn,
    deed: &Deed,
    change: &Contractor,
    words: &str,
) -> Result<(), Refusal> {
    let words = format!(
        "{words}（{}、{}から） {}",
        change.name,
        change.first_day(),
        change.center
    );
    let line = Line::new(Verb::StaffChanged, None, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
