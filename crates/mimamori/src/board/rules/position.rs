//! Where a telephone says that it is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place on earth, to about a metre.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Latitude in hundred-thousandths of a degree.
    north: i32,
    /// Longitude in hundred-thousandths of a degree.
    east: i32,
    /// How far off it may be, in metres, where the telephone said so.
    #[serde(default)]
    within: Option<u32>,
}

impl Position {
    /// Reads `35.58890,139.72720` or `35.58890,139.72720,30`, as the page's script writes it.
    pub fn read(text: &str) -> Option<Position> {
        let mut parts = text.split(',').map(str::trim);
        let north = degrees(parts.next()?, 90.0)?;
        let east = degrees(parts.next()?, 180.0)?;
        let within = parts.next().and_then(|metres| metres.parse().ok());
        Some(Position {
            north,
            east,
            within,
        })
    }

    /// What a telephone opens as a map: RFC 5870.
    pub fn uri(self) -> String {
        format!("geo:{}", self.coordinates())
    }

    /// `35.58890,139.72720`
    pub fn coordinates(self) -> String {
        format!("{},{}", shown(self.north), shown(self.east))
    }

    /// How far off it may be, in metres.
    pub fn within(self) -> Option<u32> {
        self.within
    }
}

/// The position is where somebody is: it does not belong in a log.
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Position(…)")
    }
}

fn degrees(text: &str, most: f64) -> Option<i32> {
    let degrees: f64 = text.parse().ok()?;
    let fits = degrees.is_finite() && degrees.abs() <= most;
    #[allow(clippy::cast_possible_truncation)] // 180 degrees are 18,000,000
    fits.then(|| (degrees * 100_000.0).round() as i32)
}

fn shown(degrees: i32) -> String {
    let sign = if degrees < 0 { "-" } else { "" };
    let size = degrees.unsigned_abs();
    format!("{sign}{}.{:05}", size / 100_000, size % 100_000)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_position_is_read_and_opens_a_map() {
        let here = Position::read("35.588899,139.72720, 30").unwrap();
        assert_eq!(here.uri(), "geo:35.58890,139.72720");
        assert_eq!(here.within(), Some(30));
        let south = Position::read("-0.000012,-70.5").unwrap();
        assert_eq!(south.coordinates(), "-0.00001,-70.50000");
        for none in ["", "35", "91,0", "0,181", "NaN,0", "駅,前"] {
            assert!(Position::read(none).is_none(), "{none}");
        }
        assert!(!format!("{here:?}").contains("35"));
    }
}
