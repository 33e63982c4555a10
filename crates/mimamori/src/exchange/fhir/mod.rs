//! FHIR: a hospital's or an ambulance's own system reads, in the form its world speaks, what the
//! desk tells that organisation.
//!
//! A search by number and second thing opens an inquiry, as on the partners' page; every resource
//! hangs on that inquiry and is gone with it. Nothing is stored here: resources are made from the
//! record as it stands, after the line of the sight is durable.
//!
//! Leans on: audit, networks, people, tags, desk.
//!
//! Promises (`tests/house/fhir`, `docs/decisions/0019-fhir.md`):
//! - no resource without an inquiry of the same account, and none once it is over;
//! - "none known" and "not asked" are stated, each with its own code;
//! - no code is invented for what the family wrote in words;
//! - nothing personal stands in an address: ids end with the inquiry, a number goes in a POST;
//! - every answer under `/fhir` is FHIR, refusals and faults too;
//! - what is sent fits R4 (4.0.1) as its own schema and `fhir.resources` judge it.

mod model;
mod pages;
mod rules;

pub use pages::{doors, speak};
pub use rules::{
    House, Kind, NUMBER, Names, Sources, Where, consents, contacts, medical, number_identifier,
    patient, summary, wire,
};
