//! How often something happened lately, in this server's memory: for what needs no exact figure and
//! must cost nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// More keys than any town has programs; beyond, what is over is swept out.
const KEYS: usize = 4_096;

/// Who, and what is counted.
type Key = (i64, &'static str);

/// When the span began, and the count in it.
type Counter = (i64, i64);

/// Counters, each of one span of time.
#[derive(Default)]
pub struct Rates(Mutex<HashMap<Key, Counter>>);

impl Rates {
    /// Counts once more, and gives the count of the span that is under way and the seconds left.
    pub fn count(&self, who: i64, what: &'static str, span: i64, now: Timestamp) -> (i64, i64) {
        let second = now.as_second();
        let begun = second - second.rem_euclid(span);
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.len() > KEYS {
            // An hour is the longest span.
            counters.retain(|_, (since, _)| second - *since < 3_600);
        }
        let counter = counters.entry((who, what)).or_insert((begun, 0));
        if counter.0 != begun {
            *counter = (begun, 0);
        }
        counter.1 += 1;
        (counter.1, begun + span - second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_minute_begins_anew() {
        let (rates, at) = (Rates::default(), |second| {
            Timestamp::from_second(second).unwrap_or_default()
        });
        assert_eq!(rates.count(1, "a", 60, at(125)), (1, 55));
        assert_eq!(rates.count(1, "a", 60, at(179)), (2, 1));
        assert_eq!(rates.count(2, "a", 60, at(179)), (1, 1));
        assert_eq!(rates.count(1, "a", 60, at(180)), (1, 60));
    }
}
