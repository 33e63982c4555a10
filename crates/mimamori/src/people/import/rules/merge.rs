//! What a row makes of a record. A row adds and replaces; what it leaves blank stays, and nobody's
//! contact, clinic or second phone disappears because a roster does not name it.

use jiff::civil::Date;
use words::address::Address;
use words::kanji::fold;
use words::phone::Phone;

use super::entry::{Entry, EntryContact};
use super::names::Named;
use super::pairs::pairs;
use crate::people::rules::{
    Care, Clinic, Confirmed, Consent, Contact, Contacts, Difference, Draft, Finder, Identity,
    Known, Living, MOST_CLINICS, MOST_CONTACTS, Mail, MayBeTold, Medical, Part, Person, Sex,
    differences,
};

/// The groups a roster may touch.
#[derive(Clone, PartialEq)]
pub struct Groups {
    /// 基本情報
    pub identity: Identity,
    /// 緊急連絡先
    pub contacts: Contacts,
    /// 医療情報
    pub medical: Medical,
    /// 介護・センターの記録
    pub care: Care,
    /// 発見時の注意
    pub finder: Finder,
    /// 同意
    pub consent: Consent,
}

impl Groups {
    /// Of somebody registered.
    pub fn of(person: &Person) -> Groups {
        Groups {
            identity: person.identity.value.clone(),
            contacts: person.contacts.value.clone(),
            medical: person.medical.value.clone(),
            care: person.care.value.clone(),
            finder: person.finder.value.clone(),
            consent: person.consent.value.clone(),
        }
    }

    /// Why the record would hold more than a record may, in words.
    pub fn too_many(&self) -> Option<String> {
        if self.contacts.0.len() > MOST_CONTACTS {
            return Some(format!(
                "緊急連絡先が{MOST_CONTACTS}人をこえます。登録ずみの連絡先を整理してから取り込んでください。"
            ));
        }
        let clinics = self.medical.clinics.len() > MOST_CLINICS;
        clinics.then(|| format!("医療機関が{MOST_CLINICS}か所をこえます。登録ずみの医療機関を整理してから取り込んでください。"))
    }

    /// Everything that differs.
    pub fn differences(&self, to: &Groups) -> Vec<Difference> {
        let mut told = told(&self.identity, &to.identity);
        told.extend(self::told(&self.contacts, &to.contacts));
        told.extend(self::told(&self.medical, &to.medical));
        told.extend(self::told(&self.care, &to.care));
        told.extend(self::told(&self.finder, &to.finder));
        told.extend(self::told(&self.consent, &to.consent));
        told
    }
}

fn told<P: Part>(from: &P, to: &P) -> Vec<Difference> {
    differences(&from.items(), &to.items())
}

/// A record to be.
pub fn draft(entry: &Entry, named: Named, today: Date) -> Draft {
    let blank = Groups {
        identity: Identity {
            name: named.name.clone(),
            family_kana: None,
            given_kana: None,
            sex: Sex::Unanswered,
            born: entry.born,
            postcode: None,
            address: None,
            phones: Vec::new(),
            living: Living::Unconfirmed,
            old_number: None,
        },
        contacts: Contacts::default(),
        medical: Medical::default(),
        care: Care::default(),
        finder: Finder::default(),
        consent: Consent::default(),
    };
    let groups = merged(entry, Some(named), &blank);
    Draft {
        contacts: groups.contacts,
        medical: groups.medical,
        care: groups.care,
        finder: groups.finder,
        consent: groups.consent,
        ..Draft::new(groups.identity, entry.registered_on.unwrap_or(today))
    }
}

/// The record with what the row says; without `named` the name stays as it is registered.
pub fn merged(entry: &Entry, named: Option<Named>, base: &Groups) -> Groups {
    Groups {
        identity: identity(entry, named, &base.identity),
        contacts: contacts(entry, &base.contacts),
        medical: medical(entry, &base.medical),
        care: care(entry, &base.care),
        finder: Finder {
            notes: said(&entry.finder, &base.finder.notes),
        },
        consent: consent(entry, &base.consent),
    }
}

/// What a row says of consent is what our own list said; a blank cell says nothing.
fn consent(entry: &Entry, base: &Consent) -> Consent {
    let [identity, medical, board] = entry.consent.clone();
    Consent {
        identity: identity.unwrap_or(base.identity.clone()),
        medical: medical.unwrap_or(base.medical.clone()),
        board: board.unwrap_or(base.board.clone()),
    }
}

/// The new text, or where that is blank the old one.
fn said(new: &str, old: &str) -> String {
    if new.is_empty() { old } else { new }.to_owned()
}

fn identity(entry: &Entry, named: Option<Named>, base: &Identity) -> Identity {
    let named = named.unwrap_or(Named {
        name: base.name.clone(),
        family_kana: None,
        given_kana: None,
    });
    Identity {
        name: named.name,
        family_kana: named.family_kana.or(base.family_kana.clone()),
        given_kana: named.given_kana.or(base.given_kana.clone()),
        sex: entry.sex.unwrap_or(base.sex),
        born: entry.born,
        postcode: entry.postcode.or(base.postcode),
        address: address(&entry.address, &base.address),
        phones: phones(&entry.phones, &base.phones),
        living: entry.living.unwrap_or(base.living),
        old_number: base.old_number.clone().or(entry.old_number.clone()),
    }
}

/// The same place written in another way is no change.
fn address(new: &Option<Address>, old: &Option<Address>) -> Option<Address> {
    match (new, old) {
        (Some(new), Some(old)) if new.key() == old.key() => Some(old.clone()),
        (Some(new), _) => Some(new.clone()),
        (None, old) => old.clone(),
    }
}

