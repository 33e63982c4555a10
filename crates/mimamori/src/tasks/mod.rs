//! Tasks: dated work for a center or for the town, most urgent first.
//!
//! A task says what is to be done, by when, about whom and why; its words are sealed since they
//! name people. It is taken, done with an outcome, moved to another day with a reason, and what
//! was done by mistake is taken back. Each step is kept.
//!
//! Leans on: audit, networks, staff. The list of the day stands on the home page, which belongs to
//! the desk, since inquiries that nobody holds come before everything else.
//!
//! Promises (`tests/house/tasks.rs`):
//! - the list is in the order of urgency: overdue first, then by day;
//! - a task is opened in the transaction of the deed that asks for it ([`open_in`]);
//! - whoever saves upon somebody else's change is refused;
//! - the night desk sees the town's tasks and no center's.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    finish, finish_in, finish_linked_in, give_back, give_back_all_in, give_in, move_to, open_in,
    reopen, take,
};
pub use pages::{cards, doors};
pub use rules::{
    Act, Done, Kind, MOST_WORDS, NewTask, Refusal, State, Task, Urgency, Whose, Words, urgency,
};
pub use store::{
    count_open, count_overdue, explains, find, forget_in, forget_linked_in, hand_over, list,
    list_acts, list_after, list_for_person, reseal_some,
};
