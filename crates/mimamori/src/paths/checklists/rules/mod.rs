//! What holds, without a database and without a clock.

mod answers;
mod checklist;
mod kihon;
mod kouki;
mod score;
mod typed;
mod years;

pub use crate::paths::rules::Refusal;
pub use answers::Answers;
pub use checklist::{Checklist, Choice, LINK_MINUTES, Question, Sheet, State, Way};
pub use score::{
    CRITERIA, Criterion, DOMAINS, Domain, Judged, Score, Verdict, band, judged, scores, verdict,
};
pub use typed::{height, line, weight};
pub use years::{Turn, turn, turned_worse};
