//! 南野 ハナコ, who lives alone in みなみ町 and belongs to its みなみ center.

use jiff::civil::date;
use mimamori::ids::PersonId;
use mimamori::people::{
    self, Certification, Clinic, Confirmed, Consent, Contact, Contacts, Draft, Given, Identity,
    Known, Living, MayBeTold, Sex, Way,
};
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;
use words::postcode::Postcode;

use crate::town::Town;

/// What the ward office's form says of her.
pub fn draft() -> Draft {
    let registered = date(2025, 9, 10);
    let mut draft = Draft::new(identity(), registered);
    draft.contacts = Contacts(vec![
        contact("南野 一郎", "長男", "090-0111-2222"),
        contact("北川 春子", "友人", "090-0333-4444"),
    ]);
    draft.medical.clinics = vec![Clinic {
        institution: "みなみ診療所".to_owned(),
        department: "内科".to_owned(),
        doctor: "高橋医師".to_owned(),
        phone: Some(phone("03-0526-9116")),
    }];
    draft.medical.illnesses = Known::Listed("心房細動、緑内障".to_owned());
    draft.medical.drugs = Known::Listed("ワルファリン".to_owned());
    draft.medical.allergies = Known::None;
    draft.care.certification = Certification::Care1;
    draft.care.remarks = "合鍵は大家".to_owned();
    draft.finder.notes = "耳が遠いので、正面からゆっくり話してください。".to_owned();
    let given = Given::by_person(registered);
    draft.consent = Consent {
        identity: given.clone(),
        medical: given,
        board: Given::default(),
    };
    draft.confirmed = Some(Confirmed {
        on: registered,
        way: Way::Phone,
        by: None,
    });
    draft
}

/// Who she is.
pub fn identity() -> Identity {
    Identity {
        name: PersonName::new("南野", "ハナコ").unwrap(),
        family_kana: Some(Reading::parse("ミナミノ").unwrap()),
        given_kana: Some(Reading::parse("ハナコ").unwrap()),
        sex: Sex::Female,
        born: PartialDate::parse("昭和13年4月2日").unwrap(),
        postcode: Some(Postcode::parse("143-0016").unwrap()),
        address: Some(Address::parse("大田区大森北1-2-3 みなみ荘201").unwrap()),
        phones: vec![phone("03-0188-7191"), phone("090-0793-3584")],
        living: Living::Alone,
        old_number: Some("00123".to_owned()),
    }
}

fn contact(name: &str, relation: &str, number: &str) -> Contact {
    Contact {
        name: name.to_owned(),
        relation: relation.to_owned(),
        phones: vec![phone(number)],
        address: None,
        may_be_told: MayBeTold::WhereAndHow,
        mail: None,
        confirmed: None,
    }
}

fn phone(text: &str) -> Phone {
    Phone::parse(text).unwrap()
}

/// Registers her at the みなみ center.
pub async fn register(town: &Town) -> PersonId {
    let draft = Draft {
        center: Some(town.minami.center),
        ..draft()
    };
    let deed = town.deed().await;
    people::register(town.db(), &deed, draft).await.unwrap()
}
