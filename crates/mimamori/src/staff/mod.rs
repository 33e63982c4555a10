//! Staff: accounts, roles, sessions.
//!
//! Leans on: audit, networks.
//!
//! Promises (`tests/house/staff.rs`):
//! - an account begins with an invitation that works once, for 72 hours; there is no default
//!   password;
//! - whoever can see medical parts needs a second factor, unless the town turns that off;
//! - a session ends when idle, after twelve hours, and at once when it is revoked or the account
//!   is suspended;
//! - when another organisation takes a center over, the accounts of the one before find nothing from
//!   midnight on, at any door, whether or not a timed job has run (`docs/decisions/0027-*`);
//! - guessing is slowed, and nobody can lock others out by it (`docs/decisions/0007-*`).

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Invited, Opened, Plan, Refusal, accept, accept_tablet, begin_system_in, call_off_change,
    change_password, change_stays, change_system_in, confirm_factor, end_other_sessions,
    end_session, find_invited, hash_password, invite, invite_again, invite_for, move_account,
    new_recovery_codes, note_contractor, offer_factor, open_offer, open_session, plan_change,
    reactivate, reset_factor, settle_change_in, sign_out, suspend, try_factor, try_password,
    verify_own_password,
};
pub use pages::{doors, why_words};
pub use rules::{
    Account, AccountState, Card, Contractor, INVITATION_HOURS, PASSWORD_LENGTH, PasswordFault,
    Place, Session, SessionCookie, SessionRow, Stage, Term, Unplanned, check_password, fold_email,
    midnight, open_card,
};
pub use store::{
    contractors, count_recovery_codes, find_account, find_session, forget_tries, list_accounts,
    list_accounts_of, list_sessions, reseal_some, touch_session,
};
