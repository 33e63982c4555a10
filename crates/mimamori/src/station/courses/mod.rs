//! Courses: series that come back, their days, and the calendar of a month.
//!
//! A series says when it falls and what it is; each of its days is a row with a copy of its own, so
//! that what was held stays as it was and what hangs on a day stays with it.
//!
//! Promises (`tests/house/station/`, and beside the rules):
//! - a rule gives the days that people mean by its words, without holidays and closures;
//! - one day, this and those after it, or all that are still to come are changed; what was changed for
//!   one day alone stays;
//! - moved, called off and ended are three things, and each is taken back;
//! - a year is planned from the one before in one deed, and what clashes is shown first;
//! - everybody reads what is meant for everybody: a teacher's name tells where somebody is and when, and
//!   stands nowhere outside unless it was said that it may.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Proposals, Proposed, add_closure, call_off, call_on, change, clashes_with, end, extend,
    keep_place, plan, propose, remove_closure, replan, resume, shift, shown_between,
};
pub use pages::{Part, Side, doors, months, sided};
pub(super) use pages::{Typed, text};
pub use rules::{
    Beat, Both, By, Clash, Closed, Closure, CourseDay, Details, Entry, Hours, Laid, Marks, Month,
    Move, Need, Off, OnHoliday, Place, Plan, Reach, Reason, Refusal, Role, Rule, Series, Shown,
    State, Was, Who, Year, by_words, day_words, fee_words, weekday_word,
};
pub use store::{
    find_day, find_series, list_between, list_closures, list_of_series, list_places, list_series,
    pin_day, reseal_days, reseal_series,
};
