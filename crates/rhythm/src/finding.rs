//! What is said about one person on one day.

use crate::facts::{Alert, Day, Role, Signal};

/// One person on one day.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// No signal is agreed to on this day: nothing was looked at.
    NotAgreed,
    /// Too little is known of the usual. Never a guess.
    TooLittleKnown,
    /// Could have come for half a year and did not: no change any more.
    LongGone { last_visit: Day },
    /// As always, as far as can be told.
    Usual,
    /// Something is different from this person's own usual.
    Change(Finding),
}

/// What is different, strongest first. The counted lines add up to `sum`.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub person: u32,
    /// The day of the list; nothing of it or after it was looked at.
    pub day: Day,
    pub lines: Vec<Line>,
    /// Taken off because it began some time ago; zero or more, a tenth exact.
    pub old: f64,
    /// What was listed before and still counts against a new listing; zero or more.
    pub told: f64,
    /// The counted lines less `old` and `told`, at least zero.
    pub sum: f64,
}

/// One signal.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub signal: Signal,
    /// First day on which it shows, as far as can be told.
    pub onset: Day,
    /// What this signal says by itself, a tenth exact.
    pub evidence: f64,
    /// What of it is added up (the strongest whole, the next half …), a tenth exact.
    pub counted: f64,
    pub numbers: Numbers,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub of: u32,
    pub n: u32,
}

/// What one sentence needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Numbers {
    /// Since the onset: came so often, by the own usual it would have been so often.
    Less {
        came: u32,
        expected: f64,
        usual_a_month: f64,
    },
    /// Visits missed by the own usual since the last one; the longest gap of all years before,
    /// in the same measure.
    Gap {
        last_visit: Day,
        missed: f64,
        longest_before: f64,
        usual_a_month: f64,
    },
    /// Visits in this role (or one that asks more) out of all visits.
    Role {
        role: Role,
        before: Share,
        since: Share,
    },
    /// Visits together with `with` out of all visits.
    Companion {
        with: u32,
        before: Share,
        since: Share,
    },
    /// Left more than a quarter of an hour before the own usual, out of visits with a time noted.
    Leaving {
        usual_minutes_before_end: i32,
        before: Share,
        since: Share,
    },
    /// Places kept, out of places not given back.
    SignUps { before: Share, since: Share },
}

impl Finding {
    /// The strongest line decides signal and onset.
    pub fn alert(&self) -> Option<Alert> {
        let line = self.lines.first()?;
        Some(Alert {
            person: self.person,
            day: self.day,
            signal: line.signal,
            onset: line.onset,
            sum: self.sum,
        })
    }
}
