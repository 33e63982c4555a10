//! One referral, and the organisations among which somebody chooses.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, RowId};
use crate::people::coded;

/// The longest words beside a referral.
pub const MOST_WORDS: usize = 300;
/// More places than any organisation of a town has.
pub const MOST_CAPACITY: u32 = 10_000;

coded! {
    /// What somebody is referred for.
    Service {
        /// 居宅介護支援
        Manager "manager" "ケアマネジャー（居宅介護支援）",
        /// 訪問介護
        Home "home" "ヘルパー（訪問介護）",
        /// 通所介護
        Day "day" "デイサービス（通所介護）",
        /// 訪問看護
        Nursing "nursing" "訪問看護",
        /// 病院・診療所
        Clinic "clinic" "病院・診療所",
        /// 配食
        Meals "meals" "配食",
        /// 施設・住まい
        Housing "housing" "施設・住まい",
        /// 法律・後見
        Law "law" "法律・後見の専門職",
        /// その他
        Other "other" "そのほか",
    }
}

coded! {
    /// Who chose.
    Chooser {
        /// The person.
        Person "person" "ご本人が選んだ",
        /// The family.
        Family "family" "ご家族が選んだ",
        /// Nobody would choose; the center did.
        Center "center" "選べないと言われ、職員が決めた",
    }
}

/// What an organisation offers, and whether it supports the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    /// Of the directory.
    pub organisation: RowId,
    /// Its name in the directory.
    pub name: String,
    /// A sponsor from this day.
    pub since: Option<Date>,
    /// Until this day, the last one.
    pub until: Option<Date>,
    /// Places by service; what is not here is not offered.
    pub places: Vec<(Service, u32)>,
    /// 0 while nothing was said of it.
    pub version: i64,
}

impl Offering {
    /// Whether it was a sponsor on a day.
    pub fn is_sponsor(&self, on: Date) -> bool {
        self.since.is_some_and(|since| since <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// How many places it has for a service; 0 where it does not offer it.
    pub fn places_for(&self, service: Service) -> u32 {
        let found = self.places.iter().find(|(of, _)| *of == service);
        found.map_or(0, |(_, places)| *places)
    }
}

/// Those that offer a service, in an order that is another one for every person: whoever stands
/// first on a list is chosen more often.
pub fn order(offerings: &[Offering], service: Service, person: PersonId) -> Vec<&Offering> {
    let mut offered: Vec<&Offering> = offerings
        .iter()
        .filter(|one| one.places_for(service) > 0)
        .collect();
    offered.sort_by_key(|one| {
        let mixed = (one.organisation.0 ^ person.0).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as i64);
        (mixed, one.organisation)
    });
    offered
}

/// A referral to be.
#[derive(Debug, Clone)]
pub struct New {
    /// For what.
    pub service: Service,
    /// Which was chosen.
    pub chosen: RowId,
    /// Among which.
    pub offered: Vec<RowId>,
    /// On which day.
    pub on: Date,
    /// Who chose.
    pub by: Chooser,
    /// Anything more.
    pub words: String,
}

/// What is sealed of a referral.
#[derive(Clone, Serialize, Deserialize)]
pub struct Told {
    /// Among which was chosen.
    pub offered: Vec<RowId>,
    /// Who chose.
    pub by: Chooser,
    /// Anything more.
    #[serde(default)]
    pub words: String,
}

/// What is counted of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// For what.
    pub service: Service,
    /// Whether a sponsor was chosen.
    pub sponsor: bool,
    /// Places of all that offered the service, shown or not.
    pub places: u32,
    /// Places of the sponsors among them.
    pub sponsor_places: u32,
}

/// A referral of somebody.
#[derive(Clone)]
pub struct Referral {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub person: PersonId,
    /// For what.
    pub service: Service,
    /// To whom.
    pub organisation: RowId,
    /// When.
    pub on: Date,
    /// Whether it was a slip.
    pub void: bool,
    /// What was said.
    pub told: Told,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn offering(id: i64) -> Offering {
        Offering {
            organisation: RowId(id),
            name: String::new(),
            since: Some(date(2026, 4, 1)),
            until: Some(date(2027, 3, 31)),
            places: vec![(Service::Day, 20)],
            version: 1,
        }
    }

    #[test]
    fn a_sponsor_is_one_from_the_first_day_to_the_last() {
        let one = offering(1);
        let on = |month, day| one.is_sponsor(date(2027, month, day));
        assert!(on(3, 31) && !on(4, 1));
        assert!(one.is_sponsor(date(2026, 4, 1)) && !one.is_sponsor(date(2026, 3, 31)));
        let never = Offering { since: None, ..one };
        assert!(!never.is_sponsor(date(2026, 5, 1)));
    }

    #[test]
    fn each_person_sees_another_order_and_nobody_who_does_not_offer_it() {
        let all: Vec<Offering> = (1..=5).map(|at| offering(at << 22)).collect();
        let firsts =
            |person: i64| order(&all, Service::Day, PersonId(person << 22))[0].organisation;
        let seen: std::collections::BTreeSet<RowId> = (1..200).map(firsts).collect();
        assert_eq!(seen.len(), 5, "everybody stands first for somebody");
        assert!(order(&all, Service::Meals, PersonId(1)).is_empty());
    }
}
