//! What somebody agreed to, what is said of a change, and the list of a week.

mod consent;
mod refusal;
mod sentence;
mod settings;
mod strip;
mod week;

pub use consent::{Agreed, Consent, Signal, Way, Words, agreed, take_back};
pub use refusal::Refusal;
pub use sentence::{day_of, number_of, sentence};
pub use settings::Settings;
pub use strip::{Known, Strip, Week};
pub use week::{Listed, MOST_A_WEEK, State, Told, allot, monday};
