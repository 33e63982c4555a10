//! Board: the page behind a QR, and what a finder and a family say to each other over it.
//!
//! A scan alone tells nobody anything and notifies nobody. When the finder writes, the desk has an
//! open inquiry at once, and contacts who agreed to mail and proved their address get a link of
//! their own; what they answer appears on an address that only the finder has. Neither side learns
//! the other's name, number or address: `rules::Said::veiled` takes them out of the words.
//!
//! Leans on: audit, networks, staff, tasks, people, tags, desk.
//!
//! Promises (`tests/house/board/`):
//! - the page shows no name, no address, nothing that tells which of two people it is; notes that
//!   would are held back, and staff are told so;
//! - the first word about somebody reaches the desk whoever else is flooding, and later words meet
//!   in the inquiry that is open (`docs/decisions/0014-the-finders-board.md`);
//! - only addresses that were proved get mail; a changed address has to be proved anew;
//! - a link is one contact's, ends, and its opening is a line of the audit;
//! - in a drill everything says so, only who takes part is notified, and after a day it is gone;
//! - what was said is sealed, and erased when the town's time has passed.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    BELONGING, Behind, Family, Proved, Thread, Waiting, answer, answer_for_desk, ask_proof, behind,
    change_settings, end_drill, mail_again, mark_false, open_link, prove, read_thread, say_more,
    start_drill, sweep, take_in, take_part, waiting,
};
pub use pages::{beside, doors};
pub use rules::{Refusal, Reply, Said, Settings, Side};
pub use store::{forget_in, reseal_some};
