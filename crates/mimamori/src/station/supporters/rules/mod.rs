//! What holds, without a database and without a clock.

mod refusal;
mod supporter;
mod term;

pub use refusal::Refusal;
pub use supporter::{
    Details, KINDS, MOST_LINE, MOST_NAME, MOST_SUPPORTERS, MOST_WORDS, Reach, Supporter, clues_of,
};
pub use term::{Standing, Term, Terms};

#[cfg(test)]
mod tests;
