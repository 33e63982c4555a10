//! Batches: how many numbers, on what.

use jiff::Timestamp;

use super::carrier::{CarrierKind, KINDS};
use super::refusal::Refusal;
use crate::ids::{RowId, StaffId};

/// The most numbers in one batch: a town's demand of some years, and a file that any maker opens.
pub const MOST_NUMBERS: i64 = 10_000;

/// The most carriers of one kind for one number.
const MOST_OF_A_KIND: i64 = 9;

/// How many carriers of each kind a number gets, in the order of [`KINDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mix(pub [i64; 4]);

impl Mix {
    /// One key holder.
    pub const KEY_HOLDER: Mix = Mix([1, 0, 0, 0]);

    /// The kinds to make for one number, each as often as it is wanted.
    pub fn kinds(self) -> impl Iterator<Item = CarrierKind> {
        let wanted = KINDS.into_iter().zip(self.0);
        wanted.flat_map(|(kind, count)| (0..count).map(move |_| kind))
    }

    /// 「キーホルダー 1、シール 2」.
    pub fn words(self) -> String {
        let wanted = KINDS
            .into_iter()
            .zip(self.0)
            .filter(|(_, count)| *count > 0);
        let words: Vec<String> = wanted
            .map(|(kind, count)| format!("{} {count}", kind.word()))
            .collect();
        words.join("、")
    }

    fn is_sound(self) -> bool {
        let within = self
            .0
            .iter()
            .all(|count| (0..=MOST_OF_A_KIND).contains(count));
        within && self.0.iter().any(|count| *count > 0)
    }
}

/// What is ordered.
#[derive(Clone)]
pub struct Order {
    /// How many numbers, 1 to [`MOST_NUMBERS`].
    pub count: i64,
    /// What each is carried by.
    pub mix: Mix,
    /// A remark for colleagues; may be empty.
    pub note: String,
}

impl Order {
    /// Refuses an order out of bounds.
    pub fn check(&self) -> Result<(), Refusal> {
        let sound = (1..=MOST_NUMBERS).contains(&self.count) && self.mix.is_sound();
        if sound {
            Ok(())
        } else {
            Err(Refusal::BadOrder)
        }
    }
}

/// A batch that was ordered.
#[derive(Clone)]
pub struct Batch {
    /// Its identity.
    pub id: RowId,
    /// What was ordered.
    pub order: Order,
    /// How many numbers exist so far.
    pub made: i64,
    /// When it was ordered.
    pub ordered_at: Timestamp,
    /// By whom; `None` for the program.
    pub ordered_by: Option<StaffId>,
    /// When the maker's list was last taken.
    pub taken_at: Option<Timestamp>,
}

impl Batch {
    /// Whether numbers are still to be made.
    pub const fn is_in_making(&self) -> bool {
        self.made < self.order.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(count: i64, mix: [i64; 4]) -> bool {
        let note = String::new();
        Order {
            count,
            mix: Mix(mix),
            note,
        }
        .check()
        .is_ok()
    }

    #[test]
    fn an_order_has_its_bounds() {
        assert!(order(1, [1, 0, 0, 0]) && order(MOST_NUMBERS, [0, 9, 9, 9]));
        assert!(!order(0, [1, 0, 0, 0]) && !order(MOST_NUMBERS + 1, [1, 0, 0, 0]));
        assert!(!order(1, [0; 4]) && !order(1, [10, 0, 0, 0]) && !order(1, [2, -1, 0, 0]));
    }

    #[test]
    fn a_mix_is_said_and_made_in_order() {
        let mix = Mix([1, 0, 2, 0]);
        assert_eq!(mix.words(), "キーホルダー 1、シール 2");
        let kinds: Vec<_> = mix.kinds().collect();
        assert_eq!(
            kinds,
            [
                CarrierKind::KeyHolder,
                CarrierKind::Sticker,
                CarrierKind::Sticker
            ]
        );
    }
}
