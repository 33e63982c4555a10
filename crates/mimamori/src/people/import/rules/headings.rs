//! From a heading to the field it means.
//!
//! A heading is folded (width, spaces, brackets, 様・※) and its number taken off: 「緊急連絡先１
//! （氏名）」 becomes 緊急連絡先氏名 and 1. A word that may mean several things (氏名, 電話, 住所)
//! means the person's, or, right of a block about a contact or a clinic, that one's.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::field::{CLINICS, CONTACTS, ClinicPart, ContactPart, Field};
use super::sheet::Sheet;

use ClinicPart::{Department, Doctor, Institution};
use ContactPart::Relation;

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// The heading says so.
    Sure,
    /// The heading may mean it; look at the samples.
    Likely,
    /// The town chose it before.
    Remembered,
    /// Not known.
    Unknown,
}

/// What is guessed of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// Where it goes; `None` is not taken in.
    pub field: Option<Field>,
    /// How sure that is.
    pub sureness: Sureness,
}

/// What a heading means by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Plain(Field),
    Contact(ContactPart),
    Clinic(ClinicPart),
    /// 氏名, フリガナ, 電話, 住所: of whom the columns left of it tell.
    Name,
    Phone,
    Address,
}

const WORDS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Plain(Field::OldNumber),
        &[
            "登録番号",
            "登録no",
            "登録ナンバー",
            "番号",
            "no",
            "管理番号",
            "整理番号",
            "見守り番号",
            "キーホルダー番号",
            "ステッカー番号",
            "シール番号",
            "対象者番号",
            "利用者番号",
            "登録者番号",
            "id",
            "受付番号",
        ],
    ),
    (
        Meaning::Name,
        &[
            "氏名",
            "名前",
            "お名前",
            "姓名",
            "登録者氏名",
            "登録者名",
            "対象者氏名",
            "対象者名",
            "対象者",
            "本人氏名",
            "利用者氏名",
            "利用者名",
            "高齢者氏名",
            "氏名漢字",
            "漢字氏名",
            "登録者",
            "申請者氏名",
            "住民氏名",
        ],
    ),
    (
        Meaning::Plain(Field::Family),
        &[
            "氏",
            "姓",
            "名字",
            "苗字",
            "氏漢字",
            "姓漢字",
            "氏名姓",
            "氏名氏",
        ],
    ),
    (
        Meaning::Plain(Field::Given),
        &["名", "名漢字", "氏名名", "下の名前"],
    ),
    (
        Meaning::Plain(Field::Kana),
        &[
            "フリガナ",
            "ふりがな",
            "カナ",
            "かな",
            "氏名カナ",
            "カナ氏名",
            "氏名フリガナ",
            "氏名ふりがな",
            "カナ名",
            "ヨミ",
            "よみ",
            "読み",
            "よみがな",
            "ヨミガナ",
            "読み仮名",
            "氏名かな",
            "シメイ",
            "対象者カナ",
            "対象者フリガナ",
            "氏名ヨミ",
            "名前フリガナ",
        ],
    ),
    (
        Meaning::Plain(Field::FamilyKana),
        &[
            "セイ",
            "せい",
            "姓カナ",
            "姓フリガナ",
            "姓かな",
            "氏カナ",
            "氏フリガナ",
            "フリガナ姓",
            "カナ姓",
            "姓ふりがな",
        ],
    ),
    (
        Meaning::Plain(Field::GivenKana),
        &[
            "メイ",
            "めい",
            "名カナ",
            "名フリガナ",
            "名かな",
            "フリガナ名",
            "名ふりがな",
        ],
    ),
    (
        Meaning::Plain(Field::Sex),
        &["性別", "男女", "男女別", "性", "性別区分"],
    ),
    (
        Meaning::Plain(Field::Born),
        &[
            "生年月日",
            "誕生日",
            "生年月",
            "生年",
            "出生日",
            "生年月日和暦",
            "生年月日西暦",
            "生まれ",
        ],
    ),
    (
        Meaning::Plain(Field::Postcode),
        &["郵便番号", "郵便", "〒", "〒番号", "郵便no", "zip"],
    ),
    (
        Meaning::Address,
        &[
            "住所",
            "居所",
            "現住所",
            "所在地",
            "ご住所",
            "住所地",
            "自宅住所",
            "対象者住所",
            "本人住所",
            "住民登録地",
            "居住地",
            "町丁目番地",
        ],
    ),
    (
        Meaning::Plain(Field::Building),
        &[
            "方書",
            "建物",
            "建物名",
            "マンション名",
            "アパート名",
            "住所建物",
            "建物部屋番号",
            "住所方書",
            "マンション部屋番号",
        ],
    ),
    (
        Meaning::Phone,
        &[
            "電話",
            "電話番号",
            "tel",
            "連絡先電話番号",
            "連絡先電話",
            "自宅電話",
            "自宅電話番号",
            "固定電話",
            "本人電話番号",
            "本人電話",
            "電話自宅",
            "電話番号自宅",
            "お電話",
            "対象者電話番号",
            "電話固定",
        ],
    ),
    (
        Meaning::Plain(Field::OtherPhone),
        &[
            "携帯",
            "携帯電話",
            "携帯番号",
            "携帯電話番号",
            "電話携帯",
            "電話番号携帯",
            "その他電話",
            "本人携帯",
        ],
    ),
    (
        Meaning::Plain(Field::Living),
        &[
            "世帯",
            "世帯構成",
            "世帯状況",
            "世帯区分",
            "世帯類型",
            "同居",
            "同居状況",
            "独居同居",
            "家族構成",
            "居住形態",
            "世帯の状況",
            "独居",
            "生活状況",
            "居住状況",
        ],
    ),
    (
        Meaning::Contact(ContactPart::Name),
        &[
            "緊急連絡先氏名",
            "緊急連絡先",
            "緊急連絡先名",
            "緊急連絡者",
            "緊急連絡者氏名",
            "連絡先氏名",
            "連絡者氏名",
            "家族氏名",
            "親族氏名",
            "緊急時連絡先",
            "緊急時連絡先氏名",
            "連絡先",
            "連絡先名",
            "キーパーソン",
            "キーパーソン氏名",
            "家族等氏名",
            "保護者氏名",
        ],
    ),
    (
        Meaning::Contact(Relation),
        &[
            "続柄",
            "関係",
            "間柄",
            "続き柄",
            "緊急連絡先続柄",
            "連絡先続柄",
            "緊急連絡先関係",
            "連絡先関係",
            "本人との関係",
            "緊急時連絡先続柄",
            "緊急連絡者続柄",
        ],
    ),
    (
        Meaning::Contact(ContactPart::Phone),
        &[
            "緊急連絡先電話",
            "緊急連絡先電話番号",
            "緊急連絡先tel",
            "緊急電話",
            "緊急時連絡先電話番号",
            "緊急時電話番号",
            "緊急連絡先携帯",
            "家族電話番号",
            "緊急連絡者電話番号",
            "緊急時連絡先電話",
            "キーパーソン電話番号",
        ],
    ),
    (
        Meaning::Contact(ContactPart::Address),
        &[
            "緊急連絡先住所",
            "連絡先住所",
            "緊急時連絡先住所",
            "緊急連絡者住所",
            "家族住所",
        ],
    ),
    (
        Meaning::Clinic(Institution),
        &[
            "かかりつけ医療機関",
            "医療機関",
            "医療機関名",
            "かかりつけ医",
            "かかりつけ",
            "病院",
            "病院名",
            "主な医療機関",
            "通院先",
            "かかりつけ病院",
            "掛かりつけ医療機関",
            "主治医医療機関",
            "受診先",
            "かかりつけ医療機関名",
            "通院医療機関",
        ],
    ),
    (
        Meaning::Clinic(Department),
        &[
            "診療科",
            "診療科目",
            "科",
            "受診科",
            "かかりつけ医療機関診療科",
            "医療機関診療科",
        ],
    ),
    (
        Meaning::Clinic(Doctor),
        &[
            "主治医",
            "主治医名",
            "担当医",
            "医師",
            "医師名",
            "主治医氏名",
            "担当医師",
            "かかりつけ医師",
        ],
    ),
    (
        Meaning::Clinic(ClinicPart::Phone),
        &[
            "医療機関電話",
            "医療機関電話番号",
            "病院電話",
            "病院電話番号",
            "かかりつけ医療機関電話",
            "かかりつけ医電話",
            "かかりつけ医療機関電話番号",
            "かかりつけ医電話番号",
            "医療機関tel",
            "病院tel",
            "主治医電話",
            "医療機関連絡先",
        ],
    ),
    (
        Meaning::Plain(Field::Illnesses),
        &[
            "既往歴",
            "病歴",
            "持病",
            "疾患",
            "病名",
            "既往症",
            "主な病気",
            "疾病",
            "治療中の病気",
            "現病歴",
            "既往歴持病",
            "傷病名",
            "現在治療中の病気",
        ],
    ),
    (
        Meaning::Plain(Field::Drugs),
        &[
            "服薬",
            "服薬状況",
            "薬",
            "服用薬",
            "内服薬",
            "常用薬",
            "お薬",
            "服薬内容",
            "投薬",
            "飲んでいる薬",
            "処方薬",
        ],
    ),
    (
        Meaning::Plain(Field::Allergies),
        &[
            "アレルギー",
            "アレルギー有無",
            "アレルギーの有無",
            "薬アレルギー",
            "アレルギー歴",
            "禁忌",
        ],
    ),
    (
        Meaning::Plain(Field::Certification),
        &[
            "介護認定",
            "要介護認定",
            "要介護度",
            "介護度",
            "認定",
            "認定区分",
            "要介護状態区分",
            "介護認定区分",
            "介護保険",
            "介護保険認定",
            "認定状況",
            "介護度区分",
        ],
    ),
    (
        Meaning::Plain(Field::Insurer),
        &["保険者番号", "介護保険者番号", "保険者"],
    ),
    (
        Meaning::Plain(Field::ValidUntil),
        &[
            "有効期限",
            "認定有効期限",
            "認定期限",
            "有効期間満了日",
            "認定有効期間終了日",
            "認定満了日",
            "介護認定有効期限",
        ],
    ),
    (
        Meaning::Plain(Field::ManagerName),
        &[
            "ケアマネジャー",
            "ケアマネージャー",
            "ケアマネ",
            "担当ケアマネ",
            "担当ケアマネジャー",
            "介護支援専門員",
            "ケアマネ氏名",
            "担当ケアマネージャー",
            "ケアマネジャー氏名",
        ],
    ),
    (
        Meaning::Plain(Field::ManagerOffice),
        &[
            "居宅介護支援事業所",
            "ケアマネ事業所",
            "居宅支援事業所",
            "居宅",
            "ケアマネジャー事業所",
            "居宅事業所",
            "担当事業所",
            "ケアマネージャー事業所",
        ],
    ),
    (
        Meaning::Plain(Field::ManagerPhone),
        &[
            "ケアマネ電話",
            "ケアマネ電話番号",
            "事業所電話",
            "居宅介護支援事業所電話",
            "ケアマネジャー電話",
            "ケアマネジャー電話番号",
            "事業所電話番号",
        ],
    ),
    (
        Meaning::Plain(Field::RegisteredOn),
        &[
            "登録日",
            "登録年月日",
            "申請日",
            "受付日",
            "申込日",
            "登録申請日",
            "申請年月日",
            "交付日",
            "受付年月日",
            "申込年月日",
        ],
    ),
    (
        Meaning::Plain(Field::Remarks),
        &[
            "備考",
            "備考欄",
            "特記事項",
            "メモ",
            "鍵",
            "その他",
            "摘要",
            "特記",
            "連絡事項",
            "備考メモ",
            "注意事項",
            "合鍵",
        ],
    ),
    (
        Meaning::Plain(Field::Notes),
        &[
            "センター記録",
            "センター備考",
            "支援経過",
            "経過",
            "センターメモ",
            "職員メモ",
        ],
    ),
    (
        Meaning::Plain(Field::Finder),
        &[
            "発見した方へ",
            "発見者へ",
            "発見時の注意",
            "発見時注意",
            "声かけの注意",
            "対応の注意",
            "発見者への伝言",
        ],
    ),
];

