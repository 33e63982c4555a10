//! `$summary`: an International Patient Summary, a document that holds without this server.

use maud::{Markup, html};
use words::phone::Phone;

use super::JAPANESE;
use super::contacts::within_patient;
use super::medical::{medical, section};
use super::names::{Kind, Names, Where};
use super::narrative::{lines, narrative};
use super::patient::{patient, telecom};
use crate::exchange::fhir::model::{
    Address, Bundle, Composition, Concept, Entry, Identifier, Meta, Organization, Patient,
    Reference, Resource, Section,
};
use crate::ids::InquiryId;
use crate::people::{Clinic, DeskView, Kept, Medical};

const URN: &str = "urn:ietf:rfc:3986";
const LOINC: &str = "http://loinc.org";

/// Who keeps the record: the person's center, or the town.
pub struct House {
    /// Its name.
    pub name: String,
    /// As written; may be empty.
    pub address: String,
    /// By day and at night.
    pub phones: Vec<Phone>,
}

/// What a summary is made of.
pub struct Sources<'a> {
    /// The inquiry on which it is told.
    pub inquiry: InquiryId,
    /// A number of its own, never used again.
    pub document: usize,
    /// When it is made, as FHIR writes it.
    pub at: String,
    /// The number on the tag.
    pub number: Option<Identifier>,
    /// Who it is, and whom to call.
    pub view: &'a DeskView,
    /// What is known of their health.
    pub medical: &'a Kept<Medical>,
    /// Who keeps the record.
    pub house: &'a House,
}

const TITLE: &str = "患者サマリー（見守りネットワークの登録情報）";

/// The document. Its head comes first; whatever it names is in it.
pub fn summary(from: Sources<'_>) -> Bundle {
    let names = Names {
        inquiry: from.inquiry,
        place: Where::Document,
    };
    let organisations = organisations(&names, from.house, &from.medical.value.clinics);
    let mut all = vec![(Kind::Patient, 1, whole_patient(&names, &from))];
    for kind in [
        Kind::Condition,
        Kind::AllergyIntolerance,
        Kind::MedicationStatement,
    ] {
        let resources = medical(&names, kind, from.medical).into_iter().zip(1..);
        all.extend(resources.map(|(resource, at)| (kind, at, resource)));
    }
    all.extend(organisations);
    let head = Resource::Composition(Box::new(head(&names, &from, &all)));
    all.insert(0, (Kind::Composition, from.document, head));
    let entry = all.into_iter().map(|(kind, at, resource)| Entry {
        full_url: names.full_url(kind, at),
        resource,
        search: None,
    });
    Bundle {
        meta: profile("http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips"),
        language: JAPANESE,
        identifier: Some(Identifier {
            system: URN.to_owned(),
            value: names.urn(Kind::Bundle, from.document),
        }),
        kind: "document",
        timestamp: from.at,
        total: None,
        link: Vec::new(),
        entry: entry.collect(),
    }
}

fn profile(url: &'static str) -> Meta {
    Meta { profile: vec![url] }
}

fn whole_patient(names: &Names, from: &Sources<'_>) -> Resource {
    let number = from.number.as_ref().map(|of| Identifier {
        system: of.system.clone(),
        value: of.value.clone(),
    });
    let mut meta = patient(names, number, from.view);
    meta.meta
        .profile
        .push("http://hl7.org/fhir/uv/ips/StructureDefinition/Patient-uv-ips");
    let clinics = 2..2 + from.medical.value.clinics.len();
    Resource::Patient(Box::new(Patient {
        contact: within_patient(&from.view.contacts.value),
        general_practitioner: clinics.map(|at| names.to(Kind::Organization, at)).collect(),
        managing_organization: Some(names.to(Kind::Organization, 1)),
        ..meta
    }))
}

