//! Statements of the search. Every key and form here is a keyed token.

mod read;
mod write;

pub use read::{
    Stands, YEARS, list_forms, list_near, list_people, list_states, list_under, list_under_both,
};
pub use write::{
    delete_form, delete_keys, delete_person, find_person_keys, find_unused, insert_form,
    insert_near, list_forms_after, list_known, put_keys,
};