static DICTIONARY: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let words = WORDS
        .iter()
        .flat_map(|(meaning, words)| words.iter().map(|word| (*word, *meaning)));
    words
        .map(|(word, meaning)| (folded(word).0, meaning))
        .collect()
});

/// Whether the heading stands in the dictionary.
pub(super) fn is_known(heading: &str) -> bool {
    let (word, _) = folded(heading);
    !word.is_empty() && meaning(&word).is_some()
}

/// A heading as it is remembered: folded, its number kept.
pub fn key(heading: &str) -> String {
    let (word, number) = folded(heading);
    number.map_or(word.clone(), |number| format!("{word}{number}"))
}

/// Guesses each column; no field is given out twice.
pub fn guess(sheet: &Sheet) -> Vec<Guess> {
    let mut state = Walk {
        block: Block::Person,
        taken: HashSet::new(),
    };
    sheet
        .headings()
        .into_iter()
        .map(|heading| state.guess(heading))
        .collect()
}

/// Of whom the columns speak, from left to right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Person,
    Contact(u8),
    Clinic(u8),
}

struct Walk {
    block: Block,
    taken: HashSet<Field>,
}

impl Walk {
    fn guess(&mut self, heading: &str) -> Guess {
        let (word, number) = folded(heading);
        let found = meaning(&word).and_then(|(meaning, sureness)| {
            let field = self.field(meaning, number)?;
            self.taken.insert(field).then_some((field, sureness))
        });
        let Some((field, sureness)) = found else {
            return Guess {
                field: None,
                sureness: Sureness::Unknown,
            };
        };
        self.block = match field {
            Field::Contact(at, _) => Block::Contact(at),
            Field::Clinic(at, _) => Block::Clinic(at),
            _ => Block::Person,
        };
        Guess {
            field: Some(field),
            sureness,
        }
    }

