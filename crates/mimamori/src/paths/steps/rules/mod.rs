//! What holds, without a database and without a clock.

mod built_in;
mod outcomes;
mod path;
mod plan;
mod step;

pub use crate::paths::rules::Refusal;
pub use built_in::BUILT_IN;
pub use outcomes::{certified, outcomes};
pub use path::{New, Path, Seen, State, days_of, renewable_from};
pub use plan::{Base, Counted, MOST_DAYS, MOST_STEPS, MOST_WORD, Plan, StepPlan, Who};
pub use step::{MOST_WORDS, Said, Step, StepState};
