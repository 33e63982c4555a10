//! Lines of vouchers, and what they sum up to.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::ids::{RowId, StaffId, SupporterId};
use crate::people::{self, coded};
use crate::scope::NoRight;
use crate::station::courses::Role;

/// Yen; more than anybody is given on one day, and less than a year's vouchers of a shop.
pub const MOST_AMOUNT: u32 = 1_000_000;
/// The longest words of a line.
pub const MOST_WORDS: usize = 100;

coded! {
    /// What a line says.
    Kind {
        /// Given to a supporter.
        Given "given" "渡した",
        /// Handed in by a shop.
        HandedIn "handed_in" "お店から戻った",
        /// Takes another line back.
        Undone "undone" "取り消し",
    }
}

/// A line.
#[derive(Clone)]
pub struct Line {
    /// Its identity.
    pub id: RowId,
    /// What it says.
    pub kind: Kind,
    /// For which day.
    pub day: Date,
    /// To whom; also of a line that takes back what was given.
    pub supporter: Option<SupporterId>,
    /// By whom; also of a line that takes back what was handed in.
    pub shop: Option<RowId>,
    /// The line that it takes back.
    pub undoes: Option<RowId>,
    /// Yen.
    pub amount: u32,
    /// Who wrote it.
    pub by: Option<StaffId>,
    /// For which course; may be empty.
    pub course: String,
    /// In which role.
    pub role: Option<Role>,
    /// Why it was taken back.
    pub words: String,
}

/// What a desk writes.
#[derive(Clone)]
pub struct New {
    /// Made with the form: the same form twice is one line.
    pub id: RowId,
    /// For which day.
    pub day: Date,
    /// Yen.
    pub amount: u32,
    /// For which course.
    pub course: String,
    /// In which role.
    pub role: Option<Role>,
}

impl New {
    /// Whether it can be written today.
    pub fn check(&self, today: Date) -> Result<(), Refusal> {
        if self.amount == 0 || self.amount > MOST_AMOUNT {
            return Err(Refusal::Amount);
        }
        match self.day > today || self.day < today.saturating_sub(1.year()) {
            true => Err(Refusal::NotThen),
            false => Ok(()),
        }
    }
}

/// What a town gives for each role, in yen; nothing for a role that is not here.
pub type Rules = BTreeMap<&'static str, u32>;

/// What lines of one side sum up to.
pub fn balance(lines: &[Line]) -> i64 {
    let signed = |line: &Line| match line.kind {
        Kind::Given | Kind::HandedIn => i64::from(line.amount),
        Kind::Undone => -i64::from(line.amount),
    };
    lines.iter().map(signed).sum()
}

/// A shop's part of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Which.
    pub shop: RowId,
    /// Yen that it handed in.
    pub handed_in: i64,
}

/// A month: what was open before, given, handed in, and is open after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Yen that had been given and not handed in before the month.
    pub before: i64,
    /// Yen given within it.
    pub given: i64,
    /// Yen handed in, by shop.
    pub shops: Vec<Shop>,
    /// Yen that are given and not handed in after it.
    pub after: i64,
}

impl Report {
    /// Yen handed in by all shops.
    pub fn handed_in(&self) -> i64 {
        self.shops.iter().map(|shop| shop.handed_in).sum()
    }
}

/// A month from its lines and from what was open before.
pub fn report(before: i64, lines: &[Line]) -> Report {
    let (to_people, by_shops): (Vec<Line>, Vec<Line>) =
        lines.iter().cloned().partition(|line| line.shop.is_none());
    let mut shops: BTreeMap<RowId, Vec<Line>> = BTreeMap::new();
    for line in by_shops {
        shops
            .entry(line.shop.unwrap_or(RowId(0)))
            .or_default()
            .push(line);
    }
    let given = balance(&to_people);
    let shops: Vec<Shop> = shops
        .into_iter()
        .map(|(shop, lines)| Shop {
            shop,
            handed_in: balance(&lines),
        })
        .collect();
    let handed_in: i64 = shops.iter().map(|shop| shop.handed_in).sum();
    Report {
        before,
        given,
        shops,
        after: before + given - handed_in,
    }
}

/// Why a deed of vouchers was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or another town's.
    #[error("not there")]
    NotFound,
    /// No amount that is given or handed in.
    #[error("no amount")]
    Amount,
    /// A day to come, or more than a year ago.
    #[error("the day can't be")]
    NotThen,
    /// Taken back already, or a line that takes another back.
    #[error("taken back already")]
    Undone,
    /// A reason is missing.
    #[error("a reason is missing")]
    NoReason,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// A text can't be kept.
    #[error(transparent)]
    Text(#[from] people::BadText),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(id: i64, kind: Kind, amount: u32, shop: Option<i64>) -> Line {
        Line {
            id: RowId(id),
            kind,
            day: date(2026, 11, 20),
            supporter: shop.is_none().then_some(SupporterId(7)),
            shop: shop.map(RowId),
            undoes: None,
            amount,
            by: None,
            course: String::new(),
            role: None,
            words: String::new(),
        }
    }

    #[test]
    fn what_is_open_is_what_was_given_and_did_not_come_back() {
        let lines = [
            line(1, Kind::Given, 500, None),
            line(2, Kind::Given, 300, None),
            line(3, Kind::Undone, 300, None),
            line(4, Kind::HandedIn, 200, Some(1)),
            line(5, Kind::HandedIn, 100, Some(2)),
            line(6, Kind::HandedIn, 100, Some(1)),
            line(7, Kind::Undone, 100, Some(2)),
        ];
        let month = report(1_000, &lines);
        assert_eq!(
            (month.given, month.handed_in(), month.after),
            (500, 300, 1_200)
        );
        let of = |shop: i64| {
            month
                .shops
                .iter()
                .find(|one| one.shop == RowId(shop))
                .map(|one| one.handed_in)
        };
        assert_eq!((of(1), of(2)), (Some(300), Some(0)));
    }

    #[test]
    fn nothing_is_given_for_a_day_to_come() {
        let today = date(2026, 11, 20);
        let new = |day, amount| New {
            id: RowId(1),
            day,
            amount,
            course: String::new(),
            role: None,
        };
        assert!(new(today, 300).check(today).is_ok());
        assert!(matches!(
            new(date(2026, 11, 21), 300).check(today),
            Err(Refusal::NotThen)
        ));
        assert!(matches!(
            new(date(2025, 11, 19), 300).check(today),
            Err(Refusal::NotThen)
        ));
        assert!(matches!(new(today, 0).check(today), Err(Refusal::Amount)));
    }
}
