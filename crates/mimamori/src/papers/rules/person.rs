//! Papers of one person.

use jiff::civil::Date;
use press::{Answered, Application, Cards, Change, Contact, Fridge, Line};
use words::phone::Phone;

use crate::people::{
    Answer, Care, Certification, Consent, Contacts, Identity, Known, Medical, Person, Tier,
};
use crate::tags::Number;

/// What the person wants on the card at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Name, birth date and whom to call.
    pub name: bool,
    /// Clinics, illnesses, drugs, allergies.
    pub medical: bool,
}

/// The form to be filled in.
pub fn blank_application(words: String) -> Application {
    let blank = |label: &str| Line::new(label, "");
    let medical = [
        "かかりつけの病院・医師",
        "病気・けが",
        "飲んでいる薬",
        "アレルギー",
    ];
    Application {
        words,
        consents: consents(&Consent::default()),
        medical: medical.map(blank).to_vec(),
        care: vec![blank("介護認定・ケアマネジャー")],
        ..Application::default()
    }
}

/// The form with what is registered, for the person to check.
pub fn application(person: &Person, number: String, words: String, today: Date) -> Application {
    let identity = &person.identity.value;
    Application {
        filled: true,
        number,
        name: identity.name.to_string(),
        kana: identity.kana(),
        sex: identity.sex.code().to_owned(),
        born: born(identity, today),
        postcode: postcode(identity),
        address: address(identity),
        phones: phones(&identity.phones),
        living: identity.living.code().to_owned(),
        contacts: contacts(&person.contacts.value),
        medical: medical(&person.medical.value),
        care: vec![Line::new(
            "介護認定・ケアマネジャー",
            care(&person.care.value),
        )],
        finder: person.finder.value.notes.clone(),
        words,
        consents: consents(&person.consent.value),
    }
}

/// 変更・廃止届 with who it is.
pub fn change(identity: &Identity, number: String) -> Change {
    Change {
        number,
        name: identity.name.to_string(),
        kana: identity.kana(),
        born: identity.born.both(),
        address: address(identity),
        phone: phones(&identity.phones)
            .into_iter()
            .next()
            .unwrap_or_default(),
    }
}

/// The card to carry, which names nobody, and the card at home as the person wants it.
pub fn cards(
    person: &Person,
    number: &Number,
    address: Option<String>,
    words: String,
    wanted: Wanted,
) -> Cards {
    let identity = &person.identity.value;
    let named = |text: String| if wanted.name { text } else { String::new() };
    let fridge = Fridge {
        name: named(identity.name.to_string()),
        kana: named(identity.kana()),
        born: named(format!("{}生まれ", identity.born.both())),
        contacts: match wanted.name {
            true => contacts(&person.contacts.value),
            false => Vec::new(),
        },
        medical: match wanted.medical {
            true => medical(&person.medical.value)
                .into_iter()
                .filter(|line| !line.text.is_empty())
                .collect(),
            false => Vec::new(),
        },
    };
    Cards {
        number: number.shown(),
        spoken: number.spoken(),
        address,
        words,
        fridge: Some(fridge),
    }
}

/// 「1938年（昭和13年）4月1日　88歳」
pub fn born(identity: &Identity, today: Date) -> String {
    format!("{}　{}", identity.born.both(), identity.born.age_on(today))
}

/// Seven digits or nothing.
pub fn postcode(identity: &Identity) -> String {
    identity
        .postcode
        .map(|code| code.digits())
        .unwrap_or_default()
}

/// As written, or nothing.
pub fn address(identity: &Identity) -> String {
    let address = identity.address.as_ref();
    address
        .map(|address| address.as_written().to_owned())
        .unwrap_or_default()
}

/// In the order to try.
pub fn phones(phones: &[Phone]) -> Vec<String> {
    phones.iter().map(Phone::to_string).collect()
}

/// In calling order.
pub fn contacts(contacts: &Contacts) -> Vec<Contact> {
    let shown = contacts.0.iter().map(|one| Contact {
        name: one.name.clone(),
        relation: one.relation.clone(),
        phones: phones(&one.phones),
        address: one
            .address
            .as_ref()
            .map(|address| address.as_written().to_owned())
            .unwrap_or_default(),
        told: one.may_be_told.word().to_owned(),
    });
    shown.collect()
}

/// Line by line; what nobody has asked yet is a box to write in.
pub fn medical(medical: &Medical) -> Vec<Line> {
    let clinics = medical.clinics.iter().map(|clinic| {
        let phone = clinic
            .phone
            .as_ref()
            .map(Phone::to_string)
            .unwrap_or_default();
        let parts = [
            &clinic.institution,
            &clinic.department,
            &clinic.doctor,
            &phone,
        ];
        Line::new("かかりつけの病院・医師", joined(&parts.map(String::as_str)))
    });
    let mut lines: Vec<Line> = clinics.collect();
    if lines.is_empty() {
        lines.push(Line::new("かかりつけの病院・医師", ""));
    }
    let known = |known: &Known| match known {
        Known::NotConfirmed => String::new(),
        known => known.words().to_owned(),
    };
    lines.push(Line::new("病気・けが", known(&medical.illnesses)));
    lines.push(Line::new("飲んでいる薬", known(&medical.drugs)));
    lines.push(Line::new("アレルギー", known(&medical.allergies)));
    lines
}

fn care(care: &Care) -> String {
    let certification = match care.certification {
        Certification::Unconfirmed => "",
        known => known.word(),
    };
    let phone = care
        .manager_phone
        .as_ref()
        .map(Phone::to_string)
        .unwrap_or_default();
    joined(&[
        certification,
        &care.manager_office,
        &care.manager_name,
        &phone,
    ])
}

fn joined(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    filled.join("　")
}

fn consents(consent: &Consent) -> Vec<Answered> {
    let asked = |tier: &Tier| {
        let given = consent.of(*tier);
        // Withdrawn is asked anew, not answered for the person.
        let answer = match given.answer {
            Answer::Given if given.holds() => "given",
            Answer::Refused => "refused",
            Answer::Given | Answer::NotAsked => "",
        };
        Answered {
            text: question(*tier).to_owned(),
            answer: answer.to_owned(),
        }
    };
    Tier::ALL.iter().map(asked).collect()
}

const fn question(tier: Tier) -> &'static str {
    match tier {
        Tier::Identity => {
            "氏名・住所などの基本情報と緊急連絡先を、警察・消防・病院などに伝えること"
        }
        Tier::Medical => "医療の情報を、救急隊と病院に伝えること",
        Tier::Board => {
            "「見つけた人に知ってほしいこと」を、QRコードのページに出すこと（氏名・住所は出ません）"
        }
    }
}
