//! Which center looks after which part of the town.

use words::address::Address;
use words::postcode::Postcode;

use crate::ids::CenterId;

/// By what an area is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaKind {
    /// 町丁目, or a whole 町.
    Block,
    /// 郵便番号.
    Postcode,
}

impl AreaKind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            AreaKind::Block => "block",
            AreaKind::Postcode => "postcode",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<AreaKind> {
        [AreaKind::Block, AreaKind::Postcode]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// One part of the town and the center that looks after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// By what it is drawn.
    pub kind: AreaKind,
    /// `入船1丁目`, `入船`, or seven digits.
    pub key: String,
    /// The center.
    pub center: CenterId,
}

/// Why a line is no area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaFault {
    /// Digits that are no postcode.
    Postcode,
    /// No town in it.
    Block,
}

impl Area {
    /// Reads a line: a postcode, or a 町丁目 with or without town and prefecture before it.
    pub fn read(line: &str, center: CenterId) -> Result<Area, AreaFault> {
        if looks_like_postcode(line) {
            let postcode = Postcode::parse(line).map_err(|_| AreaFault::Postcode)?;
            return Ok(Area {
                kind: AreaKind::Postcode,
                key: postcode.digits(),
                center,
            });
        }
        let block = Address::parse(line)
            .map_err(|_| AreaFault::Block)?
            .town_block();
        match block.is_empty() {
            true => Err(AreaFault::Block),
            false => Ok(Area {
                kind: AreaKind::Block,
                key: block,
                center,
            }),
        }
    }

    /// The line as it is shown for correction.
    pub fn line(&self) -> String {
        match self.kind {
            AreaKind::Block => self.key.clone(),
            AreaKind::Postcode => format!("{}-{}", &self.key[..3], &self.key[3..]),
        }
    }
}

/// No kanji and no kana in it: digits, hyphens, 〒, of any width.
fn looks_like_postcode(line: &str) -> bool {
    let sign = |c: char| c.is_numeric() || c.is_whitespace() || "〒-－ー‐−–—".contains(c);
    line.chars().all(sign) && line.chars().any(char::is_numeric)
}

/// What to look for, the nearest first: the 町丁目, then the 町 it belongs to.
pub fn blocks_of(address: &Address) -> Vec<String> {
    let block = address.town_block();
    let town = block.strip_suffix("丁目").map(|rest| {
        rest.trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    });
    [Some(block), town]
        .into_iter()
        .flatten()
        .filter(|key| !key.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn read(line: &str) -> Result<(AreaKind, String), AreaFault> {
        Area::read(line, CenterId(1)).map(|area| (area.kind, area.key))
    }

    #[test]
    fn a_line_is_a_postcode_or_a_block() {
        let block = |key: &str| Ok((AreaKind::Block, key.to_owned()));
        assert_eq!(read("入船一丁目"), block("入船1丁目"));
        assert_eq!(read("大田区入船１丁目"), block("入船1丁目"));
        assert_eq!(read("入船"), block("入船"));
        for line in ["143-0016", "〒１４３－００１６", "1430016"] {
            assert_eq!(
                read(line),
                Ok((AreaKind::Postcode, "1430016".to_owned())),
                "{line}"
            );
        }
        assert_eq!(read("143-001"), Err(AreaFault::Postcode));
        assert_eq!(read("　"), Err(AreaFault::Block));
    }

    #[test]
    fn a_shown_line_reads_back() {
        for line in ["入船1丁目", "143-0016"] {
            assert_eq!(Area::read(line, CenterId(1)).unwrap().line(), line);
        }
    }

    #[test]
    fn the_nearest_block_is_looked_for_first() {
        let address = Address::parse("大田区入船2丁目3番4号").unwrap();
        assert_eq!(blocks_of(&address), ["入船2丁目", "入船"]);
        let whole = Address::parse("群馬県太田市浜町123").unwrap();
        assert_eq!(blocks_of(&whole), ["浜町"]);
    }
}
