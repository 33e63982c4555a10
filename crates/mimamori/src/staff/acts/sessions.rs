//! Sessions begin and end.

use db::{Conn, Db};
use seal::SecretToken;

use super::{Refusal, account, say};
use crate::audit::Verb;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::scope::{Actor, Right};
use crate::staff::rules::{Account, AccountState, Session, Stage};
use crate::staff::store;

/// A session that was just opened.
pub struct Opened {
    /// Whose it is.
    pub staff: StaffId,
    /// How far the log-in has come.
    pub stage: Stage,
    /// Whether the account has a second factor.
    pub has_factor: bool,
    /// What the cookie holds: `network.secret`.
    pub cookie: String,
}

/// Opens a session for an account whose proofs the caller has checked.
pub async fn open_session(
    db: &Db,
    deed: &Deed,
    staff: StaffId,
    stage: Stage,
    agent: String,
) -> Result<Opened, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { begin(conn, &deed, staff, stage, &agent).await }))
        .await
}

/// The same within a transaction.
pub(super) async fn begin(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    stage: Stage,
    agent: &str,
) -> Result<Opened, Refusal> {
    let account = account(conn, deed, staff).await?;
    if account.state != AccountState::Active {
        return Err(Refusal::WrongState);
    }
    may_come_now(deed, &account)?;
    let secret = SecretToken::new(&mut deed.dice.clone());
    store::insert_session(conn, deed, staff, secret.hash(), stage, agent).await?;
    if stage == Stage::Full {
        say(
            conn,
            &as_staff(deed, staff),
            Verb::SignedIn,
            staff,
            "ログイン",
        )
        .await?;
    }
    let cookie = format!("{}.{}", deed.network(), secret.text());
    Ok(Opened {
        staff,
        stage,
        has_factor: account.second_factor.is_some(),
        cookie,
    })
}

/// Refuses where the account's place does not hold yet, or no longer.
fn may_come_now(deed: &Deed, account: &Account) -> Result<(), Refusal> {
    if account.term.is_ahead(deed.now) {
        return Err(Refusal::TermAhead(in_japan(account.term.begins_at).date()));
    }
    match account.term.last_day() {
        Some(last) if account.term.is_over(deed.now) => Err(Refusal::TermOver(last)),
        _ => Ok(()),
    }
}

/// The deed of somebody who has just shown who they are.
pub(super) fn as_staff(deed: &Deed, staff: StaffId) -> Deed {
    let mut deed = deed.clone();
    deed.scope.actor = Actor::Staff(staff);
    deed
}

/// Ends one's own session.
pub async fn sign_out(db: &Db, deed: &Deed, session: &Session) -> Result<(), Refusal> {
    end(db, deed, session.staff, session.hash).await
}

/// Ends a session of one's own, or, with the right to manage accounts, anybody's.
pub async fn end_session(
    db: &Db,
    deed: &Deed,
    staff: StaffId,
    hash: [u8; 32],
) -> Result<(), Refusal> {
    if deed.scope.actor != Actor::Staff(staff) {
        deed.scope.need(Right::ManageStaff)?;
    }
    end(db, deed, staff, hash).await
}

async fn end(db: &Db, deed: &Deed, staff: StaffId, hash: [u8; 32]) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::remove_session(conn, &deed, staff, hash).await? == 0 {
                return Err(Refusal::NotFound);
            }
            Ok(say(conn, &deed, Verb::SignedOut, staff, "ログアウト").await?)
        })
    })
    .await
}

/// Ends all of one's own sessions but this one.
pub async fn end_other_sessions(db: &Db, deed: &Deed, session: &Session) -> Result<(), Refusal> {
    let (deed, staff, hash) = (deed.clone(), session.staff, session.hash);
    db.write(move |conn| {
        Box::pin(async move {
            store::remove_other_sessions(conn, &deed, staff, hash).await?;
            Ok(say(conn, &deed, Verb::SignedOut, staff, "ほかのログインを終了").await?)
        })
    })
    .await
}
