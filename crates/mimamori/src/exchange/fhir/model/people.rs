//! Who somebody is, who is called for them, who keeps the record.

use serde::Serialize;

use super::parts::{
    Address, Concept, ContactPoint, Extension, HumanName, Identifier, Meta, Narrative, Reference,
};

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Patient {
    pub id: String,
    pub meta: Meta,
    pub language: &'static str,
    pub text: Narrative,
    pub identifier: Vec<Identifier>,
    pub active: bool,
    pub name: Vec<HumanName>,
    pub telecom: Vec<ContactPoint>,
    pub gender: &'static str,
    pub birth_date: String,
    pub deceased_boolean: Option<bool>,
    pub deceased_date_time: Option<String>,
    pub address: Vec<Address>,
    /// In a summary only: they are another group of the record.
    pub contact: Vec<Contact>,
    /// In a summary only: clinics are medical.
    pub general_practitioner: Vec<Reference>,
    pub managing_organization: Option<Reference>,
}

/// Whom to call, within [`Patient`].
#[derive(Serialize)]
pub struct Contact {
    pub extension: Vec<Extension>,
    pub relationship: Vec<Concept>,
    pub name: HumanName,
    pub telecom: Vec<ContactPoint>,
    pub address: Option<Address>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct RelatedPerson {
    pub id: String,
    pub language: &'static str,
    pub text: Narrative,
    pub extension: Vec<Extension>,
    pub active: bool,
    pub patient: Reference,
    pub relationship: Vec<Concept>,
    pub name: Vec<HumanName>,
    pub telecom: Vec<ContactPoint>,
    pub address: Vec<Address>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Organization {
    pub id: String,
    pub language: &'static str,
    pub text: Narrative,
    pub name: String,
    pub telecom: Vec<ContactPoint>,
    pub address: Vec<Address>,
}
