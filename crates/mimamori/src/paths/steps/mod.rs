//! Paths with steps (つなぎ): 要介護認定, 成年後見, and whatever else a town makes a list of steps for.
//!
//! A path is a copy of its kind's steps: a kind that is changed changes new paths only. Each step has
//! days within which it should be done, counted from the beginning, from the first step or from the
//! step before; it is done, skipped with a reason, or put off with a reason. The step that is due
//! first is a task.
//!
//! Promises (`tests/house/paths/steps.rs`, and beside the rules):
//! - 30 days are counted from the application, and a later notice needs the reason for the delay;
//! - a certified level goes into the person's record in the same transaction, and 60 days before its
//!   term ends a task opens, once;
//! - what stands still is found;
//! - a path that was begun out of a case leads to it, and the case lists it with the step that is
//!   due, for whoever may see both; the rows alone join neither to the other;
//! - a path is seen by the center that looks after its person now, and by nobody else.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{Doing, begin, close_plan, delay, done, keep_plan, keep_up, skip, stop, undo};
pub use pages::{doors, of_case};
pub use rules::{
    BUILT_IN, Base, Counted, New, Path, Plan, Refusal, Said, State, Step, StepPlan, StepState, Who,
};
pub use store::{
    BELONGING, explains, find, forget_in, list_ended, list_for_case, list_for_person, list_helped,
    list_of_center, list_plans, reseal_some,
};
