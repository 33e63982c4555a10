//! People as the rows of a roster, in the columns that the import knows by their own names: what is
//! taken out comes in again without loss.

use crate::people::import::{self, ClinicPart, ContactPart, Field};
use crate::people::{Clinic, Contact, Known, MOST_CLINICS, MOST_CONTACTS, Person, Tier};

/// The columns; `whole` for whoever may read records, else only what a list of residents has.
fn columns(whole: bool) -> Vec<Field> {
    let mut all = vec![
        Field::Id,
        Field::OldNumber,
        Field::Family,
        Field::Given,
        Field::FamilyKana,
        Field::GivenKana,
        Field::Sex,
        Field::Born,
        Field::Postcode,
        Field::Address,
        Field::Phone,
        Field::Living,
        Field::RegisteredOn,
    ];
    if !whole {
        return all;
    }
    for at in 1..=MOST_CONTACTS as u8 {
        all.extend(ContactPart::ALL.map(|part| Field::Contact(at, part)));
    }
    for at in 1..=MOST_CLINICS as u8 {
        all.extend(ClinicPart::ALL.map(|part| Field::Clinic(at, part)));
    }
    all.extend([
        Field::Illnesses,
        Field::Drugs,
        Field::Allergies,
        Field::Certification,
        Field::Insurer,
        Field::ValidUntil,
        Field::ManagerName,
        Field::ManagerOffice,
        Field::ManagerPhone,
        Field::Remarks,
        Field::Notes,
        Field::Finder,
    ]);
    all.extend(Tier::ALL.iter().map(|tier| Field::Consent(*tier)));
    all
}

/// The head: the import's own words, and last the state, which the import does not change.
pub fn head_of_people(whole: bool) -> Vec<String> {
    let mut head: Vec<String> = columns(whole).into_iter().map(Field::word).collect();
    head.push(import::STATE_HEADING.to_owned());
    head
}

/// One person's cells, in the order of the head.
pub fn row_of_person(person: &Person, whole: bool) -> Vec<String> {
    let mut row: Vec<String> = columns(whole)
        .into_iter()
        .map(|field| cell(person, field))
        .collect();
    row.push(person.standing.state.word().to_owned());
    row
}

fn shown(value: Option<&impl ToString>) -> String {
    value.map_or(String::new(), ToString::to_string)
}

fn list(phones: &[words::phone::Phone]) -> String {
    let phones: Vec<String> = phones.iter().map(ToString::to_string).collect();
    phones.join("、")
}

fn cell(person: &Person, field: Field) -> String {
    let identity = &person.identity.value;
    let medical = &person.medical.value;
    let care = &person.care.value;
    match field {
        Field::Id => person.id.to_string(),
        Field::OldNumber => identity.old_number.clone().unwrap_or_default(),
        Field::Family => identity.name.family().to_owned(),
        Field::Given => identity.name.given().to_owned(),
        Field::FamilyKana => shown_kana(identity.family_kana.as_ref()),
        Field::GivenKana => shown_kana(identity.given_kana.as_ref()),
        Field::Sex => identity.sex.word().to_owned(),
        Field::Born => identity.born.iso(),
        Field::Postcode => shown(identity.postcode.as_ref()),
        Field::Address => written(identity.address.as_ref()),
        Field::Phone => list(&identity.phones),
        Field::Living => identity.living.word().to_owned(),
        Field::RegisteredOn => person.standing.registered_on.to_string(),
        Field::Contact(at, part) => contact(person.contacts.value.0.get(index(at)), part),
        Field::Clinic(at, part) => clinic(medical.clinics.get(index(at)), part),
        Field::Illnesses => known(&medical.illnesses),
        Field::Drugs => known(&medical.drugs),
        Field::Allergies => known(&medical.allergies),
        Field::Certification => care.certification.word().to_owned(),
        Field::Insurer => care.insurer.clone(),
        Field::ValidUntil => shown(care.valid_until.as_ref()),
        Field::ManagerName => care.manager_name.clone(),
        Field::ManagerOffice => care.manager_office.clone(),
        Field::ManagerPhone => shown(care.manager_phone.as_ref()),
        Field::Remarks => care.remarks.clone(),
        Field::Notes => care.notes.clone(),
        Field::Finder => person.finder.value.notes.clone(),
        Field::Consent(tier) => import::consent_cell(person.consent.value.of(tier)),
        Field::Name | Field::Kana | Field::Building | Field::OtherPhone => String::new(),
    }
}

fn index(at: u8) -> usize {
    usize::from(at).saturating_sub(1)
}

fn shown_kana(kana: Option<&words::kana::Reading>) -> String {
    kana.map_or(String::new(), |kana| kana.as_str().to_owned())
}

fn written(address: Option<&words::address::Address>) -> String {
    address.map_or(String::new(), |address| address.as_written().to_owned())
}

fn contact(contact: Option<&Contact>, part: ContactPart) -> String {
    let Some(contact) = contact else {
        return String::new();
    };
    let mail = contact.mail.as_ref();
    match part {
        ContactPart::Name => contact.name.clone(),
        ContactPart::Relation => contact.relation.clone(),
        ContactPart::Phone => list(&contact.phones),
        ContactPart::Address => written(contact.address.as_ref()),
        ContactPart::MayBeTold => contact.may_be_told.word().to_owned(),
        ContactPart::Mail => mail.map_or(String::new(), |mail| mail.address.clone()),
        ContactPart::Agreed => shown(mail.and_then(|mail| mail.agreed_on.as_ref())),
        ContactPart::Confirmed => contact.confirmed.map_or(String::new(), |one| {
            format!("{} {}", one.on, one.way.word())
        }),
    }
}

fn clinic(clinic: Option<&Clinic>, part: ClinicPart) -> String {
    let Some(clinic) = clinic else {
        return String::new();
    };
    match part {
        ClinicPart::Institution => clinic.institution.clone(),
        ClinicPart::Department => clinic.department.clone(),
        ClinicPart::Doctor => clinic.doctor.clone(),
        ClinicPart::Phone => shown(clinic.phone.as_ref()),
    }
}

/// A confirmed 「なし」, one of a roster and 「未確認」 are three different things, also for whoever
/// takes the file in again; the last is an empty cell.
fn known(known: &Known) -> String {
    match known {
        Known::Listed(text) => text.clone(),
        Known::None => Known::None.words().to_owned(),
        Known::NoneInRoster => "なし".to_owned(),
        Known::NotConfirmed => String::new(),
    }
}
