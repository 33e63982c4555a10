//! Why somebody leaves, and how long the record waits.

use crate::networks::Operator;
use crate::people;

/// Why somebody leaves the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 転出
    MovedAway,
    /// 死亡
    Died,
    /// 登録のとりやめ
    Withdrawn,
    /// 消去の希望
    Erasure,
}

/// Every kind, in the order in which pages list them.
pub const KINDS: [Kind; 4] = [Kind::MovedAway, Kind::Died, Kind::Withdrawn, Kind::Erasure];

/// No town keeps a record without a purpose for longer than this.
pub const LONGEST: i64 = 3_650;

impl Kind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::MovedAway => "moved_away",
            Kind::Died => "died",
            Kind::Withdrawn => "withdrawn",
            Kind::Erasure => "erasure",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Kind> {
        KINDS.into_iter().find(|kind| kind.code() == code)
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::MovedAway => "転出",
            Kind::Died => "死亡",
            Kind::Withdrawn => "登録のとりやめ",
            Kind::Erasure => "情報の消去の希望",
        }
    }

    /// What to choose it for.
    pub const fn hint(self) -> &'static str {
        match self {
            Kind::MovedAway => "町の外へ引っ越された、または町の外の施設に移られたとき",
            Kind::Died => "亡くなられたことを、ご家族や役所の連絡で確かめたとき",
            Kind::Withdrawn => "見守りの登録をやめたいと申し出があったとき",
            Kind::Erasure => "登録をやめるだけでなく、記録を早く消してほしいと申し出があったとき",
        }
    }

    /// What the day is called that it happened on.
    pub const fn day_label(self) -> &'static str {
        match self {
            Kind::MovedAway => "転出された日",
            Kind::Died => "亡くなられた日",
            Kind::Withdrawn | Kind::Erasure => "申し出のあった日",
        }
    }

    /// What the person is from then on.
    pub const fn state(self) -> people::State {
        match self {
            Kind::MovedAway => people::State::MovedAway,
            Kind::Died => people::State::Died,
            Kind::Withdrawn | Kind::Erasure => people::State::Withdrawn,
        }
    }

    /// The kind of somebody who is no longer registered, however that was written down.
    pub const fn of_state(state: people::State) -> Option<Kind> {
        match state {
            people::State::Registered | people::State::Merged => None,
            people::State::MovedAway => Some(Kind::MovedAway),
            people::State::Died => Some(Kind::Died),
            people::State::Withdrawn => Some(Kind::Withdrawn),
        }
    }

    /// Days the record waits until the town says otherwise.
    const fn days(self) -> i64 {
        match self {
            Kind::MovedAway => 365,
            Kind::Died => 180,
            Kind::Withdrawn => 90,
            Kind::Erasure => 14,
        }
    }

    const fn reason(self) -> &'static str {
        match self {
            Kind::MovedAway => {
                "町にもどられたときや、転出先の窓口から問い合わせがあったときのために、転出の日から1年残し、そのあと消去します。"
            }
            Kind::Died => {
                "ご家族への連絡、タグの返却、亡くなる前の照会についての問い合わせのために、亡くなった日から半年残し、そのあと消去します。"
            }
            Kind::Withdrawn => {
                "思い直して続けられる方のために、申し出の日から90日残し、そのあと消去します。"
            }
            Kind::Erasure => {
                "取りちがえや、ご本人の意思でない申し出でないことを確かめるために、申し出の日から14日待ち、そのあと消去します。"
            }
        }
    }
}

/// How long a kind waits in a town, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Of which kind.
    pub kind: Kind,
    /// Days from the day it happened.
    pub days: i64,
    /// Why so long, as it is told to whoever asked.
    pub reason: String,
    /// 0 while it is the default.
    pub version: i64,
}

impl Term {
    /// The term until the town says otherwise.
    pub fn default_of(kind: Kind) -> Term {
        Term {
            kind,
            days: kind.days(),
            reason: kind.reason().to_owned(),
            version: 0,
        }
    }

    /// The law behind it: what is no longer needed is erased.
    pub const fn law(operator: Operator) -> &'static str {
        match operator {
            Operator::Public => {
                "個人情報の保護に関する法律第61条（利用目的に必要な範囲をこえて保有しない）、第98条（利用停止・消去の請求）"
            }
            Operator::Private => {
                "個人情報の保護に関する法律第22条（必要がなくなったときは遅滞なく消去するよう努める）、第35条（利用停止・消去の請求）"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_and_terms_are_in_bounds() {
        for kind in KINDS {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            let term = Term::default_of(kind);
            assert!(term.days > 0 && term.days <= LONGEST && !term.reason.is_empty());
        }
    }
}
