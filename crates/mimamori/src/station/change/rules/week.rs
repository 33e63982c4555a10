//! The list of a week: who is on it, for whom, and what was answered.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::strip::Strip;
use super::{Refusal, Signal};
use crate::ids::{CenterId, NoticeId, RowId, StaffId, SupporterId};
use crate::people::{coded, redacted};

/// More than these in a week nobody follows up.
pub const MOST_A_WEEK: u32 = 50;

coded! {
    /// What was answered. It trains nothing.
    State {
        /// Nobody has looked yet.
        Open "open" "まだ見ていません",
        /// As always.
        Fine "fine" "変わりなし",
        /// To be met with open eyes.
        Eye "eye" "気にかける",
        /// Something was written down.
        Observed "observed" "様子を書いた",
        /// Somebody of a center looks into it.
        Noticed "noticed" "気づきにした",
    }
}

/// What stands on a line; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Why, the strongest first.
    pub reasons: Vec<String>,
    /// How often they came in the year before, where they agreed to that being looked at.
    pub strip: Option<Strip>,
    /// The companion who no longer comes.
    pub with: Option<SupporterId>,
    /// The consents that all of this rests upon.
    pub signals: Vec<Signal>,
    /// Who answered.
    pub by: Option<StaffId>,
}

redacted!(Told);

/// Somebody on the list of a week.
#[derive(Clone)]
pub struct Listed {
    /// Its identity.
    pub id: RowId,
    /// The Monday of the week.
    pub week: Date,
    /// Whose list.
    pub center: CenterId,
    /// Who.
    pub supporter: SupporterId,
    /// What was answered.
    pub state: State,
    /// The notice that was made of it.
    pub notice: Option<NoticeId>,
    /// What stands on it.
    pub told: Told,
    /// Grows with every change.
    pub version: i64,
}

impl Listed {
    /// Answers; an answer may be changed until a notice was made of it.
    pub fn answer(&mut self, version: i64, state: State, by: StaffId) -> Result<(), Refusal> {
        if self.version != version {
            return Err(Refusal::Changed);
        }
        if self.state == State::Noticed {
            return Err(Refusal::IsNotice);
        }
        self.state = state;
        self.told.by = Some(by);
        Ok(())
    }
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(back.days())
}

/// Who is put before which center: whoever is registered before their own, where it has a list; the
/// others before the one with the most room left. `asked`: each one's own center, the strongest first.
/// No center gets more than its number. Gives for each whose list they are on, if on any.
pub fn allot(asked: &[Option<CenterId>], numbers: &[(CenterId, u32)]) -> Vec<Option<CenterId>> {
    let mut room: BTreeMap<CenterId, u32> = numbers.iter().copied().collect();
    let mut lists = Vec::new();
    for own in asked {
        let own = own.filter(|center| numbers.iter().any(|(of, many)| of == center && *many > 0));
        let most = room
            .iter()
            .max_by_key(|(center, left)| (**left, std::cmp::Reverse(**center)));
        let center = own.or(most.map(|(center, _)| *center));
        let left = center.and_then(|center| room.get_mut(&center));
        lists.push(match left {
            Some(left) if *left > 0 => {
                *left -= 1;
                center
            }
            _ => None,
        });
    }
    lists
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const ONE: CenterId = CenterId(1);
    const TWO: CenterId = CenterId(2);

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(monday(date(2026, 11, 20)), date(2026, 11, 16));
        assert_eq!(monday(date(2026, 11, 22)), date(2026, 11, 16));
        assert_eq!(monday(date(2026, 11, 23)), date(2026, 11, 23));
    }

    #[test]
    fn the_own_center_first_and_others_where_there_is_room() {
        let lists = allot(
            &[Some(TWO), None, Some(TWO), None, None],
            &[(ONE, 2), (TWO, 1)],
        );
        assert_eq!(lists, [Some(TWO), Some(ONE), None, Some(ONE), None]);
        // A center without a list leaves its people to those that have one.
        assert_eq!(allot(&[Some(TWO)], &[(ONE, 1), (TWO, 0)]), [Some(ONE)]);
        assert_eq!(allot(&[Some(TWO)], &[]), [None]);
    }

    proptest! {
        #[test]
        fn no_list_is_longer_than_its_center_follows_up(
            asked in prop::collection::vec(prop::option::of(1i64..5), 0..60),
            numbers in prop::collection::vec(0u32..6, 0..4),
        ) {
            let asked: Vec<Option<CenterId>> = asked.into_iter().map(|one| one.map(CenterId)).collect();
            let numbers: Vec<(CenterId, u32)> =
                (1..).map(CenterId).zip(numbers).collect();
            let lists = allot(&asked, &numbers);
            prop_assert_eq!(lists.len(), asked.len());
            for (center, number) in &numbers {
                let many = lists.iter().filter(|one| **one == Some(*center)).count();
                prop_assert!(many <= *number as usize);
            }
            // Room is left only where nobody else was to be put.
            let all: u32 = numbers.iter().map(|(_, number)| number).sum();
            if asked.iter().all(Option::is_none) {
                let listed = lists.iter().flatten().count();
                prop_assert_eq!(listed, asked.len().min(all as usize));
            }
        }
    }

    #[test]
    fn an_answer_is_changed_until_somebody_looks_into_it() {
        let mut one = Listed {
            id: RowId(1),
            week: date(2026, 11, 23),
            center: ONE,
            supporter: SupporterId(1),
            state: State::Open,
            notice: None,
            told: Told {
                reasons: Vec::new(),
                strip: None,
                with: None,
                signals: vec![Signal::Often],
                by: None,
            },
            version: 1,
        };
        let by = StaffId(7);
        assert!(matches!(
            one.answer(2, State::Fine, by),
            Err(Refusal::Changed)
        ));
        one.answer(1, State::Fine, by).unwrap();
        one.answer(1, State::Noticed, by).unwrap();
        assert!(matches!(
            one.answer(1, State::Fine, by),
            Err(Refusal::IsNotice)
        ));
    }
}
