//! Where courses are held.

use super::beat::Closed;
use super::shown::day_words;
use super::year::Month;
use crate::ids::RowId;

/// More places than a network uses.
pub const MOST_PLACES: usize = 200;

/// More closures than two years have.
pub const MOST_CLOSURES: usize = 100;

/// A place. What stands on a poster is not sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its identity.
    pub id: RowId,
    /// What it is called.
    pub word: String,
    /// Where it is.
    pub address: String,
    /// How one gets there.
    pub access: String,
    /// How many it holds; nothing where nobody counts.
    pub holds: Option<u32>,
    /// Whether new courses may be held there.
    pub open: bool,
    /// Grows with every change.
    pub version: i64,
}

impl Place {
    /// Whether days that are held there say another thing than before.
    pub fn tells_other_than(&self, before: &Place) -> bool {
        let of = |place: &Place| {
            let Place {
                word,
                address,
                access,
                ..
            } = place.clone();
            (word, address, access, place.holds)
        };
        of(self) != of(before)
    }
}

/// Days on which the Station is closed, as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Their identity.
    pub id: RowId,
    /// From when to when, and why.
    pub closed: Closed,
}

impl Closure {
    /// Whether any of its days lies in the month.
    pub fn is_of(&self, month: Month) -> bool {
        self.closed.from <= month.last() && month.first() <= self.closed.until
    }

    /// 「お休み：12月29日（火）～1月3日（日）　年末年始」.
    pub fn words(&self) -> String {
        let Closed { from, until, word } = &self.closed;
        match from == until {
            true => format!("お休み：{}　{word}", day_words(*from)),
            false => format!(
                "お休み：{}～{}　{word}",
                day_words(*from),
                day_words(*until)
            ),
        }
    }
}
