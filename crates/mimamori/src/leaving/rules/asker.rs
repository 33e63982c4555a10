//! Who asked.

use serde::{Deserialize, Serialize};

/// Who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskerKind {
    /// ご本人
    Person,
    /// 代理人: acts for the person, by law or by a power of attorney.
    Proxy,
    /// ご家族
    Family,
    /// 役所・関係機関の連絡
    Office,
    /// Nobody said: the state of the record was found so.
    Unknown,
}

/// Those that can be chosen.
const CHOICES: [AskerKind; 4] = [
    AskerKind::Person,
    AskerKind::Proxy,
    AskerKind::Family,
    AskerKind::Office,
];

impl AskerKind {
    /// Those that can be chosen, in the order of the form.
    pub const CHOICES: [AskerKind; 4] = CHOICES;

    /// The code sent by the form.
    pub const fn code(self) -> &'static str {
        match self {
            AskerKind::Person => "person",
            AskerKind::Proxy => "proxy",
            AskerKind::Family => "family",
            AskerKind::Office => "office",
            AskerKind::Unknown => "unknown",
        }
    }

    /// One that can be chosen, by its code.
    pub fn from_code(code: &str) -> Option<AskerKind> {
        CHOICES.into_iter().find(|kind| kind.code() == code)
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            AskerKind::Person => "ご本人",
            AskerKind::Proxy => "代理人",
            AskerKind::Family => "ご家族",
            AskerKind::Office => "役所・関係機関からの連絡",
            AskerKind::Unknown => "記録なし（登録の状態から）",
        }
    }
}

/// Who asked, and how it was made sure; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// Who.
    pub kind: AskerKind,
    /// Their name; empty for the person.
    #[serde(default)]
    pub name: String,
    /// 「長女」「成年後見人」
    #[serde(default)]
    pub relation: String,
    /// How it was made sure, and what was said.
    #[serde(default)]
    pub note: String,
}

impl Asker {
    /// Nobody said.
    pub fn unknown() -> Asker {
        let none = String::new;
        Asker {
            kind: AskerKind::Unknown,
            name: none(),
            relation: none(),
            note: none(),
        }
    }

    /// 「代理人（成年後見人）南野 一郎さん」
    pub fn said(&self) -> String {
        let mut said = self.kind.word().to_owned();
        if !self.relation.is_empty() {
            said = format!("{said}（{}）", self.relation);
        }
        if !self.name.is_empty() {
            said = format!("{said} {} さん", self.name);
        }
        said
    }
}

impl std::fmt::Debug for Asker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Asker({:?}, sealed)", self.kind)
    }
}
