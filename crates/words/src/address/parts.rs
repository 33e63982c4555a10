//! Folding an address and taking it apart.

use unicode_normalization::UnicodeNormalization;

use crate::digits;
use crate::municipality::PREFECTURES;

/// Words after a block number, a longer one before any it starts with.
const UNITS: [&str; 9] = [
    "丁目",
    "番地の",
    "番地ノ",
    "番地",
    "番の",
    "番",
    "号室",
    "号棟",
    "号",
];

/// Folds an address, or what somebody searches for in one, to its key.
pub fn fold(text: &str) -> String {
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let text = PREFECTURES
        .iter()
        .find_map(|name| text.strip_prefix(name))
        .unwrap_or(&text);
    let hyphened = hyphens_for_units(text);
    let chars: Vec<char> = hyphened.chars().collect();
    let digit_at = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let kept = chars.iter().enumerate().filter_map(|(at, c)| match c {
        c if !digits::is_hyphen(*c) => Some(*c),
        _ if at > 0 && digit_at(at - 1) && digit_at(at + 1) => Some('-'),
        // ー is a letter everywhere but between numbers.
        'ー' => Some('ー'),
        _ => None,
    });
    kept.collect()
}

/// Writes every number before a unit in ASCII, and a hyphen for the unit.
fn hyphens_for_units(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(length);
        let unit = UNITS
            .iter()
            .find(|unit| after.starts_with(*unit))
            .filter(|unit| !is_name(after, unit));
        if let (Some(value), Some(unit)) = (value(number), unit) {
            out.push_str(&format!("{value}-"));
            rest = &after[unit.len()..];
        } else {
            let length = length.max(first.len_utf8());
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    out
}

/// 一番町, 三番丁: here 番 belongs to the name of a town.
fn is_name(after: &str, unit: &str) -> bool {
    unit == "番" && after[unit.len()..].starts_with(['町', '丁', '街', '館'])
}

fn is_numeral(c: char) -> bool {
    c == '十' || digits::single(c).is_some()
}

/// `12`, `一二` or `十二`; nothing for no digits or a number out of reach.
fn value(text: &str) -> Option<u32> {
    let read = |part: &str, empty: u32| match part {
        "" => Some(empty),
        part => part
            .chars()
            .filter_map(digits::single)
            .collect::<String>()
            .parse()
            .ok(),
    };
    match text.split_once('十') {
        _ if text.is_empty() => None,
        Some((tens, ones)) => read(tens, 1u32)?
            .checked_mul(10)?
            .checked_add(read(ones, 0)?),
        None => read(text, 0),
    }
}

/// 丁目 and 番: what follows is the number of one house.
const MOST_SHARED_BLOCKS: usize = 2;

/// The pieces of a folded address.
pub(super) struct Parts<'a> {
    municipality: &'a str,
    pub town: &'a str,
    /// Block numbers: 2, 12, 18.
    pub blocks: Vec<&'a str>,
    building: &'a str,
}

impl<'a> Parts<'a> {
    pub fn of(folded: &'a str) -> Self {
        let (before, after) = split_at_first(folded, |c| c.is_ascii_digit());
        let (numbers, building) = split_at_first(after, |c| !c.is_ascii_digit() && c != '-');
        let (municipality, town) = before.split_at(municipality_length(before));
        Self {
            municipality,
            town,
            blocks: numbers
                .split('-')
                .filter(|block| !block.is_empty())
                .collect(),
            building: building.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-'),
        }
    }

    pub fn search_parts(&self) -> Vec<String> {
        let wide =
            (!self.municipality.is_empty()).then(|| format!("{}{}", self.municipality, self.town));
        let blocks =
            (0..=self.blocks.len()).map(|n| format!("{}{}", self.town, self.blocks[..n].join("-")));
        let parts = wide
            .into_iter()
            .chain(blocks)
            .chain([self.building.to_owned()]);
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The wide parts and the blocks, without the number of one house; a single number is one
    /// unless 丁目 is `written` behind it.
    pub fn shared_parts(&self, written: &str) -> Vec<String> {
        let wide = usize::from(!self.municipality.is_empty());
        let blocks = match self.blocks.len() {
            0 | 1 => usize::from(self.chome(written).is_some()),
            n => (n - 1).min(MOST_SHARED_BLOCKS),
        };
        let mut parts = self.search_parts();
        parts.truncate(wide + usize::from(!self.town.is_empty()) + blocks);
        parts
    }

    /// The 丁目: where it is `written` out, or the first of three numbers.
    pub fn chome(&self, written: &str) -> Option<&'a str> {
        let is_chome = written.contains("丁目") || self.blocks.len() >= 3;
        self.blocks.first().copied().filter(|_| is_chome)
    }
}

fn split_at_first(text: &str, found: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(found).unwrap_or(text.len()))
}

/// How many bytes the municipality takes: to the 市 (with its 区, if any), the
/// 区, or the 町 or 村 after a 郡. A first character is never the end of one
/// (市川市, 町田市), nor is a 市 before another (四日市市).
fn municipality_length(text: &str) -> usize {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end = |wanted: &[char], from: usize| {
        let mut rest = chars.iter().enumerate().skip(from.max(1));
        rest.find(|(at, (_, c))| {
            wanted.contains(c) && chars.get(at + 1).is_none_or(|(_, next)| next != c)
        })
        .map(|(at, (byte, c))| (at, byte + c.len_utf8(), *c))
    };
    match end(&['市', '区', '郡'], 1) {
        Some((at, length, '市')) => match end(&['区'], at + 2) {
            Some((ward, ward_length, _)) if ward <= at + 5 => ward_length,
            _ => length,
        },
        Some((at, _, '郡')) => end(&['町', '村', '市'], at + 1).map_or(0, |(_, length, _)| length),
        Some((_, length, _)) => length,
        None => 0,
    }
}
