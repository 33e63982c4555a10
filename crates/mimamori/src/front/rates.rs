//! How often something happened lately, in this server's memory: for what needs no exact figure and
//! must cost nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// More keys than any town has programs and neighbours; beyond, what is over is swept out.
const KEYS: usize = 4_096;
/// So often at most: a sweep passes through all of them while everybody waits.
const APART: i64 = 10;
/// Of more than these at one moment none is counted anew: a flood costs the counting, not the memory.
const MOST: usize = 65_536;

/// Who, and what is counted.
type Key = (i64, &'static str);

/// One span of time.
struct Counter {
    begun: i64,
    over: i64,
    count: i64,
}

/// Counters, each of one span of time.
#[derive(Default)]
pub struct Rates(Mutex<Counters>);

#[derive(Default)]
struct Counters {
    by_key: HashMap<Key, Counter>,
    swept: i64,
}

impl Rates {
    /// Counts once more, and gives the count of the span that is under way and the seconds left.
    pub fn count(&self, who: i64, what: &'static str, span: i64, now: Timestamp) -> (i64, i64) {
        let second = now.as_second();
        let begun = second - second.rem_euclid(span);
        let over = begun + span;
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counters.sweep(second);
        let full = counters.by_key.len() >= MOST;
        if full && !counters.by_key.contains_key(&(who, what)) {
            return (1, over - second);
        }
        let fresh = || Counter {
            begun,
            over,
            count: 0,
        };
        let counter = counters.by_key.entry((who, what)).or_insert_with(fresh);
        if counter.begun != begun {
            *counter = fresh();
        }
        counter.count += 1;
        (counter.count, over - second)
    }
}

impl Counters {
    fn sweep(&mut self, second: i64) {
        if self.by_key.len() > KEYS && second - self.swept >= APART {
            self.by_key.retain(|_, counter| second < counter.over);
            self.swept = second;
        }
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
    #[test]
    fn a_flood_of_addresses_is_forgotten_with_its_span_and_keeps_to_its_bound() {
        let (rates, at) = (Rates::default(), |second| {
            Timestamp::from_second(second).unwrap_or_default()
        });
        let held = || rates.0.lock().map_or(0, |counters| counters.by_key.len());
        assert_eq!(rates.count(-1, "a", 60, at(120)), (1, 60));
        for who in 0..70_000 {
            rates.count(who, "a", 60, at(121));
        }
        assert_eq!(held(), MOST);
        assert_eq!(rates.count(-1, "a", 60, at(122)), (2, 58));
        assert_eq!(rates.count(-1, "a", 60, at(181)), (1, 59));
        assert_eq!(held(), 1);
    }
}
