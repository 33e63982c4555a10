//! Sessions: what a cookie says and what it is worth.

use jiff::Timestamp;
use seal::{SealError, TownKeys};

use super::account::{Card, card_place};
use super::term::Term;
use crate::ids::{CenterId, NetworkId, StaffId};
use crate::networks::Operator;
use crate::scope::Role;

/// A session ends after this long, used or not: a working day and its overtime.
const LONGEST_SECONDS: i64 = 12 * 60 * 60;
/// A tablet at the door stays signed in: nobody there knows a password, and it is ended from the list of
/// accounts when it is lost.
const TABLET_SECONDS: i64 = 180 * 24 * 60 * 60;
/// Over the holidays of the New Year nobody touches it.
const TABLET_IDLE_SECONDS: i64 = 21 * 24 * 60 * 60;
/// Between the password and the second factor: time to find the telephone and to set it up.
const HALF_SECONDS: i64 = 15 * 60;

/// How far a log-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the second factor is still to be given or set up.
    Half,
    /// Signed in.
    Full,
}

impl Stage {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::Half => "half",
            Stage::Full => "full",
        }
    }

    /// The stage of a code; an unknown one opens nothing.
    pub fn from_code(code: &str) -> Stage {
        if code == Stage::Full.code() {
            Stage::Full
        } else {
            Stage::Half
        }
    }
}

/// The cookie's content: the town and a secret of which only the hash is kept.
#[derive(Clone)]
pub struct SessionCookie {
    /// The town, without which the row can't be found.
    pub network: NetworkId,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
}

/// A live session with the account it belongs to.
#[derive(Clone)]
pub struct Session {
    /// The town.
    pub network: NetworkId,
    /// Hash of the cookie's secret: the session's key.
    pub hash: [u8; 32],
    /// The account.
    pub staff: StaffId,
    /// Its role.
    pub role: Role,
    /// Its center.
    pub center: Option<CenterId>,
    /// From when until when its place holds.
    pub term: Term,
    /// How far the log-in has come.
    pub stage: Stage,
    /// When it began.
    pub made_at: Timestamp,
    /// Last seen; refreshed once a minute at most.
    pub seen_at: Timestamp,
    /// Minutes without a request after which the session ends.
    pub idle_minutes: i64,
    /// The sealed name and address of the account, opened only where shown.
    pub card: Vec<u8>,
    /// The version of the account's row, which the card is bound to.
    pub version: i64,
    /// The town's name.
    pub network_name: String,
    /// Which chapter of the law the town works under.
    pub operator: Operator,
    /// Whether the town has changed any of the texts it may change.
    pub own_words: bool,
}

impl Session {
    /// Whether the session has ended at `now`: idle for too long, older than any may get, or beyond
    /// the term of its account.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let (longest, rests) = match (self.stage, self.role) {
            (Stage::Half, _) => (HALF_SECONDS, self.idle_minutes * 60),
            (Stage::Full, Role::Tablet) => (TABLET_SECONDS, TABLET_IDLE_SECONDS),
            (Stage::Full, _) => (LONGEST_SECONDS, self.idle_minutes * 60),
        };
        let idle = now.as_second() - self.seen_at.as_second();
        let age = now.as_second() - self.made_at.as_second();
        !self.term.holds(now) || idle >= rests || age >= longest
    }

    /// Whether the last sight is old enough to be written again.
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        now.as_second() - self.seen_at.as_second() >= 60
    }
}

/// A session in the list of an account's sessions.
#[derive(Clone)]
pub struct SessionRow {
    /// Hash of the cookie's secret.
    pub hash: [u8; 32],
    /// How far the log-in has come.
    pub stage: Stage,
    /// When it began.
    pub made_at: Timestamp,
    /// Last seen.
    pub seen_at: Timestamp,
    /// Network address it was opened from.
    pub origin: String,
    /// The browser's own name.
    pub agent: String,
}

impl SessionRow {
    /// The name of the session on pages: the first half of its hash, which opens nothing.
    pub fn name(&self) -> String {
        self.hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// Opens the card of a session's account.
pub fn open_card(keys: &TownKeys, session: &Session) -> Result<Card, SealError> {
    let plain = keys.open(&card_place(session.staff, session.version), &session.card)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(stage: Stage) -> Session {
        Session {
            network: NetworkId(1),
            hash: [0; 32],
            staff: StaffId(1),
            role: Role::Auditor,
            center: None,
            term: Term::of(0, None),
            stage,
            made_at: Timestamp::UNIX_EPOCH,
            seen_at: Timestamp::UNIX_EPOCH,
            idle_minutes: 30,
            card: Vec::new(),
            version: 1,
            network_name: String::new(),
            operator: Operator::Public,
            own_words: false,
        }
    }

    fn after(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap_or_default()
    }

    #[test]
    fn a_session_ends_when_idle() {
        let session = session(Stage::Full);
        assert!(!session.is_over(after(30 * 60 - 1)));
        assert!(session.is_over(after(30 * 60)));
    }

    #[test]
    fn a_session_ends_after_twelve_hours_though_used() {
        let mut session = session(Stage::Full);
        session.seen_at = after(12 * 3600 - 1);
        assert!(!session.is_over(after(12 * 3600 - 1)));
        assert!(session.is_over(after(12 * 3600)));
    }

    #[test]
    fn a_tablet_stays_over_the_holidays_and_ends_after_half_a_year() {
        let mut session = session(Stage::Full);
        session.role = Role::Tablet;
        let day = 24 * 3600;
        assert!(!session.is_over(after(20 * day)));
        assert!(session.is_over(after(21 * day)));
        session.seen_at = after(180 * day - 1);
        assert!(!session.is_over(after(180 * day - 1)));
        assert!(session.is_over(after(180 * day)));
    }

    #[test]
    fn half_a_log_in_ends_after_a_quarter_of_an_hour() {
        let mut session = session(Stage::Half);
        session.seen_at = after(15 * 60 - 1);
        assert!(!session.is_over(after(15 * 60 - 1)));
        assert!(session.is_over(after(15 * 60)));
    }

    #[test]
    fn a_session_ends_with_the_term_of_its_account_though_used() {
        let mut session = session(Stage::Full);
        session.term = Term::of(0, Some(60_000));
        session.seen_at = after(59);
        assert!(!session.is_over(after(59)));
        assert!(session.is_over(after(60)));
    }
}