    fn field(&self, meaning: Meaning, number: Option<u8>) -> Option<Field> {
        match meaning {
            Meaning::Plain(field) => Some(field),
            Meaning::Contact(part) => self.contact(part, number),
            Meaning::Clinic(part) => self.clinic(part, number),
            Meaning::Name => self.of_block(Some(Field::Name), ContactPart::Name, None, number),
            Meaning::Address => {
                self.of_block(Some(Field::Address), ContactPart::Address, None, number)
            }
            Meaning::Phone => self.of_block(
                self.own_phone(number),
                ContactPart::Phone,
                Some(ClinicPart::Phone),
                number,
            ),
        }
    }

    /// The person's first or second phone.
    fn own_phone(&self, number: Option<u8>) -> Option<Field> {
        let first = number.unwrap_or(1) <= 1 && !self.taken.contains(&Field::Phone);
        Some(if first {
            Field::Phone
        } else {
            Field::OtherPhone
        })
    }

    fn of_block(
        &self,
        own: Option<Field>,
        contact: ContactPart,
        clinic: Option<ClinicPart>,
        number: Option<u8>,
    ) -> Option<Field> {
        match (self.block, clinic) {
            (Block::Contact(_), _) => self.contact(contact, number),
            (Block::Clinic(_), Some(part)) => self.clinic(part, number),
            _ => own.filter(|field| !self.taken.contains(field)),
        }
    }

