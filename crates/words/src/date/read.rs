//! From text to [`PartialDate`].

use jiff::civil::{Date, date};
use unicode_normalization::UnicodeNormalization;

use super::era::{ERAS, Era, FIRST_YEAR, LAST_YEAR};
use super::{DateProblem, PartialDate};
use crate::digits;

const UNKNOWN: [&str; 7] = ["不詳", "不明", "未詳", "??", "?", "××", "×"];
const ABOUT: [&str; 5] = ["頃", "ごろ", "ころ", "~", "約"];

/// A run of digits or a separator between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Number { value: u32, digits: usize },
    Glue(char),
}

pub(super) fn read(text: &str) -> Result<PartialDate, DateProblem> {
    let text = plain(text);
    let Some((outside, inside)) = bracketed(&text) else {
        return read_one(&text);
    };
    let (whole, year) = (read_one(&outside)?, read_one(inside)?);
    let agree = whole.year == year.year;
    agree.then_some(whole).ok_or(DateProblem::YearsDiffer)
}

/// NFKC makes ㍼ 昭和 and ９ 9; spaces and what stands around a date go.
fn plain(text: &str) -> String {
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let text = text
        .strip_suffix("生まれ")
        .or(text.strip_suffix('生'))
        .unwrap_or(&text);
    text.strip_prefix("西暦").unwrap_or(text).to_owned()
}

/// `1938年(昭和13年)3月7日` → (`1938年3月7日`, `昭和13年`).
fn bracketed(text: &str) -> Option<(String, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    Some((format!("{before}{after}"), inside))
}

fn read_one(text: &str) -> Result<PartialDate, DateProblem> {
    let (text, about) = without(text, &ABOUT);
    let (text, unknown) = without(&text, &UNKNOWN);
    let (era, rest) = era_of(&text);
    let pieces = pieces(rest, era.is_some())?;
    let has_numbers = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Number { .. }));
    match (text.is_empty(), has_numbers) {
        (true, _) if !unknown => Err(DateProblem::Empty),
        (_, false) => Err(DateProblem::NoYear),
        _ => assemble(era, numbers(&pieces, unknown)?, about),
    }
}

fn without(text: &str, words: &[&str]) -> (String, bool) {
    let left = words
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(word, ""));
    let found = left.len() < text.len();
    (left, found)
}

fn era_of(text: &str) -> (Option<&'static Era>, &str) {
    let found = ERAS.iter().find_map(|era| {
        let rest = era.marks.iter().find_map(|mark| strip_mark(text, mark))?;
        Some((Some(era), rest))
    });
    found.unwrap_or((None, text))
}

/// Takes `S`, `s` or `S.` and the like off the front.
fn strip_mark<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let head = text.get(..mark.len())?;
    let rest = &text[mark.len()..];
    head.eq_ignore_ascii_case(mark)
        .then(|| rest.strip_prefix('.').unwrap_or(rest))
}

fn pieces(text: &str, era: bool) -> Result<Vec<Piece>, DateProblem> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
        if length > 0 {
            pieces.push(number(&rest[..length])?);
            rest = &rest[length..];
        } else {
            pieces.push(match first {
                '元' if era && pieces.is_empty() => Piece::Number {
                    value: 1,
                    digits: 1,
                },
                '年' | '月' | '日' | '/' | '.' | ',' | '、' | '・' => Piece::Glue(first),
                c if digits::is_hyphen(c) => Piece::Glue('-'),
                c => return Err(DateProblem::Unreadable(c)),
            });
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(pieces)
}

fn is_numeral(c: char) -> bool {
    digits::single(c).is_some() || matches!(c, '十' | '百' | '千')
}

/// Positional (`1935`, `一九三五`) or with 十, 百, 千 (`二十一`, `千九百`).
fn number(text: &str) -> Result<Piece, DateProblem> {
    if text.chars().count() > 8 {
        return Err(DateProblem::Shape);
    }
    let (mut total, mut current) = (0, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let digit = digits::single(c)
                    .and_then(|digit| digit.to_digit(10))
                    .unwrap_or(0);
                current = Some(current.unwrap_or(0) * 10 + digit);
                continue;
            }
        };
        total += current.take().unwrap_or(1) * unit;
    }
    let value = total + current.unwrap_or(0);
    Ok(Piece::Number {
        value,
        digits: text.chars().count(),
    })
}

