//! Illnesses, allergies, drugs: listed, known to be none, or not asked. Each is stated.
//!
//! What the family wrote stays in their words, one resource a line: a text is not cut at commas,
//! since 「ペニシリン、セフェム系で発疹」 is one thing. Absence has the codes of the International
//! Patient Summary and, where it is known, those of SNOMED CT that its second edition names. A
//! roster's 「なし」 that nobody here has asked about is "no information", with the words beside it:
//! read as "none", it could kill.

use maud::{Markup, html};

use super::JAPANESE;
use super::names::{Kind, Names};
use super::narrative::{confirmed, narrative};
use super::wire::plain;
use crate::exchange::fhir::model::{
    AllergyIntolerance, Annotation, Coding, Concept, Condition, Extension, MedicationStatement,
    Meta, Nothing, Resource,
};
use crate::people::{Kept, Known, Medical};

const ABSENT: &str = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
const SNOMED: &str = "http://snomed.info/sct";
const IS_ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// The codes of a list for "there is none" and "not known".
struct Absence {
    none: [Coding; 2],
    unknown: Coding,
}

const fn coding(system: &'static str, code: &'static str, display: &'static str) -> Coding {
    Coding {
        system,
        code,
        display,
    }
}

const PROBLEMS: Absence = Absence {
    none: [
        coding(ABSENT, "no-known-problems", "No known problems"),
        coding(SNOMED, "160245001", "No current problems or disability"),
    ],
    unknown: coding(ABSENT, "no-problem-info", "No information about problems"),
};

const ALLERGIES: Absence = Absence {
    none: [
        coding(ABSENT, "no-known-allergies", "No known allergies"),
        coding(SNOMED, "716186003", "No known allergy"),
    ],
    unknown: coding(ABSENT, "no-allergy-info", "No information about allergies"),
};

const DRUGS: Absence = Absence {
    none: [
        coding(ABSENT, "no-known-medications", "No known medications"),
        coding(SNOMED, "787481004", "No known medications"),
    ],
    unknown: coding(
        ABSENT,
        "no-medication-info",
        "No information about medications",
    ),
};

/// One thing of a list, or that there is none, or that nobody knows.
struct Stated {
    concept: Concept,
    is_listed: bool,
}

fn stated(known: &Known, absence: Absence) -> Vec<Stated> {
    let absent = |coding| Stated {
        concept: Concept {
            coding,
            ..Concept::said(settled(known).words())
        },
        is_listed: false,
    };
    match settled(known) {
        Known::Listed(_) => listed(known)
            .map(|line| Stated {
                concept: Concept::said(line),
                is_listed: true,
            })
            .collect(),
        Known::None => vec![absent(Vec::from(absence.none))],
        Known::NoneInRoster | Known::NotConfirmed => vec![absent(vec![absence.unknown])],
    }
}

/// A list without a word tells nothing.
fn settled(known: &Known) -> &Known {
    match known {
        Known::Listed(_) if listed(known).next().is_none() => &Known::NotConfirmed,
        known => known,
    }
}

fn listed(known: &Known) -> impl Iterator<Item = &str> {
    known
        .words()
        .lines()
        .map(str::trim)
        .filter(|line| !plain(line).is_empty())
}

/// 病歴
pub fn conditions(names: &Names, medical: &Kept<Medical>) -> Vec<Condition> {
    const PROFILE: &str = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_Condition";
    let all = stated(&medical.value.illnesses, PROBLEMS)
        .into_iter()
        .zip(1..);
    all.map(|(one, at)| Condition {
        id: names.id(Kind::Condition, at),
        meta: Meta {
            profile: vec![PROFILE],
        },
        language: JAPANESE,
        text: narrative(in_words("病歴", &one.concept.text, medical)),
        clinical_status: illness_status(one.is_listed),
        verification_status: reported(one.is_listed, "condition-ver-status"),
        category: vec![Concept::coded(
            "http://terminology.hl7.org/CodeSystem/condition-category",
            "problem-list-item",
            "Problem List Item",
        )],
        code: one.concept,
        subject: names.to(Kind::Patient, 1),
        note: note(medical),
    })
    .collect()
}

