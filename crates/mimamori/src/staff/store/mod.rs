//! Accounts, contractors, invitations, sessions, recovery codes, counters ↔ rows.

mod accounts;
pub mod contractors;
mod invitations;
mod recovery;
mod reseal;
mod sessions;
mod tries;

pub(super) use accounts::{count_admins, find_by_login, insert_account, save_account, save_step};
pub use accounts::{find_account, list_accounts, list_accounts_of};
pub(super) use invitations::{
    find_invitation, insert_invitation, remove_invitations, use_invitation,
};
pub use recovery::count_recovery_codes;
pub(super) use recovery::{insert_recovery_code, remove_recovery_codes, use_recovery_code};
pub use reseal::{forget_tries, reseal_some};
pub use sessions::{find_session, list_sessions, touch_session};
pub(super) use sessions::{insert_session, remove_other_sessions, remove_session, remove_sessions};
pub(super) use tries::{find_counter, raise_counter, settle_counter};
