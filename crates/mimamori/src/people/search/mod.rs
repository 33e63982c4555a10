//! Finding people by name, reading, birth date, phone or address.
//!
//! Records are sealed; what can be found stands beside them as keyed tokens. A name is found
//! through the town's dictionary of name forms (docs/decisions/0005), everything else by its token.
//!
//! Promises (`tests/house/search.rs`):
//! - a name that is misheard by one sound, written with other kanji of the same meaning, in kana of
//!   any width or in romaji leads to its people, and the page says in what it differs;
//! - a change or an erasure leaves no key behind, nor a name that nobody has any more;
//! - the same under a new town key, while both live.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Findable, Hit, MOST, Named, Unfound, by_name, find, forget_older, index_people, list_beside,
    reindex_person, unindex_person,
};
pub use pages::{Found, Shown, Typed, doors, results, show};
pub use rules::{Filters, Unread, form_tokens};
