//! Accounts, sessions, passwords, tries: types and decisions.

mod account;
mod password;
mod session;
mod tries;

pub use account::{Account, AccountState, Card, INVITATION_HOURS, Invitation, Place, fold_email};
pub(super) use account::{LOGIN, TRIED, card_place, factor_place, login_name};
pub use password::{PASSWORD_LENGTH, PasswordFault, check_password};
pub use session::{Session, SessionCookie, SessionRow, Stage, open_card};
pub use tries::{Counter, TryKind, delay};
