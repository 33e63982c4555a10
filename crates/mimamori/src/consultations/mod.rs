//! Consultations (総合相談): who asked what about whom, what was answered, what comes next; and the
//! figures of a month.
//!
//! A reception may be about somebody of the register, about somebody who is not in it (found again by
//! name, phone or address), about somebody whose name was not given, or about nobody. What is counted
//! and what was said are sealed; a month is counted by opening the codes of its rows, no more.
//!
//! Leans on: audit, networks, staff, tasks, people.
//!
//! Promises (`tests/house/consultations`):
//! - consulting again finds what was before, also for people who are not registered;
//! - a center sees its own consultations and those about its people, and of others nothing: not by
//!   address, lists, filters, counts, search, error texts or figures;
//! - nothing is deleted: what was corrected or struck out stays with who did it and why;
//! - somebody who is not registered can be corrected, and erased on their wish or when the town's time
//!   has passed (decision 0029); what was counted of them stays;
//! - a person is counted once (実人数) and a reception each time (延件数);
//! - what leaves the town hides small numbers also from whoever subtracts (`rules/outside.rs`), and a
//!   month stays as it was first given.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    BELONGING, Months, New, Report, Side, add_topic, change_keeping, change_topic, close_in,
    close_last_month, correct, correct_card, erase_stranger, forget_before, gather, kept_since,
    report, restore, strike, take, take_in, tie, untie,
};
pub use pages::{called, doors, enter};
pub use rules::{
    About, Act, AgeBand, Alone, By, Card, Codes, Consultation, Counted, Entry, FEWEST, Figures,
    Keeping, Listed, MOST_LINE, MOST_WORDS, Pair, Period, Refusal, Sheet, Source, State, Subject,
    TOO_FEW, Table, Topic, TopicCode, Topics, Urgency, Way, Words, figures, may_see, workbook,
};
pub use store::{
    PAGE, Tab, Which, count, explains, find, find_keeping, find_stranger, forget_in, list,
    list_about, list_after, list_topics, reseal_some, reseal_strangers,
};
