//! Organisations of a watch-over agreement (見守り協定): newspapers, posts, shops, utilities.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Ending, Refusal};
use crate::ids::RowId;
use crate::people::{coded, one_line};

coded! {
    /// What an organisation does.
    Trade {
        /// 新聞販売
        Newspaper "newspaper" "新聞の配達",
        /// 郵便・宅配
        Post "post" "郵便・宅配",
        /// 生協・宅食
        Meals "meals" "生協・配食",
        /// 商店
        Shop "shop" "商店・スーパー",
        /// 電気・ガス・水道
        Utility "utility" "電気・ガス・水道",
        /// 金融
        Bank "bank" "銀行・信用金庫",
        /// 住まい
        Housing "housing" "不動産・住宅管理",
        /// 薬局・医療
        Pharmacy "pharmacy" "薬局・医療",
        /// 交通
        Transport "transport" "交通・タクシー",
        /// その他
        Other "other" "その他",
    }
}

/// Whom to reach there; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reach {
    /// Who is responsible.
    pub person: String,
    /// Telephone.
    pub phone: String,
    /// Mail.
    pub mail: String,
    /// Postcode, as written on a letter.
    pub postcode: String,
    /// Where letters go.
    pub address: String,
}

/// An organisation and its agreement.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its identity.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub trade: Trade,
    /// Whom to reach.
    pub reach: Reach,
    /// First day of the term.
    pub began_on: Date,
    /// Last day of the term.
    pub ends_on: Date,
    /// When its people were last trained.
    pub trained_on: Option<Date>,
    /// When its link was made; `None`: it has none.
    pub link_at: Option<i64>,
    /// The end of the term whose renewal is a task already.
    pub asked_for: Option<Date>,
    /// When it ended.
    pub closed_at: Option<i64>,
    /// Grows with every change.
    pub version: i64,
}

/// So many days before the end of a term its renewal is a task.
pub const RENEWAL_DAYS: i32 = 60;

impl Agreement {
    /// Trimmed and in its limits.
    pub fn checked(mut self) -> Result<Agreement, Refusal> {
        let text = |field, bad| Refusal::Text(field, bad);
        self.name = one_line(&self.name, 100).map_err(|bad| text("name", bad))?;
        if self.name.is_empty() {
            return Err(Refusal::NoWords);
        }
        let reach = &mut self.reach;
        reach.person = one_line(&reach.person, 100).map_err(|bad| text("person", bad))?;
        reach.postcode = one_line(&reach.postcode, 20).map_err(|bad| text("postcode", bad))?;
        reach.address = one_line(&reach.address, 200).map_err(|bad| text("address", bad))?;
        reach.phone = one_line(&reach.phone, 40).map_err(|bad| text("phone", bad))?;
        if !reach.phone.is_empty() && words::phone::Phone::parse(&reach.phone).is_err() {
            return Err(Refusal::BadPhone);
        }
        if !reach.mail.trim().is_empty() {
            let mail = crate::people::Mail::read_address(reach.mail.trim());
            reach.mail = mail.map_err(|_| Refusal::BadMail)?;
        }
        match self.began_on <= self.ends_on {
            true => Ok(self),
            false => Err(Refusal::OutOfRange("ends_on")),
        }
    }

    /// Days left of the term; below zero when it is over.
    pub fn days_left(&self, today: Date) -> i32 {
        (self.ends_on - today).get_days()
    }

    /// Whether its renewal has to become a task now.
    pub fn wants_renewal(&self, today: Date) -> bool {
        let asked = self.asked_for == Some(self.ends_on);
        self.closed_at.is_none() && !asked && self.days_left(today) <= RENEWAL_DAYS
    }

    /// The term after this one: a year more. What ended long ago begins today.
    pub fn renewed(mut self, today: Date) -> Agreement {
        let next = self.ends_on.saturating_add(1.year());
        self.ends_on = match next < today {
            true => today.saturating_add(1.year()),
            false => next,
        };
        self
    }
}

/// So many days after the end of its term an organisation's link still leads to its form: a renewal
/// that comes a little late costs nobody a notice, and no link outlives an agreement for years.
pub const LINK_GRACE_DAYS: i64 = 30;

/// What an organisation told and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// How; nothing for what has not ended.
    pub ending: Option<Ending>,
    /// How many.
    pub count: i64,
    /// How many of them nobody has looked into yet.
    pub waiting: i64,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn paper() -> Agreement {
        Agreement {
            id: RowId(1),
            name: "みなみ新聞販売所".to_owned(),
            trade: Trade::Newspaper,
            reach: Reach::default(),
            began_on: date(2026, 4, 1),
            ends_on: date(2027, 3, 31),
            trained_on: None,
            link_at: None,
            asked_for: None,
            closed_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_renewal_is_asked_for_once_sixty_days_before() {
        let mut one = paper();
        assert!(!one.wants_renewal(date(2027, 1, 29)));
        assert!(one.wants_renewal(date(2027, 1, 30)));
        one.asked_for = Some(one.ends_on);
        assert!(!one.wants_renewal(date(2027, 2, 1)));
        let renewed = one.renewed(date(2027, 2, 1));
        assert_eq!(renewed.ends_on, date(2028, 3, 31));
        assert!(renewed.wants_renewal(date(2028, 2, 1)));
    }

    #[test]
    fn what_can_t_be_is_refused() {
        let backwards = Agreement {
            ends_on: date(2025, 1, 1),
            ..paper()
        };
        assert!(matches!(
            backwards.checked(),
            Err(Refusal::OutOfRange("ends_on"))
        ));
        let nameless = Agreement {
            name: " ".to_owned(),
            ..paper()
        };
        assert!(matches!(nameless.checked(), Err(Refusal::NoWords)));
    }
}
