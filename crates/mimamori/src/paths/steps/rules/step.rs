//! One step of a path.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::plan::StepPlan;
use crate::ids::StaffId;
use crate::people::coded;

/// The longest words beside a step.
pub const MOST_WORDS: usize = 500;

coded! {
    /// Where a step stands.
    StepState {
        /// To be done.
        Waiting "waiting" "これから",
        /// Done.
        Done "done" "済み",
        /// Passed over, with a reason.
        Skipped "skipped" "とばした",
    }
}

/// A day that was put off.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// To which day.
    pub to: Date,
    /// Why.
    pub why: String,
    /// On which day that was said.
    pub on: Date,
}

/// What was said of a step that was done or skipped.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The code of what came out; empty where there is none to choose.
    #[serde(default)]
    pub outcome: String,
    /// First and last day of a certified level.
    #[serde(default)]
    pub term: Option<(Date, Date)>,
    /// Anything more, or the reason.
    #[serde(default)]
    pub words: String,
}

/// A step as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was planned.
    pub plan: StepPlan,
    /// Where it stands.
    pub state: StepState,
    /// The day it was done or skipped.
    #[serde(default)]
    pub on: Option<Date>,
    /// Who wrote that down.
    #[serde(default)]
    pub by: Option<StaffId>,
    /// What was said.
    #[serde(default)]
    pub said: Said,
    /// Each time it was put off, the last one last.
    #[serde(default)]
    pub delays: Vec<Delay>,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Step(…)")
    }
}

impl Step {
    pub(super) fn new(plan: &StepPlan) -> Step {
        Step {
            plan: plan.clone(),
            state: StepState::Waiting,
            on: None,
            by: None,
            said: Said::default(),
            delays: Vec::new(),
        }
    }

    /// Whether it is still to be done.
    pub fn waits(&self) -> bool {
        self.state == StepState::Waiting
    }
}
