//! Somebody with a long European name and a long address, whose contacts have, too.

use jiff::civil::date;
use mimamori::ids::PersonId;
use mimamori::people::{
    self, Certification, Clinic, Contact, Contacts, Draft, Identity, Known, MayBeTold,
};
use mimamori::scope::Role;
use mimamori::tags;
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;

use crate::hanako;
use crate::server::Served;

const FAMILY: &str = "シュヴァルツェンベルクホーエンローエ";
const GIVEN: &str = "アレクサンドラヴィクトリアエリーザベト";
const ADDRESS: &str =
    "大田区大森北一丁目２３番地４５号 メゾン・ド・ヴィラージュ南大森サザンコート１２０３号室";

fn draft() -> Draft {
    let plain = hanako::draft();
    let identity = Identity {
        name: PersonName::new(FAMILY, GIVEN).unwrap(),
        family_kana: Some(Reading::parse(FAMILY).unwrap()),
        given_kana: Some(Reading::parse(GIVEN).unwrap()),
        address: Some(Address::parse(ADDRESS).unwrap()),
        old_number: Some("OTA-OMORIKITA-2009-000123".to_owned()),
        ..hanako::identity()
    };
    let mut draft = Draft {
        contacts: Contacts(
            ["長女（海外在住・日本語は話せます）", "甥の配偶者"]
                .map(contact)
                .to_vec(),
        ),
        ..Draft::new(identity, date(2025, 9, 10))
    };
    draft.medical.clinics = vec![Clinic {
        institution: "医療法人社団みなみ町健康長寿会南大森リハビリテーション総合病院附属診療所"
            .to_owned(),
        department: "呼吸器・循環器内科".to_owned(),
        doctor: "高橋医師（火曜と木曜の午前のみ）".to_owned(),
        phone: Some(Phone::parse("03-0526-9116").unwrap()),
    }];
    let long = "心房細動、緑内障、変形性膝関節症、骨粗しょう症、慢性閉塞性肺疾患（在宅酸素療法中）";
    draft.medical.illnesses = Known::Listed(long.to_owned());
    draft.medical.allergies = Known::Listed("造影剤、そば、ペニシリン系抗菌薬".to_owned());
    draft.care.certification = Certification::Care1;
    draft.finder.notes = "mimamori-no-otoshimono-wa-kochira-ni-renraku-shite-kudasai".to_owned();
    draft.consent = plain.consent;
    draft
}

fn contact(relation: &str) -> Contact {
    Contact {
        name: format!("{FAMILY} {GIVEN}"),
        relation: relation.to_owned(),
        phones: ["090-0111-2222", "03-0188-7191"]
            .map(|number| Phone::parse(number).unwrap())
            .to_vec(),
        address: Some(Address::parse(ADDRESS).unwrap()),
        may_be_told: MayBeTold::WhereAndHow,
        mail: None,
        confirmed: None,
    }
}

/// Registers her at the みなみ center, with a tag.
pub async fn tagged(served: &Served) -> PersonId {
    served.stock().await;
    let town = &served.town;
    let draft = Draft {
        center: Some(town.minami.center),
        ..draft()
    };
    let nurse = town.deed_of(Role::CenterStaff).await;
    let person = people::register(town.db(), &nurse, draft).await.unwrap();
    tags::bind_next(town.db(), &nurse, person).await.unwrap();
    person
}

/// The same person as another hand wrote them down.
pub async fn again(served: &Served) -> PersonId {
    let town = &served.town;
    let mut draft = Draft {
        center: Some(town.minami.center),
        ..draft()
    };
    draft.identity.born = PartialDate::parse("昭和13年4月3日").unwrap();
    draft.medical.allergies = Known::Listed("そば".to_owned());
    let nurse = town.deed_of(Role::CenterStaff).await;
    people::register(town.db(), &nurse, draft).await.unwrap()
}
