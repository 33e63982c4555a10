//! What an ambulance or a hospital needs.

use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::coded::redacted;
use super::group::{Gap, Group, Item, Part};

/// Something that is listed, is known not to be, or has not been asked: three different things.
///
/// HL7 IPS demands the same of allergies and drugs: "none known" is stated, never left blank. A
/// roster's 「なし」 is less than that: nobody here has asked the person, and an ambulance that
/// hears "none" must hear who says so.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// あり: in the family's words.
    Listed(String),
    /// なし: asked, and there is none.
    None,
    /// なし on a roster: written there, not yet asked here.
    NoneInRoster,
    /// 未確認: not asked, or no answer.
    #[default]
    NotConfirmed,
}

impl Known {
    /// As it is read out.
    pub fn words(&self) -> &str {
        match self {
            Known::Listed(text) => text,
            Known::None => "なし（確認ずみ）",
            Known::NoneInRoster => "なし（名簿の記載。本人への確認はまだ）",
            Known::NotConfirmed => "未確認",
        }
    }

    /// The code of a form's choice.
    pub const fn code(&self) -> &'static str {
        match self {
            Known::Listed(_) => "listed",
            Known::None => "none",
            Known::NoneInRoster => "none_in_roster",
            Known::NotConfirmed => "not_confirmed",
        }
    }

    /// What it is once it was confirmed with the person or the family.
    fn confirmed(self) -> Known {
        match self {
            Known::NoneInRoster => Known::None,
            other => other,
        }
    }
}

/// かかりつけ: one clinic or hospital.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    /// 医療機関
    pub institution: String,
    /// 診療科
    #[serde(default)]
    pub department: String,
    /// 主治医
    #[serde(default)]
    pub doctor: String,
    /// 電話
    #[serde(default)]
    pub phone: Option<Phone>,
}

/// 医療情報
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medical {
    /// The most important first.
    #[serde(default)]
    pub clinics: Vec<Clinic>,
    /// 病歴
    #[serde(default)]
    pub illnesses: Known,
    /// 服薬
    #[serde(default)]
    pub drugs: Known,
    /// アレルギー
    #[serde(default)]
    pub allergies: Known,
}

redacted!(Known, Clinic, Medical);

/// So many clinics a record may hold.
pub const MOST_CLINICS: usize = 6;

impl Part for Medical {
    const GROUP: Group = Group::Medical;

    fn confirmed(self) -> Medical {
        Medical {
            clinics: self.clinics,
            illnesses: self.illnesses.confirmed(),
            drugs: self.drugs.confirmed(),
            allergies: self.allergies.confirmed(),
        }
    }

    fn gap(&self) -> Gap {
        let all = [
            (&self.illnesses, "病歴"),
            (&self.drugs, "服薬"),
            (&self.allergies, "アレルギー"),
        ];
        let open = all
            .into_iter()
            .filter(|(known, _)| **known == Known::NotConfirmed);
        Gap::of(open.map(|(_, label)| label).collect())
    }

    fn items(&self) -> Vec<Item> {
        let clinics = self.clinics.iter().zip(1..);
        let mut items: Vec<Item> = clinics.flat_map(|(clinic, at)| clinic.items(at)).collect();
        items.push(Item::new("病歴", self.illnesses.words()));
        items.push(Item::new("服薬", self.drugs.words()));
        items.push(Item::new("アレルギー", self.allergies.words()));
        items
    }
}

impl Clinic {
    fn items(&self, at: usize) -> Vec<Item> {
        let label = |what: &str| format!("かかりつけ{at} {what}");
        let phone = self.phone.as_ref().map(Phone::to_string);
        vec![
            Item::new(label("医療機関"), &self.institution),
            Item::new(label("診療科"), &self.department),
            Item::new(label("主治医"), &self.doctor),
            Item::new(label("電話"), phone.unwrap_or_default()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rosters_none_is_confirmed_only_by_asking() {
        let medical = Medical {
            illnesses: Known::Listed("糖尿病".to_owned()),
            drugs: Known::NotConfirmed,
            allergies: Known::NoneInRoster,
            ..Medical::default()
        };
        assert!(!medical.allergies.words().contains("確認ずみ"));
        let asked = medical.clone().confirmed();
        assert!(asked.allergies == Known::None);
        assert!(asked.illnesses == medical.illnesses && asked.drugs == medical.drugs);
    }
}
