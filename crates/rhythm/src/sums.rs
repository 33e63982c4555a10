//! How much less: the log likelihood ratio of "two levels" against "one level", as a sum in nats.

/// Before and since: so often, where so much was to be expected (or so many chances were there).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Two {
    pub before: f64,
    pub before_of: f64,
    pub since: f64,
    pub since_of: f64,
}

impl Two {
    /// Counts without an upper end (visits): Poisson, both levels free, against one level. Zero
    /// where it isn't less. Never falls when `since` falls.
    pub fn fewer(&self) -> f64 {
        let Some((before, since, both)) = self.levels() else {
            return 0.0;
        };
        part(self.before, before / both) + part(self.since, since / both)
    }

    /// Counts out of so many (kept sign-ups): binomial, the same question.
    pub fn rarer(&self) -> f64 {
        let Some((before, since, both)) = self.levels() else {
            return 0.0;
        };
        let missed = |n: f64, of: f64, share: f64| part(of - n, (1.0 - share) / (1.0 - both));
        part(self.before, before / both)
            + part(self.since, since / both)
            + missed(self.before, self.before_of, before)
            + missed(self.since, self.since_of, since)
    }

    fn levels(&self) -> Option<(f64, f64, f64)> {
        if self.before_of <= 0.0 || self.since_of <= 0.0 || self.before <= 0.0 {
            return None;
        }
        let before = self.before / self.before_of;
        let since = self.since / self.since_of;
        let both = (self.before + self.since) / (self.before_of + self.since_of);
        (since < before).then_some((before, since, both))
    }
}

/// n ln x, with 0 ln 0 = 0.
fn part(n: f64, x: f64) -> f64 {
    if n > 0.0 { n * x.ln() } else { 0.0 }
}

/// The sum shown: how seldom is it, once in e^sum years? `chances` ways to be misled by luck a
/// year, each with likelihood ratio e^-`ratio`, or whatever happens so often `a_year` anyway.
pub(crate) fn seldom(chances: f64, ratio: f64, a_year: f64) -> f64 {
    -(chances * (-ratio).exp() + a_year).ln()
}

/// To a tenth: what is shown adds up.
pub(crate) fn tenth(sum: f64) -> f64 {
    (sum * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::{Two, seldom, tenth};

    fn two(since: f64) -> Two {
        Two {
            before: 40.0,
            before_of: 50.0,
            since,
            since_of: 10.0,
        }
    }

    #[test]
    fn ratios_worked_by_hand() {
        // 40 ln(0.8 / (44/60)) + 4 ln(0.4 / (44/60)) = 40 × 0.08701 − 4 × 0.60614
        assert!(
            (two(4.0).fewer() - 1.0559).abs() < 1e-3,
            "{}",
            two(4.0).fewer()
        );
        // … + 10 ln(0.2 / (16/60)) + 6 ln(0.6 / (16/60)) = 1.0559 − 10 × 0.28768 + 6 × 0.81093
        assert!(
            (two(4.0).rarer() - 3.0447).abs() < 1e-3,
            "{}",
            two(4.0).rarer()
        );
        // 40 ln(0.8 / (40/60))
        assert!((two(0.0).fewer() - 7.2929).abs() < 1e-3);
    }

    #[test]
    fn not_less_is_nothing_and_less_is_never_a_smaller_sum() {
        assert_eq!(two(8.0).fewer(), 0.0);
        assert_eq!(two(10.0).rarer(), 0.0);
        assert_eq!(
            Two {
                before: 0.0,
                ..two(0.0)
            }
            .fewer(),
            0.0
        );
        assert_eq!(
            Two {
                since_of: 0.0,
                ..two(0.0)
            }
            .rarer(),
            0.0
        );
        for since in 0..8 {
            let (fewer, more) = (two(f64::from(since)), two(f64::from(since + 1)));
            assert!(
                fewer.fewer() > more.fewer() && fewer.rarer() > more.rarer(),
                "{since}"
            );
        }
    }

    #[test]
    fn the_likelier_explanation_decides() {
        assert!((seldom(1.0, 5.0, 0.0) - 5.0).abs() < 1e-9);
        assert!((seldom(1.0, 500.0, 0.05) - 2.9957).abs() < 1e-3);
        assert!(seldom(18.0, 5.0, 0.05) < 2.9);
        assert_eq!(tenth(2.9957), 3.0);
    }
}