/// A phone that is new takes the place of the first; those known stay where they are.
fn phones(new: &[Phone], old: &[Phone]) -> Vec<Phone> {
    let unknown: Vec<&Phone> = new.iter().filter(|phone| !old.contains(phone)).collect();
    if unknown.is_empty() {
        return old.to_vec();
    }
    let kept = old
        .iter()
        .skip(usize::from(!new.iter().any(|phone| old.contains(phone))));
    let mut all: Vec<Phone> = new.to_vec();
    all.extend(kept.filter(|phone| !new.contains(phone)).cloned());
    all
}

/// A contact is known by name, and namesakes by telephone or by how they are related; one that is not
/// known comes last.
fn contacts(entry: &Entry, base: &Contacts) -> Contacts {
    let mut all = base.0.clone();
    for (new, known) in entry
        .contacts
        .iter()
        .zip(pairs(&entry.contacts, &base.0, alike))
    {
        match known {
            Some(at) => {
                let old = &mut all[at];
                old.relation = said(&new.relation, &old.relation);
                old.phones = phones(&new.phones, &old.phones);
                old.address = address(&new.address, &old.address);
                old.may_be_told = new.may_be_told.unwrap_or(old.may_be_told);
                old.mail = mail(new, old.mail.as_ref());
                old.confirmed = confirmed(new.confirmed, old.confirmed);
            }
            None => all.push(contact(new)),
        }
    }
    Contacts(all)
}

fn alike(new: &EntryContact, old: &Contact) -> Option<u8> {
    if fold(&new.name) != fold(&old.name) {
        return None;
    }
    let calls = new.phones.iter().any(|phone| old.phones.contains(phone));
    let related = !new.relation.is_empty() && fold(&new.relation) == fold(&old.relation);
    Some(2 * u8::from(calls) + u8::from(related))
}

fn contact(new: &EntryContact) -> Contact {
    Contact {
        name: new.name.clone(),
        relation: new.relation.clone(),
        phones: new.phones.clone(),
        address: new.address.clone(),
        may_be_told: new.may_be_told.unwrap_or(MayBeTold::CallOnly),
        mail: mail(new, None),
        confirmed: new.confirmed,
    }
}

/// A new address is still to be proved; the one that is known stays proved.
fn mail(new: &EntryContact, old: Option<&Mail>) -> Option<Mail> {
    let Some(address) = &new.mail else {
        return old.cloned();
    };
    let known = old.filter(|mail| mail.address == *address);
    Some(Mail {
        address: address.clone(),
        agreed_on: new.agreed_on.or(known.and_then(|mail| mail.agreed_on)),
        proved_on: known.and_then(|mail| mail.proved_on),
        drills_on: known.and_then(|mail| mail.drills_on),
    })
}

/// The newer of two confirmations; of the same day the one that is known, which says by whom.
fn confirmed(new: Option<Confirmed>, old: Option<Confirmed>) -> Option<Confirmed> {
    match (new, old) {
        (Some(new), Some(old)) if old.on >= new.on => Some(old),
        (new, old) => new.or(old),
    }
}

fn medical(entry: &Entry, base: &Medical) -> Medical {
    Medical {
        clinics: clinics(&entry.clinics, &base.clinics),
        illnesses: answer(&entry.illnesses, &base.illnesses),
        drugs: answer(&entry.drugs, &base.drugs),
        allergies: answer(&entry.allergies, &base.allergies),
    }
}

/// 「不明」 and 「なし」 in a roster do not take back what somebody has confirmed.
fn answer(new: &Option<Known>, old: &Known) -> Known {
    match (new, old) {
        (None | Some(Known::NotConfirmed), old) => old.clone(),
        (Some(Known::NoneInRoster), Known::None) => Known::None,
        (Some(known), _) => known.clone(),
    }
}

/// A clinic is known by name, and a hospital's departments by theirs.
fn clinics(new: &[Clinic], old: &[Clinic]) -> Vec<Clinic> {
    let mut all = old.to_vec();
    for (clinic, known) in new.iter().zip(pairs(new, old, same_house)) {
        match known {
            Some(at) => {
                let one = &mut all[at];
                one.department = said(&clinic.department, &one.department);
                one.doctor = said(&clinic.doctor, &one.doctor);
                one.phone = clinic.phone.clone().or(one.phone.take());
            }
            None => all.push(clinic.clone()),
        }
    }
    all
}

fn same_house(new: &Clinic, old: &Clinic) -> Option<u8> {
    let same = |new: &str, old: &str| !new.is_empty() && fold(new) == fold(old);
    if fold(&new.institution) != fold(&old.institution) {
        return None;
    }
    let department = same(&new.department, &old.department);
    let doctor = same(&new.doctor, &old.doctor);
    Some(2 * u8::from(department) + u8::from(doctor))
}

fn care(entry: &Entry, base: &Care) -> Care {
    Care {
        certification: entry.certification.unwrap_or(base.certification),
        insurer: said(&entry.insurer, &base.insurer),
        valid_until: entry.valid_until.or(base.valid_until),
        manager_name: said(&entry.manager_name, &base.manager_name),
        manager_office: said(&entry.manager_office, &base.manager_office),
        manager_phone: entry.manager_phone.clone().or(base.manager_phone.clone()),
        notes: said(&entry.notes, &base.notes),
        remarks: said(&entry.remarks, &base.remarks),
    }
}
