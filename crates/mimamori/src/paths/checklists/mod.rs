//! Checklists: 基本チェックリスト and 後期高齢者の質問票, answered by the person on a tablet, told to
//! somebody of the center, or keyed in from paper.
//!
//! An unanswered question is not a "no": scores are told with how many questions were answered, and
//! nothing is judged that an open question could still turn.
//!
//! Promises (`tests/house/paths/checklists.rs`, and beside the rules):
//! - whom the program of the town is for is judged by the criteria ① to ⑦ of the national form;
//! - the link of a tablet opens one questionnaire, for an hour, until it is sent;
//! - a tablet that is handed over on the spot is signed out first;
//! - what another center holds is not found.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{answer, begin, finish, hand, open_link, put_void, save, withdraw};
pub use pages::{day, doors, mark, measured_on_paper, open, told_on_paper};
pub use rules::{
    Answers, CRITERIA, Checklist, Choice, Criterion, Domain, Judged, LINK_MINUTES, Question,
    Refusal, Score, Sheet, State, Turn, Verdict, Way, band, judged, scores, verdict,
};
pub use store::{BELONGING, find, forget_in, list_for_person, reseal_some};
