//! Japanese telephone numbers in any notation.
//!
//! Lengths and prefixes follow 電気通信番号計画 (令和元年総務省告示第6号):
//! 0X0 numbers and 0800 have eleven digits, all others ten.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use crate::digits;
use crate::written::hidden_debug;

/// A telephone number. Prints with hyphens (`03-0188-7191`, with an extension
/// `03-0188-7191 内線12`) and is stored so. Equal when the digits are equal,
/// however they are grouped and whatever the extension.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone {
    /// Three groups of ASCII digits, the first beginning with 0.
    groups: [String; 3],
    extension: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneProblem {
    #[error("電話番号がありません。")]
    Empty,
    #[error("電話番号が短いです（{typed}けた）。市外局番から{expected}けたで入れてください。")]
    TooShort { typed: usize, expected: usize },
    #[error(
        "電話番号が長いです（{typed}けた）。{expected}けたで入れてください。2つある番号は分けて入れてください。"
    )]
    TooLong { typed: usize, expected: usize },
    #[error("電話番号が0で始まっていません。市外局番から入れてください。")]
    NoAreaCode,
    #[error(
        "外国の電話番号は入れられません。日本の番号（0または+81で始まる番号）を入れてください。"
    )]
    Foreign,
    #[error("電話番号に「{0}」は使えません。数字とハイフンで入れてください。")]
    Unreadable(char),
}

impl Phone {
    /// Reads full-width or kanji digits, any hyphens, brackets around an area
    /// code, `+81`, and an extension after 内線.
    ///
    /// # Errors
    /// [`PhoneProblem`], in words for staff.
    pub fn parse(text: &str) -> Result<Self, PhoneProblem> {
        let text: String = text.nfkc().collect();
        let (main, extension) = split_extension(without_label(text.trim()));
        let extension = extension.map(digits_only).transpose()?;
        let typed = typed_groups(&national(main)?)?;
        let digits = typed.concat();
        check_length(&digits)?;
        Ok(Self {
            groups: grouping(&digits, &typed),
            extension: extension.filter(|digits| !digits.is_empty()),
        })
    }

    /// The national number without hyphens: `0301887191`.
    pub fn digits(&self) -> String {
        self.groups.concat()
    }

    /// The last four digits, by which people remember a number.
    pub fn last4(&self) -> String {
        let digits = self.digits();
        digits[digits.len() - 4..].to_owned()
    }

    /// The extension's digits, if one was written.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// A `tel:` link in national form, since 0120, 0570 and 0800 numbers can't
    /// be reached through +81; RFC 3966 would ask for a phone-context, which
    /// desk phones do not understand.
    pub fn tel_uri(&self) -> String {
        match &self.extension {
            Some(extension) => format!("tel:{};ext={extension}", self.digits()),
            None => format!("tel:{}", self.digits()),
        }
    }
}

/// ℡ is TEL after NFKC.
fn without_label(text: &str) -> &str {
    let labels = ["TEL", "Tel", "tel", "電話"];
    labels
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text)
}

fn split_extension(text: &str) -> (&str, Option<&str>) {
    let mark = ["内線", "(内", "内", "ext.", "ext"]
        .into_iter()
        .find_map(|mark| text.split_once(mark));
    match mark {
        Some((main, rest)) => (main.trim_end_matches('('), Some(rest)),
        None => (text, None),
    }
}

fn digits_only(text: &str) -> Result<String, PhoneProblem> {
    Ok(typed_groups(text)?.concat())
}

/// Replaces `+81`, with or without the `(0)` that some write after it, by 0.
fn national(text: &str) -> Result<String, PhoneProblem> {
    let Some(rest) = text.strip_prefix('+') else {
        return Ok(text.to_owned());
    };
    let rest = rest.strip_prefix("81").ok_or(PhoneProblem::Foreign)?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || digits::is_hyphen(c));
    let rest = rest
        .strip_prefix("(0)")
        .or(rest.strip_prefix('0'))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || digits::is_hyphen(c));
    Ok(format!("0{rest}"))
}

/// The runs of digits between separators.
fn typed_groups(text: &str) -> Result<Vec<String>, PhoneProblem> {
    let mut groups = Vec::new();
    let mut group = String::new();
    for c in text.chars() {
        if let Some(digit) = digits::single(c) {
            group.push(digit);
        } else if is_separator(c) {
            groups.push(std::mem::take(&mut group));
        } else {
            return Err(PhoneProblem::Unreadable(c));
        }
    }
    groups.push(group);
    groups.retain(|group| !group.is_empty());
    Ok(groups)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || digits::is_hyphen(c) || "()[]〔〕.・/:の☎".contains(c)
}

fn check_length(digits: &str) -> Result<(), PhoneProblem> {
    let (typed, expected) = (digits.len(), expected_length(digits));
    match typed.cmp(&expected) {
        _ if typed == 0 => Err(PhoneProblem::Empty),
        std::cmp::Ordering::Less => Err(PhoneProblem::TooShort { typed, expected }),
        _ if !digits.starts_with('0') => Err(PhoneProblem::NoAreaCode),
        std::cmp::Ordering::Greater => Err(PhoneProblem::TooLong { typed, expected }),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

fn expected_length(digits: &str) -> usize {
    if is_mobile_or_ip(digits) || digits.starts_with("0800") {
        11
    } else {
        10
    }
}

/// 020, 050, 060, 070, 080 and 090.
fn is_mobile_or_ip(digits: &str) -> bool {
    ["020", "050", "060", "070", "080", "090"]
        .iter()
        .any(|prefix| digits.starts_with(prefix))
        && !digits.starts_with("0800")
}

/// How a number is grouped: by its prefix where that settles it, otherwise as
/// its writer grouped it, who knows the local area code.
fn grouping(digits: &str, typed: &[String]) -> [String; 3] {
    let known = if is_mobile_or_ip(digits) {
        Some((3, 4))
    } else if digits.starts_with("0120") || digits.starts_with("0570") || digits.starts_with("0800")
    {
        Some((4, 3))
    } else if digits.starts_with("03") || digits.starts_with("06") {
        Some((2, 4))
    } else {
        writers_grouping(typed)
    };
    let (area, local) = known.unwrap_or((3, 3));
    let local_end = area + local;
    [
        &digits[..area],
        &digits[area..local_end],
        &digits[local_end..],
    ]
    .map(str::to_owned)
}

/// Area code and exchange together have six digits, the rest four.
fn writers_grouping(typed: &[String]) -> Option<(usize, usize)> {
    let lengths: Vec<usize> = typed.iter().map(String::len).collect();
    match lengths[..] {
        [area @ 2..=5, local, 4] => Some((area, local)),
        _ => None,
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups.join("-"))?;
        match &self.extension {
            Some(extension) => write!(f, " 内線{extension}"),
            None => Ok(()),
        }
    }
}

impl PartialEq for Phone {
    fn eq(&self, other: &Self) -> bool {
        self.digits() == other.digits()
    }
}

impl Eq for Phone {}

impl Hash for Phone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits().hash(state);
    }
}

hidden_debug!(Phone);

impl TryFrom<String> for Phone {
    type Error = PhoneProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.to_string()
    }
}

#[cfg(test)]
mod tests;
