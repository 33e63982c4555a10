//! People as the rows of a roster: the same columns as `import people` reads.

use crate::people::{Clinic, Contact, Known, Person};

/// The head of the table.
pub const HEAD: [&str; 26] = [
    "登録番号",
    "氏名",
    "フリガナ",
    "性別",
    "生年月日",
    "郵便番号",
    "住所",
    "電話番号",
    "世帯",
    "緊急連絡先１氏名",
    "続柄１",
    "電話１",
    "緊急連絡先２氏名",
    "続柄２",
    "電話２",
    "かかりつけ医療機関",
    "診療科",
    "主治医",
    "医療機関電話",
    "既往歴",
    "服薬",
    "アレルギー",
    "介護認定",
    "登録日",
    "備考",
    "状態",
];

/// One person's cells, in the order of [`HEAD`].
pub fn row(person: &Person) -> Vec<String> {
    let identity = &person.identity.value;
    let medical = &person.medical.value;
    let mut cells = vec![
        identity.old_number.clone().unwrap_or_default(),
        format!("{}　{}", identity.name.family(), identity.name.given()),
        identity.kana(),
        identity.sex.word().to_owned(),
        identity.born.iso(),
        shown(identity.postcode.as_ref()),
        identity
            .address
            .as_ref()
            .map_or(String::new(), |address| address.as_written().to_owned()),
        shown(identity.phones.first()),
        identity.living.word().to_owned(),
    ];
    let contacts = &person.contacts.value.0;
    cells.extend(contact(contacts.first()));
    cells.extend(contact(contacts.get(1)));
    cells.extend(clinic(medical.clinics.first()));
    cells.extend([&medical.illnesses, &medical.drugs, &medical.allergies].map(known));
    cells.push(person.care.value.certification.word().to_owned());
    cells.push(person.standing.registered_on.to_string());
    cells.push(person.care.value.notes.clone());
    cells.push(person.standing.state.word().to_owned());
    cells
}

fn shown(value: Option<&impl ToString>) -> String {
    value.map_or(String::new(), ToString::to_string)
}

fn contact(contact: Option<&Contact>) -> [String; 3] {
    contact.map_or([const { String::new() }; 3], |contact| {
        [
            contact.name.clone(),
            contact.relation.clone(),
            shown(contact.phones.first()),
        ]
    })
}

fn clinic(clinic: Option<&Clinic>) -> [String; 4] {
    clinic.map_or([const { String::new() }; 4], |clinic| {
        [
            clinic.institution.clone(),
            clinic.department.clone(),
            clinic.doctor.clone(),
            shown(clinic.phone.as_ref()),
        ]
    })
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
