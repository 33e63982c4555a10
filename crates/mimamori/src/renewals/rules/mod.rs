//! Whose month is which, what follows upon silence, what is counted. No database, no clock.

mod counted;
mod history;
mod ladder;
mod month;
mod refusal;
mod round;
mod year;

pub use counted::{Cohort, Counted, Figures, Tally, What, tallies};
pub use history::{Act, Done};
pub use ladder::{DAYS, MOST_TOGETHER, QUIET_MONTHS, Settings, Step};
pub use month::{Month, Why, month_of};
pub use refusal::Refusal;
pub use round::{AskWay, Brought, MUST, Renewal, State, found_changed};
pub use year::{Among, FiscalYear, figures};
