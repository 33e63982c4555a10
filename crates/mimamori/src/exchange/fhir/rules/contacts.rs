//! Whom to call, in calling order.

use maud::html;

use super::JAPANESE;
use super::names::{Kind, Names};
use super::narrative::{confirmed, lines, narrative};
use super::patient::{address, telecom};
use super::wire::plain;
use crate::exchange::fhir::model::{
    Concept, Contact, ContactPoint, Extension, HumanName, RelatedPerson,
};
use crate::people::{Contact as Known, Contacts, Kept};
use words::phone::Phone;

/// What this contact may be told: FHIR has no element for it, and whoever calls must know. The
/// code is one of [`crate::people::MayBeTold`]; the words stand in the narrative.
const MAY_BE_TOLD: &str = "urn:mimamori:fhir:may-be-told";

/// Contacts; the phones of all of them are ranked in one row, since that is the order to call in.
pub fn contacts(names: &Names, contacts: &Kept<Contacts>) -> Vec<RelatedPerson> {
    let ranked = ranked(&contacts.value);
    let all = contacts.value.0.iter().zip(ranked).zip(1..);
    all.map(|((contact, telecom), at)| RelatedPerson {
        id: names.id(Kind::RelatedPerson, at),
        language: JAPANESE,
        text: narrative(html! {
            p { "緊急連絡先 " (at) "番目：" (contact.name) @if !contact.relation.is_empty() { "（" (contact.relation) "）" } }
            (lines(&[
                ("電話", contact.phones.iter().map(Phone::to_string).collect::<Vec<_>>().join("、")),
                ("伝えてよいこと", contact.may_be_told.word().to_owned()),
            ]))
            p { (confirmed(contact.confirmed.or(contacts.confirmed))) }
        }),
        extension: may_be_told(contact),
        active: true,
        patient: names.to(Kind::Patient, 1),
        relationship: vec![relationship(contact)],
        name: vec![called(contact)],
        telecom,
        address: address(contact.address.as_ref(), None),
    })
    .collect()
}

/// The same within a patient, where a summary has them.
pub(super) fn within_patient(contacts: &Contacts) -> Vec<Contact> {
    let all = contacts.0.iter().zip(ranked(contacts));
    // FHIR wants at least a name, a phone or an address.
    let reachable = all.filter(|(contact, telecom)| {
        !plain(&contact.name).is_empty() || !telecom.is_empty() || contact.address.is_some()
    });
    reachable
        .map(|(contact, telecom)| Contact {
            extension: may_be_told(contact),
            relationship: vec![relationship(contact)],
            name: called(contact),
            telecom,
            address: address(contact.address.as_ref(), None).pop(),
        })
        .collect()
}

fn ranked(contacts: &Contacts) -> Vec<Vec<ContactPoint>> {
    let mut rank = 1;
    let mut phones = |contact: &Known| {
        let points = telecom(&contact.phones, "", rank);
        rank += points.len();
        points
    };
    contacts.0.iter().map(&mut phones).collect()
}

fn may_be_told(contact: &Known) -> Vec<Extension> {
    vec![Extension::code(MAY_BE_TOLD, contact.may_be_told.code())]
}

/// An emergency contact by code, and what they are to the person in the family's words.
fn relationship(contact: &Known) -> Concept {
    let system = "http://terminology.hl7.org/CodeSystem/v2-0131";
    Concept {
        text: contact.relation.clone(),
        ..Concept::coded(system, "C", "Emergency Contact")
    }
}

fn called(contact: &Known) -> HumanName {
    HumanName {
        text: contact.name.clone(),
        ..HumanName::default()
    }
}
