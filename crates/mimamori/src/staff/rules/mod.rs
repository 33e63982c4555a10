//! Accounts, sessions, terms, passwords, tries: types and decisions.

mod account;
mod password;
mod session;
mod term;
mod tries;

pub use account::{Account, AccountState, Card, INVITATION_HOURS, Invitation, Place, fold_email};
pub(super) use account::{LOGIN, TRIED, card_place, factor_place, login_name};
pub use password::{PASSWORD_LENGTH, PasswordFault, check_password};
pub use session::{Session, SessionCookie, SessionRow, Stage, open_card};
pub use term::{Contractor, Term, Unplanned, contractor_name, may_note, may_plan, midnight};
pub use tries::{Counter, TryKind, delay};
