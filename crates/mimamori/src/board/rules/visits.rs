//! How often one network address may open pages behind QRs.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::scope::counted_as;

/// Pages a minute from one address. A finder opens two or three; a town hall or a telephone
/// company's many customers may share an address. At this rate 2 to the power of 128 addresses
/// are not guessed; the limit only spares the database.
const A_MINUTE: u32 = 60;

/// Visits of the present minute; forgotten with it, kept nowhere else.
#[derive(Default)]
pub struct Visits {
    minute: i64,
    counts: HashMap<String, u32>,
}

impl Visits {
    /// Counts a visit; whether it may go on.
    pub fn admit(&mut self, origin: &str, now: Timestamp) -> bool {
        let minute = now.as_second().div_euclid(60);
        if minute != self.minute {
            *self = Visits {
                minute,
                counts: HashMap::new(),
            };
        }
        let count = self.counts.entry(counted_as(origin)).or_default();
        *count += 1;
        *count <= A_MINUTE
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_address_is_slowed_for_a_minute_and_others_are_not() {
        let mut visits = Visits::default();
        let now = Timestamp::from_second(1_000_000_020).unwrap();
        let admitted = (0..100).filter(|_| visits.admit("192.0.2.1", now)).count();
        assert_eq!(admitted, A_MINUTE as usize);
        assert!(visits.admit("192.0.2.2", now));
        assert!(visits.admit("192.0.2.1", Timestamp::from_second(1_000_000_080).unwrap()));
    }
}
