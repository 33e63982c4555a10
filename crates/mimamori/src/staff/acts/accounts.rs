//! Changing, suspending and reactivating accounts.

use db::Db;

use super::{Refusal, account, person, say};
use crate::audit::Verb;
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::scope::{Actor, Right, Role};
use crate::staff::rules::{Account, AccountState, Place, Session, Term};
use crate::staff::store;

/// Changes an account, or says why not.
type Apply = Box<dyn FnOnce(&mut Account) -> Result<(), Refusal> + Send>;

/// What an administrator does to an account, and the word for it in the audit.
struct Change {
    word: &'static str,
    apply: Apply,
}

/// Stops an account at once: its sessions end and its invitation stops working.
pub async fn suspend(db: &Db, deed: &Deed, staff: StaffId) -> Result<(), Refusal> {
    let apply = |account: &mut Account| {
        if account.state == AccountState::Suspended {
            return Err(Refusal::WrongState);
        }
        account.state = AccountState::Suspended;
        Ok(())
    };
    change(
        db,
        deed,
        staff,
        None,
        Change {
            word: "停止",
            apply: Box::new(apply),
        },
    )
    .await
}

/// Lets a suspended account in again; one that never came goes back to waiting for its owner.
pub async fn reactivate(db: &Db, deed: &Deed, staff: StaffId) -> Result<(), Refusal> {
    let apply = |account: &mut Account| {
        if account.state != AccountState::Suspended {
            return Err(Refusal::WrongState);
        }
        account.state = match account.password {
            Some(_) => AccountState::Active,
            None => AccountState::Invited,
        };
        Ok(())
    };
    change(
        db,
        deed,
        staff,
        None,
        Change {
            word: "再開",
            apply: Box::new(apply),
        },
    )
    .await
}

/// Gives an account another role or center; its sessions end, so that it begins anew.
pub async fn move_account(
    db: &Db,
    deed: &Deed,
    staff: StaffId,
    version: i64,
    place: Place,
) -> Result<(), Refusal> {
    let now = deed.now;
    let apply = move |account: &mut Account| {
        if !place.is_whole() {
            return Err(Refusal::PlaceNotWhole);
        }
        account.place = place;
        account.term = Term::from(now);
        Ok(())
    };
    let change_of_place = Change {
        word: "役割を変更",
        apply: Box::new(apply),
    };
    change(db, deed, staff, Some(version), change_of_place).await
}

/// Takes the second factor from an account whose owner has lost telephone and recovery codes.
pub async fn reset_factor(db: &Db, deed: &Deed, staff: StaffId) -> Result<(), Refusal> {
    let apply = |account: &mut Account| {
        account
            .second_factor
            .take()
            .map(|_| ())
            .ok_or(Refusal::WrongState)
    };
    change(
        db,
        deed,
        staff,
        None,
        Change {
            word: "二段階認証を解除",
            apply: Box::new(apply),
        },
    )
    .await
}

fn is_admin(account: &Account) -> bool {
    account.place.role == Role::TownAdmin && account.state == AccountState::Active
}

async fn change(
    db: &Db,
    deed: &Deed,
    staff: StaffId,
    version: Option<i64>,
    change: Change,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    if deed.scope.actor == Actor::Staff(staff) {
        return Err(Refusal::Yourself);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut account = person(conn, &deed, staff).await?;
            let was_admin = is_admin(&account);
            account.version = version.unwrap_or(account.version);
            (change.apply)(&mut account)?;
            let leaves = was_admin && !is_admin(&account);
            if leaves && store::count_admins(conn, &deed, staff).await? == 0 {
                return Err(Refusal::LastAdmin);
            }
            store::save_account(conn, &deed, &account).await?;
            store::remove_sessions(conn, &deed, staff).await?;
            if account.second_factor.is_none() {
                store::remove_recovery_codes(conn, &deed, staff).await?;
            }
            if account.state == AccountState::Suspended {
                store::remove_invitations(conn, &deed, staff).await?;
            }
            Ok(say(conn, &deed, Verb::StaffChanged, staff, change.word).await?)
        })
    })
    .await
}

/// Keeps a new password hash; all other sessions of the account end.
pub async fn change_password(
    db: &Db,
    deed: &Deed,
    session: &Session,
    hash: String,
) -> Result<(), Refusal> {
    let (deed, session) = (deed.clone(), session.clone());
    db.write(move |conn| {
        Box::pin(async move {
            let mut account = account(conn, &deed, session.staff).await?;
            account.password = Some(hash);
            store::save_account(conn, &deed, &account).await?;
            store::remove_other_sessions(conn, &deed, session.staff, session.hash).await?;
            Ok(say(
                conn,
                &deed,
                Verb::StaffChanged,
                session.staff,
                "パスワードを変更",
            )
            .await?)
        })
    })
    .await
}
