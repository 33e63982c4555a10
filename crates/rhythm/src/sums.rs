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
