//! Times away, told ahead: whoever is in hospital is not missed at the gymnastics.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::ids::{RowId, SupporterId};
use crate::people::{coded, redacted};

/// More times than anybody tells of; the old ones are taken out as they are over.
pub const MOST_AWAYS: usize = 100;

coded! {
    /// Where somebody is.
    AwayKind {
        /// In hospital.
        Hospital "hospital" "入院",
        /// With the family.
        Family "family" "家族の家など",
        /// On a journey.
        Journey "journey" "旅行",
        /// Looks after somebody.
        Caring "caring" "介護・看病",
        /// Anything else.
        Other "other" "そのほか",
    }
}

/// From when to when, and why; sealed, since it says when a home stands empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The first day.
    pub from: Date,
    /// The last one; nothing where nobody knows yet.
    pub until: Option<Date>,
    /// Where they are.
    pub kind: AwayKind,
    /// More about that; may be empty.
    pub words: String,
}

redacted!(Away);

impl Away {
    /// Whether the day belongs to it.
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    fn meets(&self, other: &Away) -> bool {
        let begins_before =
            |one: &Away, two: &Away| two.until.is_none_or(|until| one.from <= until);
        begins_before(self, other) && begins_before(other, self)
    }

    /// Whether it may stand beside the others; one that meets another is one told twice, and somebody
    /// says which of the two holds.
    pub fn may_stand(&self, others: &[KeptAway], today: Date) -> Result<(), Refusal> {
        if self.until.is_some_and(|until| until < self.from) {
            return Err(Refusal::Backwards);
        }
        if self.from > today.saturating_add(2.years())
            || self.from < today.saturating_sub(2.years())
        {
            return Err(Refusal::FarAway);
        }
        match others.iter().find(|one| one.away.meets(self)) {
            Some(one) => Err(Refusal::Meets(Box::new(one.away.clone()))),
            None => Ok(()),
        }
    }

    /// 「2026年11月20日～（いつまでかは未定）」.
    pub fn days(&self) -> String {
        let day = |day: Date| day.strftime("%Y年%-m月%-d日").to_string();
        match self.until {
            Some(until) if until == self.from => day(until),
            Some(until) => format!("{}～{}", day(self.from), day(until)),
            None => format!("{}～（いつまでかは未定）", day(self.from)),
        }
    }
}

/// A time away as it is kept.
#[derive(Clone)]
pub struct KeptAway {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub supporter: SupporterId,
    /// When and why.
    pub away: Away,
    /// Grows with every change.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn away(from: Date, until: Option<Date>) -> Away {
        Away {
            from,
            until,
            kind: AwayKind::Hospital,
            words: String::new(),
        }
    }

    fn kept(away: Away) -> KeptAway {
        KeptAway {
            id: RowId(1),
            supporter: SupporterId(1),
            away,
            version: 1,
        }
    }

    #[test]
    fn one_time_away_does_not_meet_another() {
        let today = date(2026, 11, 20);
        let august = kept(away(date(2027, 8, 1), Some(date(2027, 8, 31))));
        let open = kept(away(date(2026, 12, 1), None));
        let may = |new: Away, others: &[KeptAway]| new.may_stand(others, today);
        assert!(may(away(date(2027, 9, 1), None), std::slice::from_ref(&august)).is_ok());
        assert!(
            may(
                away(today, Some(date(2026, 11, 30))),
                std::slice::from_ref(&open)
            )
            .is_ok()
        );
        for meets in [
            away(date(2027, 8, 31), None),
            away(date(2027, 7, 1), Some(date(2027, 8, 1))),
            away(date(2026, 11, 1), None),
        ] {
            let refused = may(meets, &[open.clone(), august.clone()]);
            assert!(matches!(refused, Err(Refusal::Meets(_))));
        }
        let back = may(away(today, Some(date(2026, 11, 19))), &[]);
        assert!(matches!(back, Err(Refusal::Backwards)));
        let far = may(away(date(2030, 1, 1), None), &[]);
        assert!(matches!(far, Err(Refusal::FarAway)));
    }
}
