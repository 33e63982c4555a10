//! Staff: accounts, roles, sessions.
//!
//! Leans on: audit, networks.

mod rules;
mod store;

pub use rules::{Card, Session, SessionCookie, Stage, open_card};
pub use store::{find_session, touch_session};
