//! Desk: a number is read out, the right things are told, somebody follows up.
//!
//! The main path is one request: number and kind of caller go in, and with the answer an inquiry
//! is open, its disclosure is kept, and its audit line is durable. What comes after is one page:
//! who calls, what may be told, whom to call, and how it ended; the end is a task for the person's
//! own center on its next working day.
//!
//! Leans on: audit, networks, staff, tasks, people, tags.
//!
//! Promises (`tests/house/desk.rs`, `tests/house/partner.rs`):
//! - the line is durable before anything is shown, also when nobody is found;
//! - a form sent twice opens one inquiry;
//! - each tier is opened by its own act with its legal basis; medical parts for ambulance and
//!   hospital only, the rest for center staff only;
//! - a misread number is read back and leads to nobody;
//! - what the person said to a tier stands beside it and chooses the first basis; it never forbids;
//! - whoever stands in a list of the day or of calls finds the sight in their own list;
//! - an inquiry that nobody has shows until somebody takes it;
//! - it does not end before it is said where the person is, or that nobody knows;
//! - ten thousand guesses of a partner yield nobody (`docs/decisions/0011-guessing.md`).

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Ask, BELONGING, Found, OfPartner, Opened, PartnerAnswer, PartnerAsk, To, close,
    find_for_partner, forget_drill_in, give_back_all_in, hand_over, id_of, look_up_for_partner,
    note, note_call, open, open_for, open_from_qr_in, partner_kind, post_in, queue_mail,
    save_caller, send_due, take, tell,
};
pub use pages::{
    Answer, Heard, Nobody, NobodyAnswer, Seen, answer_found, answer_heard, answer_seen, doors,
    hear, see, slowed_words, witness_lists,
};
pub(crate) use rules::coded;
pub use rules::{
    CallOutcome, Caller, CallerKind, Came, Ending, Holder, Inquiry, Mail, MailState, Refusal, Said,
    SecondThing, State, Step, StepKind, Tier, Told, Verified, next_try,
};
pub use store::{
    count_waiting, find, forget_in, is_open_for, list_after, list_closed, list_mail_states,
    list_open, list_steps, list_told, reseal_some,
};
