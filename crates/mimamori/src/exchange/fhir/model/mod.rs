//! The resources of FHIR R4 that are served, with the elements that are filled.
//!
//! Empty elements are taken out when a resource is written ([`super::rules::wire`]), so that a
//! field here may be empty without more ado.

mod document;
mod medical;
mod parts;
mod people;

pub use document::{Bundle, Composition, Entry, Found, Link, Resource, Section};
pub use medical::{AllergyIntolerance, Condition, Consent, MedicationStatement, Provision};
pub use parts::{
    Address, Annotation, Coding, Concept, ContactPoint, Extension, HumanName, Identifier, Meta,
    Narrative, Nothing, Period, Reference,
};
pub use people::{Contact, Organization, Patient, RelatedPerson};
