//! What holds, without a database and without a clock.

mod away;
mod card;
mod fee;
mod refusal;
mod supporter;
mod term;

pub use away::{Away, AwayKind, KeptAway, MOST_AWAYS};
pub use card::{ByCard, Card, CardState, Handed, MOST_CARDS, qr_text};
pub use fee::{Fee, FeeRules, MOST_FEE, MOST_GRACE, Receipt, ReceiptNumber, Settled, Years};
pub use refusal::Refusal;
pub use supporter::{
    Details, KINDS, MOST_LINE, MOST_NAME, MOST_SUPPORTERS, MOST_WORDS, Reach, Supporter, clues_of,
};
pub use term::{Standing, Term, Terms};

#[cfg(test)]
mod tests;
