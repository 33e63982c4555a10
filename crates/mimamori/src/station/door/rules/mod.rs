//! What holds, without a database and without a clock.

mod attendance;
mod refusal;

pub use attendance::{
    Attendance, MOST_NAME, MOST_WALK_INS, Outcome, Part, Roll, State, Tried, Way, may_come,
};
pub use refusal::Refusal;

#[cfg(test)]
mod tests;
