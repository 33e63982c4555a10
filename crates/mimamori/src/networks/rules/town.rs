//! A town and its centers.

use words::phone::Phone;

use crate::ids::{CenterId, NetworkId};

/// Which chapter of the law on personal data (個人情報保護法) the network works under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// A ward, a city or another public body: chapter 5, article 69.
    Public,
    /// A private body, such as a hospital that runs a center by contract: chapter 4, article 27.
    Private,
}

impl Operator {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Operator::Public => "public",
            Operator::Private => "private",
        }
    }

    /// The operator of a code.
    pub fn from_code(code: &str) -> Option<Operator> {
        [Operator::Public, Operator::Private]
            .into_iter()
            .find(|operator| operator.code() == code)
    }
}

/// Whether those who see medical parts must give a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// They must; anybody else may.
    Compulsory,
    /// Everybody may.
    Voluntary,
}

impl SecondFactor {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            SecondFactor::Compulsory => "compulsory",
            SecondFactor::Voluntary => "voluntary",
        }
    }

    /// The rule of a code; an unknown one is the strict one.
    pub fn from_code(code: &str) -> SecondFactor {
        match code {
            "voluntary" => SecondFactor::Voluntary,
            _ => SecondFactor::Compulsory,
        }
    }
}

/// Minutes without a request after which a session may end: least and most.
pub const IDLE_MINUTES: std::ops::RangeInclusive<i64> = 5..=240;

/// A town as its settings page has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Town {
    /// Its identity.
    pub id: NetworkId,
    /// Its name in addresses: small letters, digits, hyphens.
    pub short: String,
    /// Its name as people read it: 「みなみ町見守りネットワーク」.
    pub name: String,
    /// 全国地方公共団体コード, six digits.
    pub municipality_code: String,
    /// Which law applies.
    pub operator: Operator,
    /// The number to call by day; centers may have their own.
    pub day_phone: Option<Phone>,
    /// The number to call at night and on days off.
    pub night_phone: Option<Phone>,
    /// Minutes without a request after which a session ends; within [`IDLE_MINUTES`].
    pub idle_minutes: i64,
    /// Whether the second factor is compulsory.
    pub second_factor: SecondFactor,
    /// Grows with every change.
    pub version: i64,
}

/// What a new town begins with.
#[derive(Clone)]
pub struct NewTown {
    /// Its name in addresses; see [`is_short`].
    pub short: String,
    /// Its name as people read it.
    pub name: String,
    /// 全国地方公共団体コード.
    pub municipality_code: words::municipality::MunicipalityCode,
    /// Which law applies.
    pub operator: Operator,
    /// The number to call by day.
    pub day_phone: Option<Phone>,
    /// The number to call at night.
    pub night_phone: Option<Phone>,
}

/// What the log-in page shows of a town: nothing that is not on a poster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownCard {
    /// Its identity.
    pub id: NetworkId,
    /// Its name in addresses.
    pub short: String,
    /// Its name.
    pub name: String,
}

/// Whether the text may be a town's name in addresses: 2 to 32 small letters,
/// digits and hyphens, a letter first.
pub fn is_short(text: &str) -> bool {
    let letters = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    letters && (2..=32).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A center (地域包括支援センター).
#[derive(Clone, PartialEq, Eq)]
pub struct Center {
    /// Its identity.
    pub id: CenterId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// Its own number by day; the town's where there is none.
    pub day_phone: Option<Phone>,
    /// Its own number at night; the town's where there is none.
    pub night_phone: Option<Phone>,
    /// Milliseconds since 1970 at which it was given up.
    pub closed_at: Option<i64>,
    /// Grows with every change.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_fits_an_address() {
        for good in ["minami", "ota-ku", "x1"] {
            assert!(is_short(good), "{good}");
        }
        for bad in ["", "a", "1st", "Minami", "みなみ", "a/b", "-a"] {
            assert!(!is_short(bad), "{bad}");
        }
    }

    #[test]
    fn an_unknown_rule_is_the_strict_one() {
        assert_eq!(SecondFactor::from_code("?"), SecondFactor::Compulsory);
        assert_eq!(
            SecondFactor::from_code("voluntary"),
            SecondFactor::Voluntary
        );
    }
}
