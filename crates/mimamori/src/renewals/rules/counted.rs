//! What is counted of one renewal, and the figures of many.
//!
//! How somebody lives and what was found stand beside no person readably: of each renewal it is
//! sealed what was counted, so that it can be taken back; the sums stand by themselves.

use serde::{Deserialize, Serialize};

use crate::ids::CenterId;
use crate::people::{Identity, Living, coded};
use jiff::civil::Date;

coded! {
    /// What is counted. Each figure is about the renewals of one renewal month.
    What {
        /// 対象: holders (registered, a tag bound or lost) for whom the month's renewal was opened, without
        /// those who moved away, died, withdrew or gave every tag back before they renewed.
        Due "due" "対象",
        /// お願い: of these, asked at least once, whatever the way.
        Asked "asked" "お願いした",
        /// 更新: gone through with the person or the family, whenever.
        Renewed "renewed" "更新した",
        /// 期限内: of the renewed, those whose renewal ended by the last day of their month.
        OnTime "on_time" "期限内",
        /// 変更のあった方: of the renewed, those with at least one field found changed.
        Changed "changed" "変更があった",
        /// 変更の件数: fields found changed, all together.
        Changes "changes" "変更の件数",
        /// 支援: of the renewed, those whom staff found to need support.
        Need "need" "支援が必要",
        /// はじめて: whom the center met or spoke to for the first time ever, of the renewed and of
        /// those registered in that month.
        First "first" "はじめて会った",
    }
}

/// Living alone, 75 or older, both, neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cohort(pub u8);

impl Cohort {
    /// Of somebody on a day. Of whom only the year of birth is known is 75 when that is certain.
    pub fn of(identity: &Identity, today: Date) -> Cohort {
        let alone = u8::from(identity.living == Living::Alone);
        let old = u8::from(identity.born.ages_on(today).0 >= 75);
        Cohort(alone | old << 1)
    }

    /// 独居
    pub const fn alone(self) -> bool {
        self.0 & 1 != 0
    }

    /// 75歳以上
    pub const fn over75(self) -> bool {
        self.0 & 2 != 0
    }
}

/// What was counted of one renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counted {
    /// Whether it is counted at all: not where somebody left before renewing.
    pub due: bool,
    /// For whose figures.
    pub center: Option<i64>,
    /// Among whom.
    pub cohort: Cohort,
    /// Asked at least once.
    pub asked: bool,
    /// Renewed.
    pub renewed: bool,
    /// Renewed by the end of the month.
    pub on_time: bool,
    /// Fields found changed.
    pub changes: u16,
    /// Found in need.
    pub need: bool,
    /// Met for the first time.
    pub first: bool,
}

impl Counted {
    /// A renewal that was just opened.
    pub fn opened(center: Option<CenterId>, cohort: Cohort) -> Counted {
        Counted {
            due: true,
            center: center.map(|center| center.0),
            cohort,
            ..Counted::default()
        }
    }

    /// How much it adds to a figure.
    pub fn adds(&self, what: What) -> i64 {
        let one = |is: bool| i64::from(self.due && is);
        match what {
            What::Due => one(true),
            What::Asked => one(self.asked),
            What::Renewed => one(self.renewed),
            What::OnTime => one(self.renewed && self.on_time),
            What::Changed => one(self.renewed && self.changes > 0),
            What::Changes => one(self.renewed) * i64::from(self.changes),
            What::Need => one(self.renewed && self.need),
            What::First => one(self.renewed && self.first),
        }
    }
}

/// A sum that grows or shrinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Whose figures; 0 for nobody's.
    pub center: i64,
    /// Among whom.
    pub cohort: Cohort,
    /// Which figure.
    pub what: What,
    /// By how much, or how many.
    pub count: i64,
}

/// What changes in the sums when one renewal counts as `after` instead of `before`.
pub fn tallies(before: &Counted, after: &Counted) -> Vec<Tally> {
    let of = |counted: &Counted, sign: i64| {
        let (center, cohort) = (counted.center.unwrap_or(0), counted.cohort);
        let counted = *counted;
        What::ALL.iter().map(move |what| Tally {
            center,
            cohort,
            what: *what,
            count: sign * counted.adds(*what),
        })
    };
    let mut changes: Vec<Tally> = Vec::new();
    for tally in of(before, -1).chain(of(after, 1)) {
        let same = |other: &&mut Tally| {
            (other.center, other.cohort, other.what) == (tally.center, tally.cohort, tally.what)
        };
        match changes.iter_mut().find(same) {
            Some(there) => there.count += tally.count,
            None => changes.push(tally),
        }
    }
    changes.retain(|tally| tally.count != 0);
    changes
}

/// The figures of some renewals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures([i64; What::ALL.len()]);

impl Figures {
    /// Adds a sum.
    pub fn add(&mut self, what: What, count: i64) {
        self.0[what as usize] += count;
    }

    /// A figure.
    pub fn get(&self, what: What) -> i64 {
        self.0[what as usize]
    }

    /// 期限内の更新の割合: renewed on time of those due, in percent; nothing where nobody is due.
    pub fn on_time_percent(&self) -> Option<f64> {
        share(self.get(What::OnTime), self.get(What::Due))
    }

    /// 更新100件あたりの変更: fields found changed per hundred renewals; nothing without renewals.
    pub fn changes_per_hundred(&self) -> Option<f64> {
        share(self.get(What::Changes), self.get(What::Renewed))
    }
}

fn share(part: i64, whole: i64) -> Option<f64> {
    // Counts of people stay far below 2^52.
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_leaves_no_trace_in_the_sums() {
        let opened = Counted::opened(Some(CenterId(7)), Cohort(3));
        let renewed = Counted {
            asked: true,
            renewed: true,
            on_time: true,
            changes: 2,
            first: true,
            ..opened
        };
        let forth = tallies(&opened, &renewed);
        assert_eq!(forth.len(), 6);
        let back = tallies(&renewed, &opened);
        for tally in forth {
            let mirrored = Tally {
                count: -tally.count,
                ..tally
            };
            assert!(back.contains(&mirrored));
        }
        assert!(tallies(&opened, &opened).is_empty());
    }

    #[test]
    fn who_left_before_renewing_counts_nowhere() {
        let gone = Counted {
            asked: true,
            ..Counted::default()
        };
        assert!(What::ALL.iter().all(|what| gone.adds(*what) == 0));
        let moved = Counted::opened(Some(CenterId(8)), Cohort(0));
        let before = Counted::opened(Some(CenterId(7)), Cohort(0));
        let counts: Vec<_> = tallies(&before, &moved)
            .iter()
            .map(|one| (one.center, one.count))
            .collect();
        assert_eq!(counts, [(7, -1), (8, 1)]);
    }

    #[test]
    fn shares_need_somebody() {
        let mut figures = Figures::default();
        assert_eq!(figures.on_time_percent(), None);
        figures.add(What::Due, 4);
        figures.add(What::OnTime, 3);
        assert_eq!(figures.on_time_percent(), Some(75.0));
        assert_eq!(figures.changes_per_hundred(), None);
    }
}
