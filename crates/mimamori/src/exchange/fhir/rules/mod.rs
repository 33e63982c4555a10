//! From a record to resources: no database, no clock, no chance.

mod capability;
mod consent;
mod contacts;
mod medical;
mod names;
mod narrative;
mod patient;
mod question;
mod summary;
mod wire;

pub use capability::capability;
pub use consent::consents;
pub use contacts::contacts;
pub use medical::medical;
pub use names::{Kind, NUMBER, Names, Where, number_identifier};
pub use patient::patient;
pub use question::{Fault as BadQuestion, Wanted, patient_of};
pub use summary::{House, Sources, summary};
pub use wire::{found, nobody, outcome, wire};

/// The language of every word here.
const JAPANESE: &str = "ja";
