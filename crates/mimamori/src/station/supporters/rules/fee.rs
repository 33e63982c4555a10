//! The yearly fee, April to March: what is owed, and how somebody stands with it.
//!
//! Nothing of this is stored. It follows from when somebody was in, from the years that were paid or
//! waived, and from the town's rules, so that pressing "paid" twice moves nothing twice.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::term::Terms;
use crate::station::courses::Year;

/// Yen; more than any fee of this kind.
pub const MOST_FEE: u32 = 100_000;
/// Days; more grace than a year is none.
pub const MOST_GRACE: u32 = 365;

/// A town's rules for the fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRules {
    /// Yen for a year.
    pub amount: u32,
    /// Whoever joins in this month of the year of work or later pays a part: 10 for October.
    pub part_from: u8,
    /// Yen for a part of a year.
    pub part_amount: u32,
    /// Days in which somebody who has not paid still stands as before.
    pub grace: u32,
    /// Grows with every change; 0 where the town set none.
    pub version: i64,
}

impl Default for FeeRules {
    fn default() -> FeeRules {
        FeeRules {
            amount: 2_000,
            part_from: 10,
            part_amount: 1_000,
            grace: 60,
            version: 0,
        }
    }
}

/// A year that is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Paid: how much, on which day, and the number of the receipt within its year.
    Paid {
        /// Yen.
        amount: u32,
        /// The day of paying.
        on: Date,
        /// The receipt.
        receipt: ReceiptNumber,
    },
    /// Waived, and why.
    Waived {
        /// For whoever asks later.
        why: String,
    },
}

/// Number 12 of the receipts of a year of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReceiptNumber {
    /// The year in which it was written.
    pub year: Year,
    /// From 1, without gaps.
    pub number: u32,
}

/// `2026-0012`.
impl std::fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:04}", self.year, self.number)
    }
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub number: ReceiptNumber,
    /// What was paid for.
    pub fee_year: Year,
    /// Yen.
    pub amount: u32,
    /// The day of paying.
    pub paid_on: Date,
    /// Why it was taken back, where it was.
    pub undone: Option<String>,
    /// How often it was printed.
    pub printed: u32,
}

/// Years of somebody that are settled.
pub type Years = BTreeMap<Year, Settled>;

/// How somebody stands with the fee of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fee {
    /// Not in within that year: nothing is owed.
    None,
    /// Paid or waived.
    Settled(Settled),
    /// Joined within that year, and has not paid yet; until when it is no matter.
    Due(Owed),
    /// Was in before, and has not paid yet; until when it is no matter.
    Grace(Owed),
    /// The days of grace are over.
    Lapsed(Owed),
}

/// What is owed for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Yen.
    pub amount: u32,
    /// Whether for a part of the year only.
    pub part: bool,
    /// The last day of grace.
    pub until: Date,
}

impl FeeRules {
    /// The first day of the year on which somebody is in.
    fn begins(terms: &Terms, year: Year) -> Option<Date> {
        let meets = terms.0.iter().filter(|term| {
            term.from <= year.last() && term.until.is_none_or(|until| until >= year.first())
        });
        meets.map(|term| term.from.max(year.first())).min()
    }

    /// Months since April.
    fn month_of_work(month: i8) -> i8 {
        (month + 8) % 12
    }

    /// How somebody stands with the fee of a year. Of years that ended before `entered`, the day on which
    /// they were written into the program, nobody here knows whether they were paid.
    pub fn fee(
        &self,
        (terms, entered): (&Terms, Date),
        year: Year,
        years: &Years,
        today: Date,
    ) -> Fee {
        if let Some(settled) = years.get(&year) {
            return Fee::Settled(settled.clone());
        }
        let Some(begins) = FeeRules::begins(terms, year) else {
            return Fee::None;
        };
        let joined = begins > year.first();
        let part_from = Self::month_of_work(i8::try_from(self.part_from).unwrap_or(10));
        let part = joined && Self::month_of_work(begins.month()) >= part_from;
        let owed = Owed {
            amount: if part { self.part_amount } else { self.amount },
            part,
            until: begins
                .max(entered)
                .saturating_add(i64::from(self.grace).days()),
        };
        let before = year.before();
        let owes_before = before.last() >= entered
            && !years.contains_key(&before)
            && FeeRules::begins(terms, before).is_some();
        match joined {
            _ if today > owed.until => Fee::Lapsed(owed),
            true => Fee::Due(owed),
            false if owes_before => Fee::Lapsed(owed),
            false => Fee::Grace(owed),
        }
    }
}