/// Year and, where written, month and day; 0 stands for unknown.
fn numbers(pieces: &[Piece], unknown: bool) -> Result<Vec<u32>, DateProblem> {
    if let Some(run) = one_run(pieces) {
        return Ok(run);
    }
    let mut numbers = Vec::new();
    let mut glue = String::new();
    for piece in pieces {
        match *piece {
            Piece::Glue(c) => glue.push(c),
            Piece::Number { value, .. } => {
                check_glue(&glue, numbers.len(), unknown)?;
                glue.clear();
                numbers.push(value);
            }
        }
    }
    let unit = ["", "年", "月", "日"]
        .get(numbers.len())
        .ok_or(DateProblem::Shape)?;
    let closed = unknown || glue.is_empty() || glue == *unit;
    closed.then_some(numbers).ok_or(DateProblem::Shape)
}

/// What may stand before the number at `index`. Beside an unknown part units
/// stand alone (`昭和10年月日不詳`), so there anything goes after the year.
fn check_glue(glue: &str, index: usize, unknown: bool) -> Result<(), DateProblem> {
    let fits = match index {
        0 => glue.is_empty(),
        _ if unknown => true,
        1 => glue == "年" || is_separator(glue),
        2 => glue == "月" || is_separator(glue),
        _ => false,
    };
    fits.then_some(()).ok_or(DateProblem::Shape)
}

fn is_separator(glue: &str) -> bool {
    ["/", ".", "-", ",", "、", "・"].contains(&glue)
}

/// `19350904` and, after an era, `190229`.
fn one_run(pieces: &[Piece]) -> Option<Vec<u32>> {
    let [
        Piece::Number {
            value,
            digits: 6 | 8,
        },
    ] = *pieces
    else {
        return None;
    };
    Some(vec![value / 10_000, value / 100 % 100, value % 100])
}

fn assemble(era: Option<&Era>, numbers: Vec<u32>, about: bool) -> Result<PartialDate, DateProblem> {
    let number = |at: usize| numbers.get(at).copied().filter(|value| *value > 0);
    let written = numbers.first().copied().unwrap_or(0);
    let year = match era {
        Some(era) => era.western(written)?,
        None => western(written)?,
    };
    let month = number(1).map(month).transpose()?;
    let day = match (month, number(2)) {
        (Some(month), Some(wanted)) => Some(day(year, month, wanted)?),
        (None, Some(_)) => return Err(DateProblem::Shape),
        (_, None) => None,
    };
    let date = PartialDate {
        year,
        month,
        day,
        about,
    };
    let (from, to) = date.span();
    era.map_or(Ok(()), |era| era.admits(from, to))?;
    Ok(date)
}

fn western(year: u32) -> Result<i16, DateProblem> {
    let years = FIRST_YEAR..=LAST_YEAR;
    let known = i16::try_from(year).ok().filter(|year| years.contains(year));
    match known {
        Some(year) => Ok(year),
        // Two digits without an era are an era year whose era is missing.
        None if year < 100 => Err(DateProblem::Shape),
        None => Err(DateProblem::YearOutOfRange(
            i32::try_from(year).unwrap_or(i32::MAX),
        )),
    }
}

fn month(month: u32) -> Result<i8, DateProblem> {
    let known = i8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month));
    known.ok_or(DateProblem::NoSuchMonth(month))
}

fn day(year: i16, month: i8, wanted: u32) -> Result<i8, DateProblem> {
    let last = date(year, month, 1).days_in_month();
    let known = i8::try_from(wanted)
        .ok()
        .filter(|day| (1..=last).contains(day));
    known.ok_or(DateProblem::NoSuchDay {
        year,
        month,
        day: wanted,
        last,
    })
}

impl PartialDate {
    /// The first and the last day it may be.
    pub(super) fn span(&self) -> (Date, Date) {
        let first = date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        let last_month = date(self.year, self.month.unwrap_or(12), 1);
        let last = self.day.map_or(last_month.last_of_month(), |_| first);
        (first, last)
    }
}
