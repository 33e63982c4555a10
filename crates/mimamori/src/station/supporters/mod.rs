//! Supporters: residents who take part in the Station, carry it and pay a yearly fee.
//!
//! A supporter need not be anybody of the register. Who of them is somebody registered is said by a
//! person, with the reason, and never guessed from a name; it is taken back as easily.
//!
//! Promises (`tests/house/station/supporters/`, and beside the rules):
//! - whoever joins twice is met by name or telephone before that;
//! - whoever leaves comes back as the same supporter;
//! - names and telephones are sealed, and found by keyed tokens;
//! - what is known goes with the erased record, or on somebody's own wish; what was paid stays, as
//!   nobody's.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{BELONGING, change, come_back, erase, join, leave, like, stay, tie, untie};
pub use pages::doors;
pub use rules::{Details, MOST_SUPPORTERS, Reach, Refusal, Standing, Supporter, Term, Terms};
pub use store::{find, forget_in, list, list_matching, list_of_person, reseal_supporters};
