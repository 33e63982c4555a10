//! What a column of a roster may hold.

use crate::people::rules::{MOST_CLINICS, MOST_CONTACTS, Tier};

/// What a column of a block about a contact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContactPart {
    /// 氏名
    Name,
    /// 続柄
    Relation,
    /// 電話
    Phone,
    /// 住所
    Address,
    /// 伝えてよいこと
    MayBeTold,
    /// メール
    Mail,
    /// メールの同意: the day.
    Agreed,
    /// 最終確認: day and way.
    Confirmed,
}

/// What a column of a block about a clinic holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClinicPart {
    /// 医療機関
    Institution,
    /// 診療科
    Department,
    /// 主治医
    Doctor,
    /// 電話
    Phone,
}

/// Where a column goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// 登録者のID: in our own lists, the person's id in the town they were taken out of.
    Id,
    /// 登録番号: the number by which the old roster knows the person.
    OldNumber,
    /// 氏名
    Name,
    /// 氏
    Family,
    /// 名
    Given,
    /// フリガナ
    Kana,
    /// フリガナ of the family name.
    FamilyKana,
    /// フリガナ of the given name.
    GivenKana,
    /// 性別
    Sex,
    /// 生年月日
    Born,
    /// 郵便番号
    Postcode,
    /// 住所
    Address,
    /// 方書: building and room, in a column of its own.
    Building,
    /// 電話: the first to try.
    Phone,
    /// 電話2, 携帯.
    OtherPhone,
    /// 世帯
    Living,
    /// 緊急連絡先 1 to `CONTACTS`.
    Contact(u8, ContactPart),
    /// 医療機関 1 to `CLINICS`.
    Clinic(u8, ClinicPart),
    /// 病歴
    Illnesses,
    /// 服薬
    Drugs,
    /// アレルギー
    Allergies,
    /// 介護認定
    Certification,
    /// 保険者番号
    Insurer,
    /// 認定の有効期限
    ValidUntil,
    /// ケアマネジャー
    ManagerName,
    /// 居宅介護支援事業所
    ManagerOffice,
    /// ケアマネジャーの電話
    ManagerPhone,
    /// 登録日
    RegisteredOn,
    /// 備考
    Remarks,
    /// センターの記録
    Notes,
    /// 発見した方へ
    Finder,
    /// 同意, by tier.
    Consent(Tier),
}

impl ContactPart {
    /// Every part, in the order of our own lists.
    pub const ALL: [ContactPart; 8] = [
        ContactPart::Name,
        ContactPart::Relation,
        ContactPart::Phone,
        ContactPart::Address,
        ContactPart::MayBeTold,
        ContactPart::Mail,
        ContactPart::Agreed,
        ContactPart::Confirmed,
    ];
}

impl ClinicPart {
    /// Every part, in the order of our own lists.
    pub const ALL: [ClinicPart; 4] = [
        ClinicPart::Institution,
        ClinicPart::Department,
        ClinicPart::Doctor,
        ClinicPart::Phone,
    ];
}

/// So many contacts a roster may bring for one person: as many as a record may hold.
pub const CONTACTS: u8 = MOST_CONTACTS as u8;
/// So many clinics.
pub const CLINICS: u8 = MOST_CLINICS as u8;

const PLAIN: [(Field, &str, &str); 32] = [
    (Field::Id, "id", "登録者のID"),
    (Field::OldNumber, "old_number", "登録番号"),
    (Field::Name, "name", "氏名"),
    (Field::Family, "family", "氏（姓）"),
    (Field::Given, "given", "名"),
    (Field::Kana, "kana", "フリガナ"),
    (Field::FamilyKana, "family_kana", "フリガナ（姓）"),
    (Field::GivenKana, "given_kana", "フリガナ（名）"),
    (Field::Sex, "sex", "性別"),
    (Field::Born, "born", "生年月日"),
    (Field::Postcode, "postcode", "郵便番号"),
    (Field::Address, "address", "住所"),
    (Field::Building, "building", "建物・方書"),
    (Field::Phone, "phone", "電話"),
    (Field::OtherPhone, "other_phone", "電話（2つめ）"),
    (Field::Living, "living", "世帯"),
    (Field::Illnesses, "illnesses", "病歴"),
    (Field::Drugs, "drugs", "服薬"),
    (Field::Allergies, "allergies", "アレルギー"),
    (Field::Certification, "certification", "要介護認定"),
    (Field::Insurer, "insurer", "保険者番号"),
    (Field::ValidUntil, "valid_until", "認定の有効期限"),
    (Field::ManagerName, "manager_name", "ケアマネジャー"),
    (
        Field::ManagerOffice,
        "manager_office",
        "ケアマネジャーの事業所",
    ),
    (Field::ManagerPhone, "manager_phone", "ケアマネジャーの電話"),
    (Field::RegisteredOn, "registered_on", "登録日"),
    (Field::Remarks, "remarks", "鍵・備考"),
    (Field::Notes, "notes", "センターの記録"),
    (Field::Finder, "finder", "発見した方へ"),
    (
        Field::Consent(Tier::Identity),
        "consent_identity",
        "同意：基本情報と連絡先を伝える",
    ),
    (
        Field::Consent(Tier::Medical),
        "consent_medical",
        "同意：医療情報を伝える",
    ),
    (
        Field::Consent(Tier::Board),
        "consent_board",
        "同意：公開ページに注意を出す",
    ),
];

