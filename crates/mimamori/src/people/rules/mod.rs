//! What a record is made of. No database, no clock, no chance.

mod care;
mod coded;
mod consent;
mod contacts;
mod group;
mod identity;
mod medical;
mod person;
mod photo;
mod standing;
mod telling;
mod text;

pub(crate) use coded::{coded, redacted};

pub use care::{Care, Certification, Finder};
pub use consent::{Answer, AnsweredBy, Consent, Given, Tier};
pub use contacts::{Contact, Contacts, MOST_CONTACTS, Mail, MayBeTold, WANTED_CONTACTS};
pub use group::{
    Confirmed, Difference, Gap, Group, Heard, Item, Kept, Part, STALE_AFTER_DAYS, Way, differences,
};
pub use identity::{Identity, Living, Sex};
pub use medical::{Clinic, Known, MOST_CLINICS, Medical};
pub use person::{Change, DeskView, Draft, Person, Refusal, Saved, Standing, State, Theirs};
pub use photo::{BadPhoto, Face, MOST_BYTES, picture};
pub use telling::{Telling, telling, without_numbers};
pub use text::{BadText, one_line, paragraph};