/// A history does not say whether an illness is over.
fn illness_status(is_listed: bool) -> Concept {
    match is_listed {
        true => Concept {
            extension: vec![Extension::code(IS_ABSENT, "unknown")],
            ..Concept::default()
        },
        false => active("condition-clinical"),
    }
}

fn active(system: &str) -> Concept {
    let system = match system {
        "condition-clinical" => "http://terminology.hl7.org/CodeSystem/condition-clinical",
        _ => "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
    };
    Concept::coded(system, "active", "Active")
}

/// What the family says was not established by a doctor here.
fn reported(is_listed: bool, system: &str) -> Option<Concept> {
    let system = match system {
        "condition-ver-status" => "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        _ => "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
    };
    is_listed.then(|| Concept {
        text: "本人・家族の申告".to_owned(),
        ..Concept::coded(system, "unconfirmed", "Unconfirmed")
    })
}

/// アレルギー
pub fn allergies(names: &Names, medical: &Kept<Medical>) -> Vec<AllergyIntolerance> {
    const PROFILE: &str = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_AllergyIntolerance";
    let all = stated(&medical.value.allergies, ALLERGIES)
        .into_iter()
        .zip(1..);
    all.map(|(one, at)| AllergyIntolerance {
        id: names.id(Kind::AllergyIntolerance, at),
        meta: Meta {
            profile: vec![PROFILE],
        },
        language: JAPANESE,
        text: narrative(in_words("アレルギー", &one.concept.text, medical)),
        clinical_status: active("allergyintolerance-clinical"),
        verification_status: reported(one.is_listed, "allergyintolerance-verification"),
        code: one.concept,
        patient: names.to(Kind::Patient, 1),
        note: note(medical),
    })
    .collect()
}

/// 服薬
pub fn drugs(names: &Names, medical: &Kept<Medical>) -> Vec<MedicationStatement> {
    const PROFILE: &str = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_MedicationStatement";
    let all = stated(&medical.value.drugs, DRUGS).into_iter().zip(1..);
    all.map(|(one, at)| MedicationStatement {
        id: names.id(Kind::MedicationStatement, at),
        meta: Meta {
            profile: vec![PROFILE],
        },
        language: JAPANESE,
        text: narrative(in_words("服薬", &one.concept.text, medical)),
        status: if one.is_listed { "active" } else { "unknown" },
        medication_codeable_concept: one.concept,
        subject: names.to(Kind::Patient, 1),
        effective: Nothing {
            extension: [Extension::code(IS_ABSENT, "unknown")],
        },
        date_asserted: medical.confirmed.map(|known| known.on.to_string()),
        note: note(medical),
    })
    .collect()
}

fn note(medical: &Kept<Medical>) -> Vec<Annotation> {
    vec![Annotation {
        text: confirmed(medical.confirmed),
    }]
}

fn in_words(label: &str, text: &str, medical: &Kept<Medical>) -> Markup {
    html! {
        p { (label) "：" (text) }
        p { (confirmed(medical.confirmed)) }
    }
}

/// A list as a section of a summary has it.
pub(super) fn section(known: &Known, medical: &Kept<Medical>) -> Markup {
    html! {
        @match settled(known) {
            Known::Listed(_) => ul { @for line in listed(known) { li { (line) } } },
            other => p { (other.words()) },
        }
        p { (confirmed(medical.confirmed)) }
    }
}

/// The resources of one kind of the medical tier; none of any other kind.
pub fn medical(names: &Names, kind: Kind, medical: &Kept<Medical>) -> Vec<Resource> {
    match kind {
        Kind::Condition => boxed(conditions(names, medical), Resource::Condition),
        Kind::AllergyIntolerance => boxed(allergies(names, medical), Resource::AllergyIntolerance),
        Kind::MedicationStatement => boxed(drugs(names, medical), Resource::MedicationStatement),
        _ => Vec::new(),
    }
}

fn boxed<T>(all: Vec<T>, of: impl Fn(Box<T>) -> Resource) -> Vec<Resource> {
    all.into_iter().map(|one| of(Box::new(one))).collect()
}
