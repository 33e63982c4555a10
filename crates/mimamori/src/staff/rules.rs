//! Sessions: what a cookie says and what it is worth.

use jiff::Timestamp;
use seal::{Place, SealError, TownKeys};
use serde::{Deserialize, Serialize};

use crate::ids::{CenterId, NetworkId, StaffId};
use crate::scope::Role;

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
    /// How far the log-in has come.
    pub stage: Stage,
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
}

impl Session {
    /// Whether the session has been idle for too long at `now`.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let idle = now.as_second() - self.seen_at.as_second();
        idle >= self.idle_minutes * 60
    }

    /// Whether the last sight is old enough to be written again.
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        now.as_second() - self.seen_at.as_second() >= 60
    }
}

/// Who an account is; sealed in the account's row.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Name as colleagues know it.
    pub name: String,
    /// Mail address: the log-in name.
    pub email: String,
}

/// Opens the card of a session's account.
pub fn open_card(keys: &TownKeys, session: &Session) -> Result<Card, SealError> {
    let place = card_place(session.staff, session.version);
    let plain = keys.open(&place, &session.card)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
}

/// Where the card of an account is sealed.
pub(super) fn card_place(staff: StaffId, version: i64) -> Place {
    Place {
        table: "staff",
        column: "card",
        row: staff.0,
        version,
    }
}
