//! Identities: one newtype for each kind of thing, and the maker of new ones.
//!
//! An id is a positive 63-bit number that begins with the time it was made
//! (so new rows land side by side in an index) and ends in chance (so that it
//! cannot be counted through). In addresses it is written as 16 hex digits.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// 2020-01-01T00:00:00Z in milliseconds: ids count from here.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// Bits of chance below the milliseconds: 41 bits of time last until 2089.
const CHANCE_BITS: u32 = 22;

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// Reads 16 hex digits as the number of an id.
fn number_of(text: &str) -> Result<i64, NotAnId> {
    if text.len() != 16 {
        return Err(NotAnId);
    }
    let number = i64::from_str_radix(text, 16).map_err(|_| NotAnId)?;
    if number > 0 { Ok(number) } else { Err(NotAnId) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                number_of(text).map($name)
            }
        }

        impl From<$name> for db::Value {
            fn from(id: $name) -> db::Value {
                db::Value::Int(id.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
    )*};
}

ids! {
    /// A town's watch-over network (見守りネットワーク).
    NetworkId,
    /// A community comprehensive support center (地域包括支援センター).
    CenterId,
    /// An account of somebody who works with the register (職員).
    StaffId,
    /// A registered resident (登録者).
    PersonId,
    /// A tag number in stock or in somebody's hands (見守りタグ).
    TagId,
    /// One carrier of a tag number: a key holder, a magnet, a sticker.
    CarrierId,
    /// One call to the desk (照会).
    InquiryId,
    /// Something that somebody noticed (気づき).
    NoticeId,
    /// One reception of a consultation (相談).
    ConsultationId,
    /// Dated work (やること).
    TaskId,
    /// Support of somebody over time (支援).
    CaseId,
    /// Somebody who takes part in the Station and pays the yearly fee (サポーター).
    SupporterId,
    /// Anything else that needs an identity of its own.
    RowId,
}

/// Makes ids that never repeat within this program and grow with time.
#[derive(Debug, Default)]
pub struct IdMaker {
    last: AtomicI64,
}

/// The smallest id that may have been made at an instant: what has a smaller one is older.
pub fn first_of(at: Timestamp) -> i64 {
    let since = at.as_millisecond() - EPOCH_MS;
    if since < 1 { 0 } else { since << CHANCE_BITS }
}

impl IdMaker {
    /// The next id at `now`; `chance` is any random number.
    pub fn next(&self, now: Timestamp, chance: u64) -> i64 {
        let time = (now.as_millisecond() - EPOCH_MS).max(1) << CHANCE_BITS;
        let wish = time | (chance & ((1 << CHANCE_BITS) - 1)) as i64;
        let step = 1 + (chance >> 44) as i64 % 1021;
        let previous = self
            .last
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| {
                Some(wish.max(last + step))
            })
            .unwrap_or(wish);
        wish.max(previous + step)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_older_has_a_smaller_id() {
        let maker = IdMaker::default();
        let at = Timestamp::from_millisecond(EPOCH_MS + 5_000).unwrap();
        let before = Timestamp::from_millisecond(EPOCH_MS + 4_999).unwrap();
        assert!(maker.next(before, u64::MAX) < first_of(at));
        assert!(maker.next(at, 0) >= first_of(at));
    }

    #[test]
    fn ids_grow_and_are_written_as_16_hex_digits() {
        let (maker, now) = (IdMaker::default(), Timestamp::UNIX_EPOCH);
        let first = maker.next(now, u64::MAX);
        let second = maker.next(now, 0);
        assert!(second > first);
        let text = PersonId(first).to_string();
        assert_eq!(text.len(), 16);
        assert_eq!(text.parse(), Ok(PersonId(first)));
        assert_eq!("12".parse::<PersonId>(), Err(NotAnId));
        assert_eq!("0000000000000000".parse::<PersonId>(), Err(NotAnId));
    }
}
