//! What resources are made of.

use serde::Serialize;

/// Which profiles a resource keeps to.
#[derive(Serialize)]
pub struct Meta {
    pub profile: Vec<&'static str>,
}

/// The resource in words, as XHTML.
#[derive(Serialize)]
pub struct Narrative {
    pub status: &'static str,
    pub div: String,
}

/// Something FHIR has no element for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    pub url: &'static str,
    pub value_code: &'static str,
}

/// Beside a primitive that is not known: only an extension that says so.
#[derive(Serialize)]
pub struct Nothing {
    pub extension: [Extension; 1],
}

/// A code of a code system.
#[derive(Serialize)]
pub struct Coding {
    pub system: &'static str,
    pub code: &'static str,
    pub display: &'static str,
}

/// `CodeableConcept`: codes, words, or both.
#[derive(Default, Serialize)]
pub struct Concept {
    pub extension: Vec<Extension>,
    pub coding: Vec<Coding>,
    pub text: String,
}

impl Concept {
    /// Words alone.
    pub fn said(text: impl Into<String>) -> Concept {
        Concept {
            text: text.into(),
            ..Concept::default()
        }
    }

    /// A code alone.
    pub fn coded(system: &'static str, code: &'static str, display: &'static str) -> Concept {
        Concept {
            coding: vec![Coding {
                system,
                code,
                display,
            }],
            ..Concept::default()
        }
    }
}

/// Another resource, or somebody who is only named.
#[derive(Default, Serialize)]
pub struct Reference {
    pub reference: String,
    pub display: String,
}

#[derive(Serialize)]
pub struct Identifier {
    pub system: String,
    pub value: String,
}

#[derive(Default, Serialize)]
pub struct HumanName {
    pub extension: Vec<Extension>,
    #[serde(rename = "use")]
    pub usage: &'static str,
    pub text: String,
    pub family: String,
    pub given: Vec<String>,
}

#[derive(Serialize)]
pub struct ContactPoint {
    pub system: &'static str,
    pub value: String,
    #[serde(rename = "use")]
    pub usage: &'static str,
    pub rank: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    #[serde(rename = "use")]
    pub usage: &'static str,
    pub text: String,
    pub line: Vec<String>,
    pub postal_code: String,
    pub country: &'static str,
}

#[derive(Serialize)]
pub struct Annotation {
    pub text: String,
}

#[derive(Serialize)]
pub struct Period {
    pub start: Option<String>,
    pub end: Option<String>,
}

impl Extension {
    /// An extension that holds a code.
    pub const fn code(url: &'static str, value_code: &'static str) -> Extension {
        Extension { url, value_code }
    }
}
