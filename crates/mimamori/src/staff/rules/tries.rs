//! How often somebody may try. The figures and their reasons: `docs/decisions/0007-sign-in-limits.md`.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TryKind {
    /// Failures for one account from addresses it has never come in from.
    Account,
    /// Failures from one address for accounts that have never come in from it.
    Address,
    /// Failures for one account from one address.
    Pair,
    /// Wrong second factors of one account.
    Factor,
}

impl TryKind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            TryKind::Account => "account",
            TryKind::Address => "address",
            TryKind::Pair => "pair",
            TryKind::Factor => "factor",
        }
    }

    /// Failures that cost nothing but the time to type.
    const fn free(self) -> i64 {
        match self {
            TryKind::Pair | TryKind::Factor => 5,
            TryKind::Account => 10,
            TryKind::Address => 30,
        }
    }
}

/// Seconds of the first wait; each further failure doubles it.
const FIRST_WAIT: i64 = 15;
/// Seconds of the longest wait: nobody is shut out for more than a quarter of an hour.
const LONGEST_WAIT: i64 = 15 * 60;
/// Milliseconds without a failure after which a counter is forgotten.
const FORGOTTEN: i64 = 24 * 60 * 60 * 1000;

/// A counter as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counter {
    /// Failures in a row.
    pub failures: i64,
    /// Milliseconds since 1970 of the last one.
    pub last_at: i64,
    /// When this account last came in from this address.
    pub known_at: Option<i64>,
}

impl Counter {
    /// Failures that still count at `at`.
    pub fn failures_at(&self, at: i64) -> i64 {
        if at - self.last_at >= FORGOTTEN {
            0
        } else {
            self.failures
        }
    }
}

/// Seconds to wait at `at` before the next try.
pub fn delay(kind: TryKind, counter: &Counter, at: i64) -> i64 {
    let over = counter.failures_at(at) - kind.free();
    if over < 0 {
        return 0;
    }
    let doublings = u32::try_from(over.min(20)).unwrap_or(20);
    let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT);
    let passed = (at - counter.last_at).max(0) / 1000;
    (wait - passed).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: i64) -> Counter {
        Counter {
            failures,
            last_at: 0,
            known_at: None,
        }
    }

    #[test]
    fn the_first_failures_are_free_and_then_the_wait_doubles() {
        let waits: Vec<i64> = (4..14)
            .map(|n| delay(TryKind::Pair, &after(n), 0))
            .collect();
        assert_eq!(waits, [0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(delay(TryKind::Account, &after(9), 0), 0);
        assert_eq!(delay(TryKind::Address, &after(30), 0), 15);
        assert_eq!(delay(TryKind::Pair, &after(i64::MAX / 2), 0), 900);
    }

    #[test]
    fn waiting_helps_and_a_day_forgets() {
        assert_eq!(delay(TryKind::Pair, &after(6), 10_000), 20);
        assert_eq!(delay(TryKind::Pair, &after(6), 30_000), 0);
        assert_eq!(after(99).failures_at(FORGOTTEN), 0);
    }

    #[test]
    fn a_day_of_guessing_is_a_hundred_tries() {
        let (mut counter, mut at, mut tries) = (Counter::default(), 0, 0);
        while at < FORGOTTEN {
            at += delay(TryKind::Account, &counter, at).max(1) * 1000;
            counter = Counter {
                failures: counter.failures + 1,
                last_at: at,
                known_at: None,
            };
            tries += 1;
        }
        assert!((100..120).contains(&tries), "{tries}");
    }
}