impl Fee {
    /// The code of a filter.
    pub const fn code(&self) -> &'static str {
        match self {
            Fee::None => "none",
            Fee::Settled(Settled::Paid { .. }) => "paid",
            Fee::Settled(Settled::Waived { .. }) => "waived",
            Fee::Due(_) => "due",
            Fee::Grace(_) => "grace",
            Fee::Lapsed(_) => "lapsed",
        }
    }

    /// What is owed.
    pub const fn owed(&self) -> Option<Owed> {
        match self {
            Fee::Due(owed) | Fee::Grace(owed) | Fee::Lapsed(owed) => Some(*owed),
            Fee::None | Fee::Settled(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const RULES: FeeRules = FeeRules {
        amount: 2_000,
        part_from: 10,
        part_amount: 1_000,
        grace: 60,
        version: 0,
    };

    fn year(of: i16) -> Year {
        Year::of(date(of, 4, 1))
    }

    fn stands(joined: Date, paid: &[i16], of: i16, today: Date) -> Fee {
        let years = paid
            .iter()
            .map(|paid| (year(*paid), Settled::Waived { why: String::new() }));
        let entered = joined.max(date(2026, 4, 1));
        RULES.fee(
            (&Terms::since(joined), entered),
            year(of),
            &years.collect(),
            today,
        )
    }

    fn owed(amount: u32, until: Date) -> Owed {
        Owed {
            amount,
            part: amount == 1_000,
            until,
        }
    }

    #[test]
    fn who_joins_owes_a_year_or_a_part_of_it() {
        let june = date(2026, 6, 10);
        assert_eq!(
            stands(june, &[], 2026, june),
            Fee::Due(owed(2_000, date(2026, 8, 9)))
        );
        assert_eq!(
            stands(june, &[], 2026, date(2026, 8, 10)),
            Fee::Lapsed(owed(2_000, date(2026, 8, 9)))
        );
        for (joined, amount) in [
            (date(2026, 9, 30), 2_000),
            (date(2026, 10, 1), 1_000),
            (date(2027, 3, 31), 1_000),
        ] {
            let fee = stands(joined, &[], 2026, joined);
            assert_eq!(fee.owed().map(|owed| owed.amount), Some(amount), "{joined}");
        }
        // On 1 April nobody joins within a year: the year begins.
        let april = date(2027, 4, 1);
        assert_eq!(
            stands(april, &[], 2027, april).owed().map(|owed| owed.part),
            Some(false)
        );
        assert_eq!(stands(june, &[], 2025, june), Fee::None);
    }

    #[test]
    fn who_paid_before_stands_in_grace_and_then_lapses() {
        let joined = date(2026, 6, 10);
        let until = date(2027, 5, 31);
        assert_eq!(
            stands(joined, &[2026], 2027, date(2027, 4, 1)),
            Fee::Grace(owed(2_000, until))
        );
        assert_eq!(
            stands(joined, &[2026], 2027, until),
            Fee::Grace(owed(2_000, until))
        );
        assert_eq!(
            stands(joined, &[2026], 2027, date(2027, 6, 1)),
            Fee::Lapsed(owed(2_000, until))
        );
        // Who owes the year before gets no new grace.
        assert_eq!(stands(joined, &[], 2027, date(2027, 4, 1)).code(), "lapsed");
        assert_eq!(stands(joined, &[2026, 2027], 2027, until).code(), "waived");
        // Of years before the program nothing is known.
        assert_eq!(
            stands(date(2019, 5, 1), &[], 2026, date(2026, 4, 2)).code(),
            "grace"
        );
    }
}
