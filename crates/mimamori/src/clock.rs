//! The one place that reads the clock; everything else is handed the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where the time comes from: the machine, or a test that sets it.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Machine,
    /// A clock that stands at a millisecond until a test moves it.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this instant.
    pub fn standing(at: Timestamp) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    /// The time now.
    #[allow(clippy::disallowed_methods)] // the one reader of the clock
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::Machine => Timestamp::now(),
            Clock::Set(at) => instant(at.load(Ordering::Acquire)),
        }
    }

    /// Moves a standing clock; the machine's clock can't be moved.
    pub fn set(&self, to: Timestamp) {
        if let Clock::Set(at) = self {
            at.store(to.as_millisecond(), Ordering::Release);
        }
    }
}

/// The instant of a stored millisecond; far-out values are held at the epoch.
pub fn instant(millisecond: i64) -> Timestamp {
    Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The first instant of a day in Japan.
pub fn midnight(day: Date) -> Timestamp {
    let zoned = day.to_zoned(TimeZone::fixed(jiff::tz::offset(9)));
    zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// The instant as it is read in Japan, the only time zone of this program.
pub fn in_japan(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(9)))
}