fn head(names: &Names, from: &Sources<'_>, all: &[(Kind, usize, Resource)]) -> Composition {
    let health = &from.medical.value;
    let list = |title, code, display, kind, known| Section {
        title,
        code: Concept::coded(LOINC, code, display),
        text: narrative(section(known, from.medical)),
        entry: entries(names, kind, all),
    };
    let mut section = vec![
        list(
            "病歴",
            "11450-4",
            "Problem list - Reported",
            Kind::Condition,
            &health.illnesses,
        ),
        list(
            "アレルギー",
            "48765-2",
            "Allergies and adverse reactions Document",
            Kind::AllergyIntolerance,
            &health.allergies,
        ),
        list(
            "服薬",
            "10160-0",
            "History of Medication use Narrative",
            Kind::MedicationStatement,
            &health.drugs,
        ),
    ];
    section.push(story(from.view));
    Composition {
        id: names.id(Kind::Composition, from.document),
        meta: profile("http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips"),
        language: JAPANESE,
        text: narrative(html! { p { (TITLE) } p { (from.at) " " (from.house.name) } }),
        identifier: Identifier {
            system: URN.to_owned(),
            value: names.urn(Kind::Composition, from.document),
        },
        status: "final",
        kind: Concept::coded(LOINC, "60591-5", "Patient summary Document"),
        subject: names.to(Kind::Patient, 1),
        date: from.at.clone(),
        author: vec![names.to(Kind::Organization, 1)],
        title: TITLE,
        confidentiality: "R",
        custodian: names.to(Kind::Organization, 1),
        section,
    }
}

fn entries(names: &Names, kind: Kind, all: &[(Kind, usize, Resource)]) -> Vec<Reference> {
    let of_kind = all.iter().filter(|(of, ..)| *of == kind);
    of_kind.map(|(_, at, _)| names.to(kind, *at)).collect()
}

/// How the person lives and wants to be spoken to: in words only.
fn story(view: &DeskView) -> Section {
    let notes = match view.finder.value.notes.as_str() {
        "" => "（記載なし）",
        notes => notes,
    };
    Section {
        title: "暮らしと接し方",
        code: Concept::coded(
            LOINC,
            "81338-6",
            "Patient Goals, preferences, and priorities for care experience",
        ),
        text: narrative(lines(&[
            ("世帯", view.identity.value.living.word().to_owned()),
            ("接するときの注意", notes.to_owned()),
        ])),
        entry: Vec::new(),
    }
}

/// The keeper of the record first, then the clinics.
fn organisations(names: &Names, house: &House, clinics: &[Clinic]) -> Vec<(Kind, usize, Resource)> {
    let keeper = Organization {
        id: names.id(Kind::Organization, 1),
        language: JAPANESE,
        text: narrative(html! { p { (house.name) } }),
        name: house.name.clone(),
        telecom: telecom(&house.phones, "work", 1),
        address: place(&house.address),
    };
    let clinics = clinics
        .iter()
        .zip(2..)
        .map(|(clinic, at)| clinic_of(names, clinic, at));
    let all = std::iter::once(keeper).chain(clinics).zip(1..);
    all.map(|(one, at)| {
        (
            Kind::Organization,
            at,
            Resource::Organization(Box::new(one)),
        )
    })
    .collect()
}

fn clinic_of(names: &Names, clinic: &Clinic, at: usize) -> Organization {
    let (department, doctor) = (&clinic.department, &clinic.doctor);
    let words: Markup = lines(&[
        ("かかりつけ", clinic.institution.clone()),
        ("診療科", department.clone()),
        ("主治医", doctor.clone()),
        (
            "電話",
            clinic
                .phone
                .as_ref()
                .map(Phone::to_string)
                .unwrap_or_default(),
        ),
    ]);
    let parts = [clinic.institution.as_str(), department, doctor];
    let named: Vec<&str> = parts
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    Organization {
        id: names.id(Kind::Organization, at),
        language: JAPANESE,
        text: narrative(words),
        name: named.join(" "),
        telecom: telecom(clinic.phone.as_slice(), "work", 1),
        address: Vec::new(),
    }
}

fn place(address: &str) -> Vec<Address> {
    let text = address.trim();
    let whole = (!text.is_empty()).then(|| Address {
        usage: "work",
        text: text.to_owned(),
        line: text.split_whitespace().map(str::to_owned).collect(),
        postal_code: String::new(),
        country: "JP",
    });
    whole.into_iter().collect()
}
