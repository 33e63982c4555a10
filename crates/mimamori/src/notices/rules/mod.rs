//! What a notice is, what it weighs, by when it is looked into, what may be told of it: types and
//! decisions.

mod agreement;
mod evidence;
mod figures;
mod flood;
mod limits;
mod mail;
mod notice;
mod outcome;
mod place;
mod refusal;
mod sign;
mod step;

pub use agreement::{Agreement, LINK_GRACE_DAYS, RENEWAL_DAYS, Reach, Told, Trade};
pub use evidence::{Beside, Evidence, MEMORY_DAYS, Observed, Of, add_up, rank};
pub use figures::{FEWEST, Figures, LONGEST_MS, Passed, Spread, figures, helped, quarters};
pub use flood::{Pace, Pressure, pace};
pub use limits::{DANGER_MINUTES, KEEP_DAYS, LOOK_MINUTES, Settings, TOWN_HOURS};
pub use mail::{outcome, thanks};
pub use notice::{Ending, NewNotice, Notice, STAFF_WAYS, Since, State, Sure, Teller, Way, Words};
pub use outcome::{prepared, tells, text_of};
pub use place::{house, house_of};
pub use refusal::Refusal;
pub use sign::{
    HALF_LIVES, MOST_LABEL, MOST_SIGNS, OBSERVED, SILENT, Sign, WEIGHTS, find as find_sign,
    is_of_rooms, merged,
};
pub use step::{LookKind, Step, StepKind, said};
