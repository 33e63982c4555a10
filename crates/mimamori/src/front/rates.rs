//! How often something happened lately, in this server's memory: for what needs no exact figure and
//! must cost nothing. Systems and passers-by are counted apart, so that no flood from outside takes a
//! system's place.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Places for passers-by. Whoever falls on one place is counted together: two of a thousand neighbours
/// now and then, and of a flood from millions of addresses all. None goes uncounted, and it takes a
/// megabyte whatever comes.
const PLACES: usize = 65_536;

/// Passers-by are counted by the minute.
const MINUTE: i64 = 60;

/// Which system, and what is counted.
type Key = (i64, &'static str);

/// One span of time.
#[derive(Clone, Copy, Default)]
struct Counter {
    begun: i64,
    count: i64,
}

impl Counter {
    /// Counts once more in the span that began then.
    fn add(&mut self, begun: i64) -> i64 {
        if self.begun != begun {
            *self = Counter { begun, count: 0 };
        }
        self.count += 1;
        self.count
    }
}

/// Counters, each of one span of time.
#[derive(Default)]
pub struct Rates {
    /// Of those whose token is known: as many as towns have let in, and a few things of each.
    systems: Mutex<HashMap<Key, Counter>>,
    passing: Mutex<Vec<Counter>>,
    /// Nobody outside can tell who shares a place.
    places: RandomState,
}

impl Rates {
    /// Counts once more for a system that is known, and gives the count of the span that is under way
    /// and the seconds left.
    pub fn count(&self, system: i64, what: &'static str, span: i64, now: Timestamp) -> (i64, i64) {
        let second = now.as_second();
        let begun = second - second.rem_euclid(span);
        let mut systems = self.systems.lock().unwrap_or_else(PoisonError::into_inner);
        let count = systems.entry((system, what)).or_default().add(begun);
        (count, begun + span - second)
    }

    /// The count of the span that is under way, without counting.
    pub fn so_far(&self, system: i64, what: &'static str, span: i64, now: Timestamp) -> i64 {
        let second = now.as_second();
        let begun = second - second.rem_euclid(span);
        let systems = self.systems.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = systems.get(&(system, what));
        counter
            .filter(|counter| counter.begun == begun)
            .map_or(0, |counter| counter.count)
    }

    /// Counts once more for whoever passes by from there, in the minute that is under way. The address
    /// itself is not kept.
    pub fn pass(&self, from: &str, what: &'static str, now: Timestamp) -> i64 {
        let second = now.as_second();
        let begun = second - second.rem_euclid(MINUTE);
        let hash = self.places.hash_one((from, what));
        let at = usize::try_from(hash % PLACES as u64).unwrap_or_default();
        let mut passing = self.passing.lock().unwrap_or_else(PoisonError::into_inner);
        if passing.is_empty() {
            passing.resize(PLACES, Counter::default());
        }
        let place = passing.get_mut(at);
        // Without a place nobody would be counted; there is one for every rest.
        place.map_or(i64::MAX, |place| place.add(begun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    #[test]
    fn each_minute_begins_anew() {
        let rates = Rates::default();
        assert_eq!(rates.count(1, "a", 60, at(125)), (1, 55));
        assert_eq!(rates.count(1, "a", 60, at(179)), (2, 1));
        assert_eq!(rates.so_far(1, "a", 60, at(179)), 2);
        assert_eq!(rates.so_far(1, "a", 60, at(180)), 0);
        assert_eq!(rates.so_far(3, "a", 60, at(179)), 0);
        assert_eq!(rates.count(2, "a", 60, at(179)), (1, 1));
        assert_eq!(rates.count(1, "a", 60, at(180)), (1, 60));
        assert_eq!(rates.pass("192.0.2.1", "a", at(125)), 1);
        assert_eq!(rates.pass("192.0.2.1", "a", at(179)), 2);
        assert_eq!(rates.pass("192.0.2.1", "b", at(179)), 1);
        assert_eq!(rates.pass("192.0.2.1", "a", at(180)), 1);
    }

    #[test]
    fn a_flood_of_addresses_leaves_nobody_uncounted_and_no_system_without_its_limit() {
        let rates = Rates::default();
        let loud = || rates.pass("192.0.2.1", "a", at(121));
        assert_eq!(rates.count(1, "a", 60, at(120)), (1, 60));
        for count in 1..=200 {
            assert!(loud() >= count);
        }
        for who in 0..200_000 {
            rates.pass(&who.to_string(), "a", at(121));
        }
        assert!(loud() > 200, "who was over a limit stays over it");
        let quiet = rates.pass("192.0.2.2", "a", at(121));
        assert!(
            quiet < 60,
            "{quiet}: nor does the flood shut neighbours out"
        );
        assert_eq!(rates.count(1, "a", 60, at(122)), (2, 58));
        let held = rates.passing.lock().map_or(0, |passing| passing.len());
        assert_eq!(held, PLACES);
    }
}
