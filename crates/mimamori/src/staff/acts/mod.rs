//! Deeds around accounts: inviting, coming in, going out.

mod accounts;
mod contractors;
mod factor;
mod invitations;
mod sessions;
mod sign_in;
mod systems;

pub use accounts::{change_password, move_account, reactivate, reset_factor, suspend};
pub use contractors::{
    Plan, call_off_change, change_stays, note_contractor, plan_change, settle_change_in,
};
pub use factor::{confirm_factor, new_recovery_codes, offer_factor, open_offer, try_factor};
pub use invitations::{
    Invited, accept, accept_tablet, find_invited, invite, invite_again, invite_for,
};
pub use sessions::{Opened, end_other_sessions, end_session, open_session, sign_out};
pub use sign_in::{hash_password, try_password, verify_own_password};
pub use systems::{begin_system_in, change_system_in};

use db::{Conn, Error};
use jiff::civil::Date;

use super::rules::{Account, PasswordFault, Unplanned};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::scope::NoRight;

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Wrong address, wrong password, or an account that may not come in.
    #[error("not let in")]
    NotLetIn,
    /// Too many tries; seconds to wait.
    #[error("too many tries: wait {0} s")]
    Slowed(i64),
    /// The code is not right, or was used before.
    #[error("the code is not right")]
    WrongCode,
    /// The password can't be taken.
    #[error("the password can't be taken")]
    Password(PasswordFault),
    /// Another account of the town has this mail address.
    #[error("the mail address is taken")]
    EmailTaken,
    /// The role needs a center or an organisation, or has one it must not have.
    #[error("the place is not whole")]
    PlaceNotWhole,
    /// Nobody changes their own rights or shuts themselves out.
    #[error("not on oneself")]
    Yourself,
    /// The town would be left without an administrator.
    #[error("the last administrator")]
    LastAdmin,
    /// The account's place begins on this day.
    #[error("the account's place begins later")]
    TermAhead(Date),
    /// The account's place ended with this day.
    #[error("the account's place has ended")]
    TermOver(Date),
    /// A change of contractor can't be planned so.
    #[error("the change can't be planned so")]
    Unplanned(Unplanned),
    /// The account is not in the state that the deed begins from.
    #[error("not in this state")]
    WrongState,
    /// The invitation was used, taken back or has ended.
    #[error("the invitation is over")]
    InvitationOver,
    /// Not this town's, or not there.
    #[error("not there")]
    NotFound,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Memory was short.
    #[error(transparent)]
    NotHashed(#[from] seal::password::NotHashed),
    /// A key or a seal.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database; `Changed` where somebody saved first.
    #[error(transparent)]
    Db(#[from] Error),
}

/// The account, if it is this town's.
async fn account(conn: &mut Conn, deed: &Deed, id: StaffId) -> Result<Account, Refusal> {
    let found = store::find_account(conn, &deed.scope, &deed.keys, id).await?;
    found.ok_or(Refusal::NotFound)
}

/// The account of somebody who signs in.
async fn person(conn: &mut Conn, deed: &Deed, id: StaffId) -> Result<Account, Refusal> {
    let found = account(conn, deed, id).await?;
    Some(found)
        .filter(|of| !of.is_system())
        .ok_or(Refusal::NotFound)
}

/// Writes the audit line of something that concerns an account.
async fn say(
    conn: &mut Conn,
    deed: &Deed,
    verb: Verb,
    staff: StaffId,
    words: &str,
) -> Result<(), Error> {
    let line = Line::new(verb, None, Fields::NOTHING).saying(format!("{words} {staff}"));
    audit::record(conn, deed, line).await
}
