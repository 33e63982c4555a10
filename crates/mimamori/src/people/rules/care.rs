//! What the center knows for its own work, and what a finder should know.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::coded::{coded, redacted};
use super::group::{Gap, Group, Item, Part};

coded! {
    /// 要介護認定 (介護保険法27条・32条): where somebody stands.
    Certification {
        /// 未確認
        Unconfirmed "unconfirmed" "未確認",
        /// 未申請
        NotApplied "not_applied" "未申請",
        /// 申請中
        Applied "applied" "申請中",
        /// 非該当
        NotEligible "not_eligible" "非該当",
        /// 要支援1
        Support1 "support_1" "要支援1",
        /// 要支援2
        Support2 "support_2" "要支援2",
        /// 要介護1
        Care1 "care_1" "要介護1",
        /// 要介護2
        Care2 "care_2" "要介護2",
        /// 要介護3
        Care3 "care_3" "要介護3",
        /// 要介護4
        Care4 "care_4" "要介護4",
        /// 要介護5
        Care5 "care_5" "要介護5",
    }
}

/// 介護・センターの記録
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// 認定
    pub certification: Certification,
    /// 保険者番号: six digits, or empty.
    #[serde(default)]
    pub insurer: String,
    /// 有効期限: the last day of the certification.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// ケアマネジャー
    #[serde(default)]
    pub manager_name: String,
    /// 居宅介護支援事業所
    #[serde(default)]
    pub manager_office: String,
    /// Their phone.
    #[serde(default)]
    pub manager_phone: Option<Phone>,
    /// The center's own notes.
    #[serde(default)]
    pub notes: String,
    /// 鍵と備考: who holds a key, what else to know.
    #[serde(default)]
    pub remarks: String,
}

impl Default for Care {
    fn default() -> Care {
        Care {
            certification: Certification::Unconfirmed,
            insurer: String::new(),
            valid_until: None,
            manager_name: String::new(),
            manager_office: String::new(),
            manager_phone: None,
            notes: String::new(),
            remarks: String::new(),
        }
    }
}

impl Part for Care {
    const GROUP: Group = Group::Care;

    fn items(&self) -> Vec<Item> {
        let until = self.valid_until.map(|day| day.to_string());
        let phone = self.manager_phone.as_ref().map(Phone::to_string);
        vec![
            Item::new("要介護認定", self.certification.word()),
            Item::new("保険者番号", &self.insurer),
            Item::new("認定の有効期限", until.unwrap_or_default()),
            Item::new("ケアマネジャー", &self.manager_name),
            Item::new("ケアマネジャーの事業所", &self.manager_office),
            Item::new("ケアマネジャーの電話", phone.unwrap_or_default()),
            Item::new("センターの記録", &self.notes),
            Item::new("鍵・備考", &self.remarks),
        ]
    }

    fn gap(&self) -> Gap {
        let open = self.certification == Certification::Unconfirmed;
        Gap::of(open.then_some("要介護認定").into_iter().collect())
    }
}

/// 発見時の注意: what a finder may read without knowing who it is. Holds no name by the form's hint.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finder {
    /// 「耳が遠いので、正面からゆっくり」
    #[serde(default)]
    pub notes: String,
}

impl Part for Finder {
    const GROUP: Group = Group::Finder;

    fn items(&self) -> Vec<Item> {
        vec![Item::new("発見した方へ", &self.notes)]
    }

    fn gap(&self) -> Gap {
        match self.notes.trim().is_empty() {
            true => Gap::Empty,
            false => Gap::Nothing,
        }
    }
}

redacted!(Care, Finder);
