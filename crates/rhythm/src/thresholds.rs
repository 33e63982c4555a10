//! The figures a town may set. They change by a deliberate act, with [`effect`](crate::effect)
//! shown first.

use crate::facts::Signal;
use crate::fault::Fault;

/// Nobody's absence tells more after so many days: from then on a trip and a fall look alike, and
/// what began lately comes first.
const TELLING_DAYS: f64 = 56.0;

/// What makes somebody's change worth a look. Chosen by judgement, checked on made-up years
/// (docs/RHYTHM.md); no open data on real declines of attendance exists that we know of.
#[derive(Clone, Debug, PartialEq)]
pub struct Thresholds {
    /// Weeks of history a person's usual is taken from, at most (8–52).
    pub base_weeks: u32,
    /// Weeks before the list in which a change may have begun (4–26). Older change is the new usual.
    pub look_weeks: u32,
    /// Weeks of usual below which nothing is said about somebody (4–52).
    pub least_base_weeks: u32,
    /// Visits in the usual below which nothing is said about somebody (3–100).
    pub least_visits: u32,
    /// The sum from which somebody may be listed.
    pub least_sum: f64,
    /// Days after a listing on which somebody is not listed again, even if they come; if they don't
    /// come, nor for as long as they don't, unless an answer says when to look again.
    pub rest_days: u32,
    /// Days after which half of what was listed before no longer counts against a new listing.
    pub told_half_life: f64,
    /// Taken off for each thirty days since the onset (0–5): of two equal sums, what began lately is
    /// the one at which somebody can still be in time.
    pub off_a_month: f64,
    /// Untold pauses (a cold, a trip, a grandchild) a year, before the person's own are known.
    pub pauses_a_year: f64,
    /// One in eight pauses is longer than this many days, one in 27 than twice as many; beyond 56
    /// days none is told from another.
    pub pause_days: f64,
    /// How often a year each signal shows with nothing behind it, however clear it looks. In the
    /// order of [`Signal`]; nothing for Less and Gap, whose pauses are counted above.
    pub chance_a_year: [f64; 6],
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            base_weeks: 52,
            look_weeks: 18,
            least_base_weeks: 12,
            least_visits: 6,
            least_sum: 1.5,
            rest_days: 56,
            told_half_life: 300.0,
            off_a_month: 0.1,
            pauses_a_year: 1.5,
            pause_days: 28.0,
            chance_a_year: [0.0, 0.0, 0.015, 0.03, 0.10, 0.10],
        }
    }
}

impl Thresholds {
    /// The same figures, or the one that is out of its range.
    pub fn checked(&self) -> Result<&Self, Fault> {
        let within = |good: bool, name| {
            if good {
                Ok(())
            } else {
                Err(Fault::Threshold(name))
            }
        };
        within((8..=52).contains(&self.base_weeks), "base_weeks")?;
        within((4..=26).contains(&self.look_weeks), "look_weeks")?;
        within(
            (4..=52).contains(&self.least_base_weeks),
            "least_base_weeks",
        )?;
        within((3..=100).contains(&self.least_visits), "least_visits")?;
        within((0.0..=100.0).contains(&self.least_sum), "least_sum")?;
        within(self.rest_days <= 366, "rest_days")?;
        within(
            (1.0..=3660.0).contains(&self.told_half_life),
            "told_half_life",
        )?;
        within((0.0..=5.0).contains(&self.off_a_month), "off_a_month")?;
        within((0.01..=50.0).contains(&self.pauses_a_year), "pauses_a_year")?;
        within((1.0..=365.0).contains(&self.pause_days), "pause_days")?;
        within(
            self.least_base_weeks <= self.base_weeks,
            "least_base_weeks, more than base_weeks",
        )?;
        within(
            self.least_visits <= 7 * self.base_weeks,
            "least_visits, more than one a day of base_weeks",
        )?;
        within(
            self.chance_a_year.iter().all(|c| (0.0..=10.0).contains(c)),
            "chance_a_year",
        )?;
        within(
            self.least_sum < self.highest_sum(),
            "least_sum, so high that nobody is ever listed",
        )
        .map(|()| self)
    }

    /// Pauses a year of somebody unknown that last at least so many days.
    pub(crate) fn pauses(&self, days: f64) -> f64 {
        self.pauses_a_year * (1.0 + days.min(TELLING_DAYS) / self.pause_days).powi(-3)
    }

    /// What the clearest signal can reach of somebody who never paused in a year of usual.
    fn highest_sum(&self) -> f64 {
        let absent = self.pauses(TELLING_DAYS) / 2.0;
        let others = self.chance_a_year[Signal::Role as usize..].iter();
        -others.copied().fold(absent, f64::min).ln()
    }

    /// How often a year this signal shows with nothing behind it.
    pub(crate) fn chance(&self, signal: Signal) -> f64 {
        self.chance_a_year[signal as usize]
    }
}
