//! Notices: what residents, shops and posts noticed, until somebody has looked and it has ended.
//!
//! Anyone can tell: by the town's form without an account, by an agreement organisation's link, at the
//! telephone, on paper; other rooms tell by [`tell_in`]. A notice may be about a place before it is
//! about a person. Repeats are evidence: what was told of one person, household or address adds up and
//! fades with time (`rules/evidence.rs`, docs/EVIDENCE.md). Staff of the center look into it within the
//! town's limit; what is late climbs to the head of the center and then to the town.
//!
//! Leans on: audit, networks, staff, tasks, people, tags, desk.
//!
//! Promises (`tests/house/notices/`):
//! - the public pages tell nothing of anybody, and danger to life says 119 and 110 before all else;
//! - one flood from one source neither shuts others out nor outranks what several people saw;
//! - the sum of the evidence is the sum of the lines that are shown;
//! - a center sees its own notices and those without a center, nobody else's, on no page;
//! - what is late climbs once, also with two servers at work;
//! - the outcome that is told to who noticed names nothing of the person;
//! - whoever is erased leaves nothing here but figures.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    BELONGING, Received, accept, add_agreement, bring_agreement_in, end, end_in, erase, in_words,
    keep_up, look, move_to, reopen, send_due, tell, tell_in, tell_outcome, tie, told_by_phone,
    untie,
};
pub use pages::{Said, doors, evidence_of, hung, witness};
pub use rules::{
    Agreement, Ending, Evidence, LookKind, NewNotice, Notice, OBSERVED, Reach, Refusal, SILENT,
    Sign, Since, State, Step, StepKind, Sure, Teller, Told, Trade, Way, Words, find_sign,
};
pub use store::{
    count_late, counted_of, explains, find, find_agreement, forget_in, list_after, list_agreements,
    list_for_person, list_signs, list_steps, reseal_some,
};
