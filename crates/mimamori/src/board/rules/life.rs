//! How long things live.

use std::ops::RangeInclusive;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A contact's link: longer than anybody is looked for by mail.
pub const LINK_MS: i64 = 3 * DAY_MS;
/// A test mail: somebody reads theirs on Sundays only.
pub const PROOF_MS: i64 = 7 * DAY_MS;
/// A drill with all that was said in it.
pub const DRILL_MS: i64 = DAY_MS;

/// Days after the end of an inquiry for which a town may keep what was said.
pub const KEEP_DAYS: RangeInclusive<i64> = 1..=1095;
/// What a town begins with: a season, for a question of the family or of the police.
const KEEP_DAYS_AT_FIRST: i64 = 90;

/// What a town settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Days after the end of an inquiry until what was said is erased.
    pub keep_days: i64,
    /// Grows with every change; 0 for the defaults.
    pub version: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            keep_days: KEEP_DAYS_AT_FIRST,
            version: 0,
        }
    }
}

impl Settings {
    /// What ended before then is erased now.
    pub fn keeps_since(self, at: i64) -> i64 {
        at - self.keep_days * DAY_MS
    }
}
