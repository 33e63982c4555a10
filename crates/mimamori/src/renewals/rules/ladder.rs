//! What follows when nobody answers.

use std::ops::RangeInclusive;

use crate::people::coded;

coded! {
    /// What is done, one after the other, until somebody answers.
    Step {
        /// A second postcard.
        Postcard "postcard" "2回目のはがき",
        /// A call to the person.
        Phone "phone" "本人への電話",
        /// Calls to the emergency contacts.
        Contacts "contacts" "緊急連絡先への電話",
        /// Somebody goes there.
        Visit "visit" "訪問",
        /// Silent through all: is the person safe?
        Safety "safety" "安否確認",
    }
}

impl Step {
    /// What there is to do, after the person's name.
    pub const fn task(self) -> &'static str {
        match self {
            Step::Postcard => "さんに2回目の更新のはがきを出す",
            Step::Phone => "さんに更新のことで電話する",
            Step::Contacts => "さんの緊急連絡先に電話する（更新の返事がありません）",
            Step::Visit => "さんを訪問する（更新の返事がありません）",
            Step::Safety => "さんの安否を確かめる",
        }
    }
}

/// After how many days a step may follow.
pub const DAYS: RangeInclusive<i64> = 1..=180;

/// How many months after registration nobody is asked yet.
pub const QUIET_MONTHS: RangeInclusive<i64> = 0..=11;

/// What the town sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Days after the step before, for the second postcard, the call, the contacts, the visit;
    /// nothing where the town leaves the step out.
    pub days: [Option<i64>; 4],
    /// Days after the last step until silence becomes a task about the person's safety.
    pub silent_days: i64,
    /// Whoever was registered less than so many months before the renewal month is asked only in
    /// the next year: what was said at the counter is still fresh.
    pub quiet_months: i64,
    /// Counts the saves; 0 where the town has set nothing.
    pub version: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            days: [Some(21), Some(14), Some(7), Some(7)],
            silent_days: 7,
            quiet_months: 3,
            version: 0,
        }
    }
}

/// Longer together, and a silent person's safety would be asked about only when the next year's
/// asking begins: 11 months, less what the tasks themselves take.
pub const MOST_TOGETHER: i64 = 300;

impl Settings {
    /// Days from the first asking until silence is about safety.
    pub fn together(&self) -> i64 {
        self.days.iter().flatten().sum::<i64>() + self.silent_days
    }

    /// What follows after a step, or after the first asking, and after how many days.
    pub fn next(&self, after: Option<Step>) -> Option<(Step, i64)> {
        let days = [
            (Step::Postcard, self.days[0]),
            (Step::Phone, self.days[1]),
            (Step::Contacts, self.days[2]),
            (Step::Visit, self.days[3]),
            (Step::Safety, Some(self.silent_days)),
        ];
        let later = |step: Step| after.is_none_or(|after| (step as u8) > (after as u8));
        let mut open = days.into_iter().filter(|(step, _)| later(*step));
        open.find_map(|(step, days)| Some((step, days?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_summed_without_the_steps_that_are_left_out() {
        assert_eq!(Settings::default().together(), 56);
        let fewer = Settings {
            days: [Some(120), None, Some(90), None],
            silent_days: 90,
            ..Settings::default()
        };
        assert_eq!(fewer.together(), MOST_TOGETHER);
    }

    #[test]
    fn it_climbs_to_safety_and_leaves_out_what_the_town_leaves_out() {
        let settings = Settings {
            days: [None, Some(14), None, Some(7)],
            ..Settings::default()
        };
        assert_eq!(settings.next(None), Some((Step::Phone, 14)));
        assert_eq!(settings.next(Some(Step::Phone)), Some((Step::Visit, 7)));
        assert_eq!(settings.next(Some(Step::Visit)), Some((Step::Safety, 7)));
        assert_eq!(settings.next(Some(Step::Safety)), None);
        let nothing = Settings {
            days: [None; 4],
            ..settings
        };
        assert_eq!(nothing.next(None), Some((Step::Safety, 7)));
    }
}
