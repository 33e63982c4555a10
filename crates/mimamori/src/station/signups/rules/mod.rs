//! What holds, without a database and without a clock.

mod code;
mod offering;
mod reasons;
mod refusal;
mod room;
mod signup;

pub use code::Code;
pub use offering::{DEFAULT_HOURS, MOST_HOURS, answer_by, begins};
pub use reasons::{moment, reason, ways};
pub use refusal::Refusal;
pub use room::Room;
pub use signup::{
    Guest, Happened, MOST_NAME, MOST_NOTE, MOST_SIGNUPS, Signup, State, What, Who, may_sign_up,
    stands,
};

#[cfg(test)]
mod tests;
