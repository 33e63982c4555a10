//! What is known of somebody's health, and what they agreed to.

use serde::Serialize;

use super::parts::{Annotation, Coding, Concept, Meta, Narrative, Nothing, Period, Reference};

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Condition {
    pub id: String,
    pub meta: Meta,
    pub language: &'static str,
    pub text: Narrative,
    pub clinical_status: Concept,
    pub verification_status: Option<Concept>,
    pub category: Vec<Concept>,
    pub code: Concept,
    pub subject: Reference,
    pub note: Vec<Annotation>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct AllergyIntolerance {
    pub id: String,
    pub meta: Meta,
    pub language: &'static str,
    pub text: Narrative,
    pub clinical_status: Concept,
    pub verification_status: Option<Concept>,
    pub code: Concept,
    pub patient: Reference,
    pub note: Vec<Annotation>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct MedicationStatement {
    pub id: String,
    pub meta: Meta,
    pub language: &'static str,
    pub text: Narrative,
    pub status: &'static str,
    pub medication_codeable_concept: Concept,
    pub subject: Reference,
    #[serde(rename = "_effectiveDateTime")]
    pub effective: Nothing,
    pub date_asserted: Option<String>,
    pub note: Vec<Annotation>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Consent {
    pub id: String,
    pub language: &'static str,
    pub text: Narrative,
    pub status: &'static str,
    pub scope: Concept,
    pub category: Vec<Concept>,
    pub patient: Reference,
    pub date_time: Option<String>,
    pub performer: Vec<Reference>,
    pub policy_rule: Concept,
    pub provision: Option<Provision>,
}

/// What is permitted or denied, to which resources.
#[derive(Serialize)]
pub struct Provision {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub period: Period,
    pub class: Vec<Coding>,
}