    /// The numbered contact, the one whose block this is, or the next.
    fn contact(&self, part: ContactPart, number: Option<u8>) -> Option<Field> {
        let here = match self.block {
            Block::Contact(at) => at,
            _ => 1,
        };
        let free = |at: &u8| !self.taken.contains(&Field::Contact(*at, part));
        let at = number.or_else(|| (here..=CONTACTS).find(free))?;
        (1..=CONTACTS)
            .contains(&at)
            .then_some(Field::Contact(at, part))
    }

    fn clinic(&self, part: ClinicPart, number: Option<u8>) -> Option<Field> {
        let here = match self.block {
            Block::Clinic(at) => at,
            _ => 1,
        };
        let free = |at: &u8| !self.taken.contains(&Field::Clinic(*at, part));
        let at = number.or_else(|| (here..=CLINICS).find(free))?;
        (1..=CLINICS)
            .contains(&at)
            .then_some(Field::Clinic(at, part))
    }
}

/// The meaning of a folded heading: one of the dictionary's words is sure, one that merely ends in
/// a long one is likely.
fn meaning(word: &str) -> Option<(Meaning, Sureness)> {
    if let Some(meaning) = DICTIONARY.get(word) {
        return Some((*meaning, Sureness::Sure));
    }
    let long = DICTIONARY
        .iter()
        .filter(|(one, _)| one.chars().count() >= 3 && word.ends_with(one.as_str()));
    let best = long.max_by_key(|(one, _)| one.len());
    best.map(|(_, meaning)| (*meaning, Sureness::Likely))
}

