//! Tags: numbers on key holders, magnets, stickers and iron-on labels.
//!
//! Numbers are made by chance in batches ahead (stock), printed by a maker, and bound to a person
//! at the counter. A person may have several; each may be carried by several things, and each
//! thing has a QR address of its own that can be shut off alone. Somebody calls and reads the
//! number: [`look_up`] says in one indexed read whose it is, or tells apart why nobody is found.
//!
//! Leans on: audit, networks, staff, people.
//!
//! Crossings (docs/decisions/0010-crossings.md): two reads go beyond one town, and no other. A
//! number of another town leads to that town's name and telephone; a QR address leads to its town.
//! Neither crosses with anything about a person.
//!
//! Promises (`tests/house/tags.rs`):
//! - a misread number never finds anybody, and is read back in groups;
//! - stock, lost, replaced, returned, void, another town's and unknown are told apart;
//! - a number is never used again, in no town, also not after it was made void;
//! - an older number of a town is found within that town only, is one person's, and is never the
//!   next of the stock;
//! - a town's 10,000 numbers are made in pieces, so that the desk never waits for them;
//! - a printed QR can be read;
//! - the tags of another center's person open for a stated purpose only.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    BELONGING, ROSTER_NUMBERS, Replacement, add_carrier, bind, bind_in, bind_next, bind_older,
    bring_older_in, fill_batch, find_again, lose, open_carrier, order_batch, replace, return_tag,
    shut_carrier, take_back, take_list, void,
};
pub use pages::{doors, told as refusal_words};
pub use rules::{
    Act, Batch, Carried, Carrier, CarrierKind, KINDS, Known, LookUp, MOST_NUMBERS, Mix, Number,
    NumberKind, Order, Refusal, ShutWhy, State, Tag, listed, svg,
};
pub use store::{
    count_states, find, find_batch, find_by_number, find_carried, find_carrier_town, forget_in,
    list_batches, list_carriers, list_for_person, list_owned_after, look_up, look_up_with_owner,
    reseal_batches, reseal_some,
};
