//! Standing line by line, and what it was before a change of state.

use super::group::{Difference, Item};
use super::person::{Standing, State};
use crate::ids::CenterId;

const STATE: &str = "状態";
const STATE_ON: &str = "状態の日付";

impl Standing {
    /// State and center line by line; the center by its id, since its name may change.
    pub fn items(&self) -> Vec<Item> {
        let on = self.state_on.map(|day| day.to_string());
        let center = self.center.map(|center| center.to_string());
        let how = if self.center_by_hand {
            "手で選んだ"
        } else {
            "住所から"
        };
        vec![
            Item::new(STATE, self.state.word()),
            Item::new(STATE_ON, on.unwrap_or_default()),
            Item::new("担当センター", center.unwrap_or_default()),
            Item::new("担当センターの決め方", how),
        ]
    }

    /// Whether somebody of `own` center has to say why before the record opens. A person without a
    /// center is everybody's.
    pub fn asks_purpose(&self, own: Option<CenterId>) -> bool {
        self.center.is_some() && self.center != own
    }

    /// What it was before this change; `None` where that was not one of the state alone.
    pub fn before(&self, change: &[Difference]) -> Option<Standing> {
        if change.is_empty() {
            return None;
        }
        let mut before = self.clone();
        for one in change {
            match one.field.as_str() {
                STATE => before.state = state_of(&one.from)?,
                STATE_ON if one.from.is_empty() => before.state_on = None,
                STATE_ON => before.state_on = Some(one.from.parse().ok()?),
                _ => return None,
            }
        }
        Some(before)
    }
}

fn state_of(word: &str) -> Option<State> {
    let mut all = State::ALL.iter().copied();
    all.find(|state| state.word() == word)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::civil::date;

    use super::super::group::differences;
    use super::*;

    fn standing(state: State, on: Option<i8>) -> Standing {
        Standing {
            state,
            state_on: on.map(|day| date(2026, 10, day)),
            center: Some(CenterId(7)),
            center_by_hand: false,
            registered_on: date(2025, 9, 10),
            version: 2,
        }
    }

    #[test]
    fn every_change_of_state_leads_back() {
        let all = [
            standing(State::Registered, None),
            standing(State::MovedAway, Some(1)),
            standing(State::MovedAway, Some(2)),
            standing(State::Died, Some(2)),
            standing(State::Withdrawn, Some(2)),
        ];
        for from in &all {
            for to in all.iter().filter(|to| *to != from) {
                let change = differences(&from.items(), &to.items());
                assert_eq!(to.before(&change).unwrap(), *from);
            }
        }
    }

    #[test]
    fn only_another_centers_person_needs_a_purpose() {
        let (north, south) = (Some(CenterId(1)), Some(CenterId(2)));
        let of = |center| Standing {
            center,
            ..standing(State::Registered, None)
        };
        assert!(of(south).asks_purpose(north));
        assert!(of(south).asks_purpose(None));
        assert!(!of(south).asks_purpose(south));
        assert!(!of(None).asks_purpose(north));
    }

    #[test]
    fn a_change_of_center_is_none_of_the_state() {
        let (from, mut to) = (
            standing(State::Registered, None),
            standing(State::Registered, None),
        );
        to.center = Some(CenterId(8));
        assert!(
            to.before(&differences(&from.items(), &to.items()))
                .is_none()
        );
        assert!(from.before(&[]).is_none());
    }
}
