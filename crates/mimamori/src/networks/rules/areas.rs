//! Which center looks after which part of the town.

use std::collections::HashMap;

use words::address::{self, Address};
use words::postcode::Postcode;

use crate::ids::CenterId;

/// By what an area is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Every line of a town, to be asked about many addresses.
pub struct Lines {
    areas: Vec<Area>,
    exact: HashMap<(AreaKind, String), usize>,
    /// By how a 町丁目 may be written otherwise; nothing where that leads to two centers.
    alike: HashMap<String, Option<usize>>,
    within: HashMap<String, Option<usize>>,
}

/// The line that an address falls under.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Which of [`Lines::areas`].
    pub line: usize,
    /// Whether it is written as the line is.
    pub exact: bool,
}

impl Lines {
    /// Of these areas.
    pub fn of(areas: Vec<Area>) -> Lines {
        let (mut exact, mut alike, mut within) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (at, area) in areas.iter().enumerate() {
            exact.insert((area.kind, area.key.clone()), at);
            if area.kind == AreaKind::Block {
                let add = |ways: &mut HashMap<String, Option<usize>>, key: String| {
                    ways.entry(key)
                        .and_modify(|there| {
                            *there = there.filter(|there| areas[*there].center == area.center);
                        })
                        .or_insert(Some(at));
                };
                add(&mut alike, address::alike(&area.key));
                if let Some(rest) = address::within_town(&area.key) {
                    add(&mut within, rest.to_owned());
                }
            }
        }
        Lines {
            areas,
            exact,
            alike,
            within,
        }
    }

    /// As they are drawn.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The line of an address: by its 町丁目, then its 町, then its postcode; then by a 町丁目 that is
    /// only written otherwise, since nobody else would tell that a line reaches nobody.
    pub fn find(&self, address: Option<&Address>, postcode: Option<Postcode>) -> Option<Hit> {
        let blocks = address.map(blocks_of).unwrap_or_default();
        let exact = |kind, key: &str| self.exact.get(&(kind, key.to_owned())).copied();
        let by_block = blocks.iter().find_map(|key| exact(AreaKind::Block, key));
        let by_postcode = || exact(AreaKind::Postcode, &postcode?.digits());
        if let Some(line) = by_block.or_else(by_postcode) {
            return Some(Hit { line, exact: true });
        }
        let otherwise = |key: &String| {
            let alike = self.alike.get(&address::alike(key)).copied().flatten();
            let outside = || exact(AreaKind::Block, address::within_town(key)?);
            let inside = || self.within.get(key).copied().flatten();
            alike.or_else(outside).or_else(inside)
        };
        let line = blocks.iter().find_map(otherwise)?;
        Some(Hit { line, exact: false })
    }

    /// The center that looks after an address.
    pub fn center_of(
        &self,
        address: Option<&Address>,
        postcode: Option<Postcode>,
    ) -> Option<CenterId> {
        let hit = self.find(address, postcode)?;
        Some(self.areas[hit.line].center)
    }
}

/// What to look for, the nearest first: the 町丁目, then the 町 it belongs to.
fn blocks_of(address: &Address) -> Vec<String> {
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
    fn a_line_reaches_who_writes_it_otherwise_unless_that_is_two_centers() {
        let (south, north) = (CenterId(1), CenterId(2));
        let drawn = [
            ("浜", south),
            ("東1丁目", north),
            ("141-0001", north),
            ("金井", south),
            ("金井町", south),
        ];
        let more = [("本町", south), ("本村", north)];
        let areas = drawn.iter().chain(&more);
        let lines = Lines::of(
            areas
                .map(|(line, center)| Area::read(line, *center).unwrap())
                .collect(),
        );
        let found = |text: &str, code: &str| {
            let address = Address::parse(text).unwrap();
            let hit = lines.find(Some(&address), Postcode::parse(code).ok())?;
            Some((lines.areas()[hit.line].key.clone(), hit.exact))
        };
        let line = |key: &str, exact| Some((key.to_owned(), exact));
        assert_eq!(found("太田市浜町123", ""), line("浜", false));
        assert_eq!(found("みなみ町東一丁目2番3号", ""), line("東1丁目", false));
        assert_eq!(found("太田市浜町123", "141-0001"), line("1410001", true));
        assert_eq!(found("太田市金井町5", ""), line("金井町", true));
        assert_eq!(found("太田市大字金井5", ""), line("金井", false));
        assert_eq!(found("太田市本5", ""), None, "two centers");
        assert_eq!(found("太田市山手5", ""), None);
    }

    #[test]
    fn the_nearest_block_is_looked_for_first() {
        let address = Address::parse("大田区入船2丁目3番4号").unwrap();
        assert_eq!(blocks_of(&address), ["入船2丁目", "入船"]);
        let whole = Address::parse("群馬県太田市浜町123").unwrap();
        assert_eq!(blocks_of(&whole), ["浜町"]);
    }
}
