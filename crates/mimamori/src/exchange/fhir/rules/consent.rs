//! What the person agreed to, tier by tier. The finder's page is no matter of a hospital's.

use maud::html;

use super::JAPANESE;
use super::names::{Kind, Names};
use super::narrative::narrative;
use crate::exchange::fhir::model::{Coding, Concept, Consent, Period, Provision, Reference};
use crate::people::{Answer, AnsweredBy, Consent as Said, Given, Tier};

/// The tiers that are told to a hospital or an ambulance.
const TOLD: [Tier; 2] = [Tier::Identity, Tier::Medical];

/// The consents of an inquiry's person.
pub fn consents(names: &Names, said: &Said) -> Vec<Consent> {
    let tiers = TOLD.into_iter().zip(1..);
    tiers
        .map(|(tier, at)| consent(names, tier, said.of(tier), at))
        .collect()
}

fn consent(names: &Names, tier: Tier, given: &Given, at: usize) -> Consent {
    Consent {
        id: names.id(Kind::Consent, at),
        language: JAPANESE,
        text: narrative(html! { p { (tier.word()) "：" (given.words()) } }),
        status: status(given),
        scope: Concept::coded(
            "http://terminology.hl7.org/CodeSystem/consentscope",
            "patient-privacy",
            "Privacy Consent",
        ),
        category: vec![Concept::coded(
            "http://loinc.org",
            "59284-0",
            "Patient Consent",
        )],
        patient: names.to(Kind::Patient, 1),
        date_time: given.on.map(|day| day.to_string()),
        performer: performer(names, given),
        policy_rule: Concept::said(format!("見守りネットワークの登録時の同意：{}", tier.word())),
        provision: provision(tier, given),
    }
}

/// Not asked is a consent that nobody has yet put to the person.
fn status(given: &Given) -> &'static str {
    match (given.answer, given.withdrawn_on) {
        (Answer::NotAsked, _) => "draft",
        (Answer::Refused, _) => "rejected",
        (Answer::Given, None) => "active",
        (Answer::Given, Some(_)) => "inactive",
    }
}

fn performer(names: &Names, given: &Given) -> Vec<Reference> {
    match (&given.answer, &given.by) {
        (Answer::NotAsked, _) => Vec::new(),
        (_, AnsweredBy::Person) => vec![names.to(Kind::Patient, 1)],
        (_, AnsweredBy::Proxy { name, relation }) => vec![Reference {
            reference: String::new(),
            display: format!("代理 {relation} {name}"),
        }],
    }
}

fn provision(tier: Tier, given: &Given) -> Option<Provision> {
    let kind = match given.answer {
        Answer::NotAsked => return None,
        Answer::Refused => "deny",
        Answer::Given => "permit",
    };
    let kinds: &[Kind] = match tier {
        Tier::Identity => &[Kind::Patient, Kind::RelatedPerson],
        Tier::Medical => &[
            Kind::AllergyIntolerance,
            Kind::Condition,
            Kind::MedicationStatement,
        ],
        Tier::Board => &[],
    };
    let class = |kind: &Kind| Coding {
        system: "http://hl7.org/fhir/resource-types",
        code: kind.code(),
        display: kind.code(),
    };
    Some(Provision {
        kind,
        period: Period {
            start: given.on.map(|day| day.to_string()),
            end: given.withdrawn_on.map(|day| day.to_string()),
        },
        class: kinds.iter().map(class).collect(),
    })
}
