//! Who somebody is.

use serde::{Deserialize, Serialize};
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;
use words::postcode::Postcode;

use super::coded::{coded, redacted};
use super::group::{Gap, Group, Item, Part};

coded! {
    /// Sex, as answered.
    Sex {
        /// 女
        Female "female" "女",
        /// 男
        Male "male" "男",
        /// Another answer.
        Other "other" "その他",
        /// 無回答: asked, not answered.
        Unanswered "unanswered" "無回答",
    }
}

coded! {
    /// With whom somebody lives.
    Living {
        /// 独居
        Alone "alone" "独居",
        /// 夫婦のみ
        Couple "couple" "夫婦のみ",
        /// 同居
        Family "family" "同居",
        /// 施設
        Facility "facility" "施設",
        /// その他
        Other "other" "その他",
        /// 未確認: nobody has asked yet.
        Unconfirmed "unconfirmed" "未確認",
    }
}

/// 基本情報: who somebody is and where to be found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// 氏名, exactly as written.
    pub name: PersonName,
    /// フリガナ of the family name; unknown where a roster lacks it.
    #[serde(default)]
    pub family_kana: Option<Reading>,
    /// フリガナ of the given name.
    #[serde(default)]
    pub given_kana: Option<Reading>,
    /// 性別
    pub sex: Sex,
    /// 生年月日
    pub born: PartialDate,
    /// 郵便番号
    #[serde(default)]
    pub postcode: Option<Postcode>,
    /// 住所, exactly as written.
    #[serde(default)]
    pub address: Option<Address>,
    /// 電話, the one to try first first.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// 世帯
    pub living: Living,
    /// The number of the roster this person came with (登録番号), as written there.
    #[serde(default)]
    pub old_number: Option<String>,
}

redacted!(Identity);

impl Identity {
    /// Both readings with a space between; empty where none is known.
    pub fn kana(&self) -> String {
        let parts = [&self.family_kana, &self.given_kana];
        let known = parts.into_iter().flatten().map(Reading::as_str);
        known.collect::<Vec<_>>().join(" ")
    }
}

impl Part for Identity {
    const GROUP: Group = Group::Identity;

    fn items(&self) -> Vec<Item> {
        let postcode = self.postcode.map(|code| code.to_string());
        let mut items = vec![
            Item::new("氏名", self.name.to_string()),
            Item::new("フリガナ", self.kana()),
            Item::new("性別", self.sex.word()),
            Item::new("生年月日", self.born.both()),
            Item::new("郵便番号", postcode.unwrap_or_default()),
            Item::new("住所", written(&self.address)),
            Item::new("世帯", self.living.word()),
            Item::new(
                "名簿の登録番号",
                self.old_number.clone().unwrap_or_default(),
            ),
        ];
        items.extend(phone_items("電話", &self.phones));
        items
    }

    fn gap(&self) -> Gap {
        let open = self.living == Living::Unconfirmed;
        Gap::of(open.then_some("世帯").into_iter().collect())
    }
}

/// 「電話」 for one phone, 「電話1」「電話2」 for several.
pub(super) fn phone_items(label: &str, phones: &[Phone]) -> Vec<Item> {
    if let [only] = phones {
        return vec![Item::new(label, only.to_string())];
    }
    let numbered = phones.iter().zip(1..);
    numbered
        .map(|(phone, at)| Item::new(format!("{label}{at}"), phone.to_string()))
        .collect()
}

/// An address as it was written, so that a new way of writing it shows as a change.
pub(super) fn written(address: &Option<Address>) -> &str {
    address.as_ref().map_or("", Address::as_written)
}
