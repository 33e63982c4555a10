//! Writing the keys of people, and finding people by them.

mod beside;
mod find;
mod forms;
mod index;
mod named;

pub use beside::list_beside;
pub use find::{Hit, MOST, Unfound, find};
pub use index::{Findable, forget_older, index_people, reindex_person, unindex_person};
pub use named::{Named, by_name};
