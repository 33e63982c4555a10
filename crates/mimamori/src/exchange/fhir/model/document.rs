//! What holds resources together.

use serde::Serialize;

use super::medical::{AllergyIntolerance, Condition, Consent, MedicationStatement};
use super::parts::{Concept, Identifier, Meta, Narrative, Reference};
use super::people::{Organization, Patient, RelatedPerson};

/// Any resource that is served.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Resource {
    Patient(Box<Patient>),
    RelatedPerson(Box<RelatedPerson>),
    Consent(Box<Consent>),
    AllergyIntolerance(Box<AllergyIntolerance>),
    Condition(Box<Condition>),
    MedicationStatement(Box<MedicationStatement>),
    Organization(Box<Organization>),
    Composition(Box<Composition>),
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Bundle {
    pub meta: Meta,
    pub language: &'static str,
    pub identifier: Option<Identifier>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub timestamp: String,
    /// Of a search only.
    pub total: Option<usize>,
    pub link: Vec<Link>,
    pub entry: Vec<Entry>,
}

/// How a search is asked again.
#[derive(Serialize)]
pub struct Link {
    pub relation: &'static str,
    pub url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub full_url: String,
    pub resource: Resource,
    /// Of a search only.
    pub search: Option<Found>,
}

/// Why a resource stands in a search's answer.
#[derive(Serialize)]
pub struct Found {
    pub mode: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Composition {
    pub id: String,
    pub meta: Meta,
    pub language: &'static str,
    pub text: Narrative,
    pub identifier: Identifier,
    pub status: &'static str,
    #[serde(rename = "type")]
    pub kind: Concept,
    pub subject: Reference,
    pub date: String,
    pub author: Vec<Reference>,
    pub title: &'static str,
    pub confidentiality: &'static str,
    pub custodian: Reference,
    pub section: Vec<Section>,
}

#[derive(Serialize)]
pub struct Section {
    pub title: &'static str,
    pub code: Concept,
    pub text: Narrative,
    pub entry: Vec<Reference>,
}
