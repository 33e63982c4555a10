//! How long what was said about people who are not registered is kept.

use super::refusal::Refusal;

/// A town may say so many years.
pub const YEARS: std::ops::RangeInclusive<i64> = 1..=30;

/// The town's setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// So many years after the last consultation about somebody.
    pub years: i64,
    /// Grows with every change; 0 where nothing was set.
    pub version: i64,
}

impl Default for Keeping {
    /// As long as towns keep the papers of their consultations (docs/decisions/0029).
    fn default() -> Keeping {
        Keeping {
            years: 5,
            version: 0,
        }
    }
}

impl Keeping {
    /// Refuses years that nobody means.
    pub fn checked(self) -> Result<Keeping, Refusal> {
        match YEARS.contains(&self.years) {
            true => Ok(self),
            false => Err(Refusal::BadYears),
        }
    }
}