/// The heading without width, spaces, brackets and decoration; and its number, if it has one.
fn folded(heading: &str) -> (String, Option<u8>) {
    let plain: String = heading.nfkc().flat_map(char::to_lowercase).collect();
    let plain = plain
        .replace("(必須)", "")
        .replace("(任意)", "")
        .replace("第", "");
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let word = plain
        .chars()
        .filter(|c| c.is_alphabetic() || matches!(c, '〒' | 'ー'));
    let word: String = word.collect();
    (word, digits.parse().ok().filter(|number| *number > 0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn fields(headings: &str) -> Vec<String> {
        let file = format!("{headings}\n山田\n");
        let sheet = super::super::read::read(file.as_bytes()).unwrap();
        let codes = guess(&sheet)
            .into_iter()
            .map(|guess| guess.field.map(Field::code));
        codes.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn a_wards_roster_is_known_by_its_headings() {
        let guessed = fields(
            "登録番号,氏名,フリガナ,性別,生年月日,郵便番号,住所,電話番号,世帯,緊急連絡先１氏名,続柄１,電話１,\
             緊急連絡先２氏名,続柄２,電話２,かかりつけ医療機関,診療科,主治医,医療機関電話,既往歴,服薬,介護認定,登録日,備考",
        );
        let expected = "old_number name kana sex born postcode address phone living contact1_name \
             contact1_relation contact1_phone contact2_name contact2_relation contact2_phone \
             clinic1_institution clinic1_department clinic1_doctor clinic1_phone illnesses drugs \
             certification registered_on remarks";
        assert_eq!(guessed.join(" "), expected);
    }

    #[test]
    fn other_ways_of_heading_are_known_too() {
        let guessed = fields(
            "Ｎｏ．,姓,名,セイ,メイ,男女,生年月日(和暦),〒,住 所,方書,ＴＥＬ,携帯電話,緊急連絡先①,続柄,電話番号,住所,\
             緊急連絡先②,続柄,電話番号,住所,担当ケアマネージャー,かかりつけ医,電話,民生委員名",
        );
        let expected = "old_number family given family_kana given_kana sex born postcode address building \
             phone other_phone contact1_name contact1_relation contact1_phone contact1_address \
             contact2_name contact2_relation contact2_phone contact2_address manager_name \
             clinic1_institution clinic1_phone ";
        assert_eq!(guessed.join(" "), expected);
    }

    #[test]
    fn unknown_and_repeated_headings_are_left_out() {
        assert_eq!(
            fields("氏名,住所,血液型,備考,備考"),
            ["name", "address", "", "remarks", ""]
        );
        assert_eq!(
            fields("氏名,住所,電話,電話2"),
            ["name", "address", "phone", "other_phone"]
        );
        assert_eq!(key("緊急連絡先①（氏名）"), key("緊急連絡先1 氏名"));
    }

    #[test]
    fn no_word_has_two_meanings() {
        let mut seen = HashSet::new();
        for word in WORDS.iter().flat_map(|(_, words)| words.iter()) {
            let (folded, number) = folded(word);
            assert_eq!(number, None, "{word}");
            assert!(seen.insert(folded), "{word} stands twice");
        }
    }
}
