//! A kind of path: a list of steps with days.

use serde::{Deserialize, Serialize};

use crate::ids::RowId;
use crate::people::coded;

/// More steps than any procedure of a center has.
pub const MOST_STEPS: usize = 12;
/// The longest word of a step or a kind.
pub const MOST_WORD: usize = 40;
/// The longest time a step may take: three years.
pub const MOST_DAYS: u16 = 1_096;

coded! {
    /// Who acts in a step.
    Who {
        /// The person or the family.
        Person "person" "ご本人・ご家族",
        /// The center.
        Center "center" "センター",
        /// The town, as insurer or as office.
        Town "town" "町・保険者",
        /// A doctor or a hospital.
        Doctor "doctor" "医師・医療機関",
        /// The family court.
        Court "court" "家庭裁判所",
        /// Somebody else.
        Other "other" "そのほか",
    }
}

coded! {
    /// From where the days of a step are counted.
    Counted {
        /// From the step before.
        Previous "previous" "前の段階が済んだ日から",
        /// From the first step.
        First "first" "最初の段階が済んだ日から",
        /// From the beginning of the path.
        Start "start" "つなぎを始めた日から",
    }
}

coded! {
    /// What the program knows more about than its steps.
    Base {
        /// 要介護認定: its result goes into the record.
        Certification "certification" "要介護・要支援認定",
        /// 成年後見
        Guardianship "guardianship" "成年後見",
        /// 権利擁護
        Advocacy "advocacy" "権利擁護（日常生活自立支援事業）",
        /// 虐待対応
        Abuse "abuse" "高齢者虐待への対応",
        /// 消費者被害
        Fraud "fraud" "消費者被害への対応",
        /// 緊急通報装置
        Alarm "alarm" "緊急通報装置の設置",
    }
}

/// A step as a kind has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPlan {
    /// What the program knows it by; empty where the town thought of it.
    #[serde(default)]
    pub code: String,
    /// As it is shown.
    pub word: String,
    /// Who acts.
    pub who: Who,
    /// Within so many days; nothing where there is no term.
    pub days: Option<u16>,
    /// Counted from where.
    pub counted: Counted,
    /// Whether the path may end without it.
    #[serde(default)]
    pub optional: bool,
}

/// A kind of path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The town's own; nothing for one of the program's.
    pub id: Option<RowId>,
    /// What the program knows more about; nothing for what the town thought of.
    pub base: Option<Base>,
    /// As it is shown.
    pub word: String,
    /// In order.
    pub steps: Vec<StepPlan>,
    /// Whether new paths may still begin.
    pub open: bool,
    /// Grows with every change; 0 for one of the program's.
    pub version: i64,
}

impl Plan {
    /// The code by which a form and a row name it.
    pub fn code(&self) -> String {
        match (self.id, self.base) {
            (Some(id), _) => id.to_string(),
            (None, Some(base)) => base.code().to_owned(),
            (None, None) => String::new(),
        }
    }
}