const CONTACT_PARTS: [(ContactPart, &str, &str); 8] = [
    (ContactPart::Name, "name", "氏名"),
    (ContactPart::Relation, "relation", "続柄"),
    (ContactPart::Phone, "phone", "電話"),
    (ContactPart::Address, "address", "住所"),
    (ContactPart::MayBeTold, "may_be_told", "伝えてよいこと"),
    (ContactPart::Mail, "mail", "メール"),
    (ContactPart::Agreed, "agreed", "メールの同意日"),
    (ContactPart::Confirmed, "confirmed", "最終確認"),
];

const CLINIC_PARTS: [(ClinicPart, &str, &str); 4] = [
    (ClinicPart::Institution, "institution", "医療機関"),
    (ClinicPart::Department, "department", "診療科"),
    (ClinicPart::Doctor, "doctor", "主治医"),
    (ClinicPart::Phone, "phone", "電話"),
];

impl Field {
    /// Every one, in the order in which a choice lists them.
    pub fn all() -> Vec<Field> {
        let plain = PLAIN.iter().map(|(field, ..)| *field);
        let contacts = (1..=CONTACTS).flat_map(|at| {
            CONTACT_PARTS
                .iter()
                .map(move |(part, ..)| Field::Contact(at, *part))
        });
        let clinics = (1..=CLINICS).flat_map(|at| {
            CLINIC_PARTS
                .iter()
                .map(move |(part, ..)| Field::Clinic(at, *part))
        });
        plain.chain(contacts).chain(clinics).collect()
    }

    /// The code that is kept and sent: `contact1_phone`.
    pub fn code(self) -> String {
        match self {
            Field::Contact(at, part) => format!("contact{at}_{}", of(&CONTACT_PARTS, part).0),
            Field::Clinic(at, part) => format!("clinic{at}_{}", of(&CLINIC_PARTS, part).0),
            plain => of(&PLAIN, plain).0.to_owned(),
        }
    }

    /// As people call it: 「緊急連絡先1 電話」.
    pub fn word(self) -> String {
        match self {
            Field::Contact(at, part) => format!("緊急連絡先{at} {}", of(&CONTACT_PARTS, part).1),
            Field::Clinic(at, part) => format!("かかりつけ{at} {}", of(&CLINIC_PARTS, part).1),
            plain => of(&PLAIN, plain).1.to_owned(),
        }
    }

    /// The one whose word a heading is, letter by letter: our own lists are read back so.
    pub fn from_word(word: &str) -> Option<Field> {
        Field::all().into_iter().find(|field| field.word() == word)
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Field> {
        Field::all().into_iter().find(|field| field.code() == code)
    }
}

fn of<T: PartialEq>(
    list: &[(T, &'static str, &'static str)],
    wanted: T,
) -> (&'static str, &'static str) {
    let found = list.iter().find(|(one, ..)| *one == wanted);
    found.map_or(("", ""), |(_, code, word)| (code, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_come_back_and_have_words() {
        let all = Field::all();
        assert_eq!(all.len(), 32 + 8 * 8 + 6 * 4);
        for field in all {
            assert_eq!(Field::from_code(&field.code()), Some(field));
            assert!(!field.word().is_empty());
        }
        let phone = Field::Contact(2, ContactPart::Phone);
        assert_eq!(
            (phone.code(), phone.word()),
            ("contact2_phone".into(), "緊急連絡先2 電話".into())
        );
        assert_eq!(Field::from_code("contact9_phone"), None);
    }
}
