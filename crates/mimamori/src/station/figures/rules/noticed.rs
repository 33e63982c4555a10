//! What was noticed at the Station, and what came of it.

/// Numbers below are hidden.
pub use crate::consultations::FEWEST;

/// What was noticed in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noticed {
    /// Observations that stand.
    pub observed: u64,
    /// Of how many people.
    pub observed_people: u64,
    /// Lines of the weekly lists, by what was answered.
    pub listed: Vec<(String, u64)>,
    /// Notices that came from here, slips apart.
    pub notices: u64,
    /// Of those, about people of whom nobody had told or asked before.
    pub first: u64,
    /// Of these, how many led to a case.
    pub cases: u64,
    /// Of these, to how many the help that was needed came.
    pub helped: u64,
}

impl Noticed {
    /// From a notice to help, each a part of the one before, as it may leave the town: a number is shown
    /// where neither it nor what is left of one that is shown is small.
    pub fn funnel(&self) -> [Option<u64>; 4] {
        let mut shown: Vec<u64> = Vec::new();
        [self.notices, self.first, self.cases, self.helped].map(|number| {
            let small = |number: u64| (1..FEWEST).contains(&number);
            let apart = shown
                .iter()
                .all(|wider| !small(wider.saturating_sub(number)));
            // Of few it is not said either that nothing came of them.
            let of_few = shown.is_empty() && number < FEWEST;
            let may = !small(number) && apart && !of_few;
            may.then(|| shown.push(number)).map(|()| number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn funnel(numbers: [u64; 4]) -> [Option<u64>; 4] {
        let [notices, first, cases, helped] = numbers;
        let noticed = Noticed {
            notices,
            first,
            cases,
            helped,
            ..Noticed::default()
        };
        noticed.funnel()
    }

    #[test]
    fn what_came_of_few_is_hidden_also_from_whoever_subtracts() {
        let all = |numbers: [u64; 4]| numbers.map(Some);
        assert_eq!(funnel([20, 15, 10, 5]), all([20, 15, 10, 5]));
        assert_eq!(funnel([20, 15, 15, 0]), all([20, 15, 15, 0]));
        assert_eq!(funnel([20, 17, 12, 3]), [Some(20), None, Some(12), None]);
        assert_eq!(
            funnel([20, 15, 12, 10]),
            [Some(20), Some(15), None, Some(10)]
        );
        assert_eq!(funnel([4, 4, 4, 0]), [None; 4]);
        assert_eq!(funnel([0; 4]), [None; 4]);
    }
}
