//! What the person agreed to, tier by tier.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::coded::{coded, redacted};
use super::group::{Gap, Group, Item, Part};

coded! {
    /// What consent is asked for; each tier is opened by its own act at the desk.
    Tier {
        /// Name, address and contacts to police, fire, hospital and finders' helpers.
        Identity "identity" "基本情報と緊急連絡先を伝える",
        /// Medical things to ambulances and hospitals.
        Medical "medical" "医療情報を救急・病院に伝える",
        /// Notes on the finder's page.
        Board "board" "発見時の注意を公開ページに出す",
    }
}

coded! {
    /// What was answered.
    Answer {
        /// 同意
        Given "given" "同意あり",
        /// 不同意
        Refused "refused" "同意しない",
        /// 未確認
        NotAsked "not_asked" "未確認",
    }
}

/// Who answered.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnsweredBy {
    /// 本人
    #[default]
    Person,
    /// 代理: somebody for them.
    Proxy {
        /// Their name.
        name: String,
        /// 続柄
        relation: String,
    },
}

/// One tier's answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What was answered.
    pub answer: Answer,
    /// When.
    #[serde(default)]
    pub on: Option<Date>,
    /// By whom.
    #[serde(default)]
    pub by: AnsweredBy,
    /// Since when it is withdrawn.
    #[serde(default)]
    pub withdrawn_on: Option<Date>,
}

impl Default for Given {
    fn default() -> Given {
        Given {
            answer: Answer::NotAsked,
            on: None,
            by: AnsweredBy::Person,
            withdrawn_on: None,
        }
    }
}

impl Given {
    /// Consent by the person on this day.
    pub fn by_person(on: Date) -> Given {
        Given {
            answer: Answer::Given,
            on: Some(on),
            ..Given::default()
        }
    }

    /// Whether it holds now: given and not withdrawn.
    pub fn holds(&self) -> bool {
        self.answer == Answer::Given && self.withdrawn_on.is_none()
    }

    /// As it is read: 「同意あり（2026-04-01、本人）」.
    pub fn words(&self) -> String {
        if self.answer == Answer::NotAsked {
            return self.answer.word().to_owned();
        }
        let on = self.on.map_or("日付不明".to_owned(), |day| day.to_string());
        let by = match &self.by {
            AnsweredBy::Person => "本人".to_owned(),
            AnsweredBy::Proxy { name, relation } => format!("代理 {name} {relation}"),
        };
        let first = format!("{}（{on}、{by}）", self.answer.word());
        match self.withdrawn_on {
            Some(day) => format!("{day}に撤回。それまでは{first}"),
            None => first,
        }
    }
}

/// 同意, by tier.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// See [`Tier::Identity`].
    #[serde(default)]
    pub identity: Given,
    /// See [`Tier::Medical`].
    #[serde(default)]
    pub medical: Given,
    /// See [`Tier::Board`].
    #[serde(default)]
    pub board: Given,
}

redacted!(AnsweredBy, Given, Consent);

impl Consent {
    /// The answer of a tier.
    pub const fn of(&self, tier: Tier) -> &Given {
        match tier {
            Tier::Identity => &self.identity,
            Tier::Medical => &self.medical,
            Tier::Board => &self.board,
        }
    }
}

impl Part for Consent {
    const GROUP: Group = Group::Consent;

    fn items(&self) -> Vec<Item> {
        let tiers = Tier::ALL.iter();
        tiers
            .map(|tier| Item::new(tier.word(), self.of(*tier).words()))
            .collect()
    }

    fn gap(&self) -> Gap {
        let open = |tier: &&Tier| self.of(**tier).answer == Answer::NotAsked;
        Gap::of(
            Tier::ALL
                .iter()
                .filter(open)
                .map(|tier| tier.word())
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn withdrawn_consent_no_longer_holds_but_is_told() {
        let mut given = Given::by_person(date(2026, 4, 1));
        assert!(given.holds());
        given.withdrawn_on = Some(date(2026, 5, 2));
        assert!(!given.holds());
        assert_eq!(
            given.words(),
            "2026-05-02に撤回。それまでは同意あり（2026-04-01、本人）"
        );
        assert!(!Given::default().holds());
    }

    #[test]
    fn what_was_never_asked_is_named() {
        let given = Given::by_person(date(2026, 4, 1));
        let mut consent = Consent {
            identity: given.clone(),
            medical: given.clone(),
            board: Given::default(),
        };
        assert_eq!(consent.gap(), Gap::Unasked(vec![Tier::Board.word()]));
        consent.board = Given {
            answer: Answer::Refused,
            ..given
        };
        assert_eq!(consent.gap(), Gap::Nothing, "a no is an answer");
    }
}
