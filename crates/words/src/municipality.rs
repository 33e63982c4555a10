//! 全国地方公共団体コード: five digits and a check digit.
//!
//! Source: 総務省 「全国地方公共団体コード」仕様. The five digits are weighted
//! 6, 5, 4, 3, 2; the check digit is the last digit of 11 less the remainder
//! of their sum by 11.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::digits::{self, UnreadableDigit};

/// Every prefecture, in the order of its code (JIS X 0401).
pub(crate) const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// A code such as 131113 (大田区); stored and printed as its six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MunicipalityCode(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MunicipalityProblem {
    #[error("団体コードは検査数字を入れて6けたです（いま{0}けた）。")]
    NotSixDigits(usize),
    #[error("団体コードの最初の2けたは、都道府県の01から47です。番号を確かめてください。")]
    NoSuchPrefecture,
    #[error("団体コードの検査数字（6けた目）が合いません。番号を確かめてください。")]
    Misread,
    #[error("団体コードに「{0}」は使えません。数字で入れてください。")]
    Unreadable(char),
}

impl MunicipalityCode {
    /// Reads six digits in any width.
    ///
    /// # Errors
    /// [`MunicipalityProblem`]: not six digits, no such prefecture, or a check
    /// digit that does not fit.
    pub fn parse(text: &str) -> Result<Self, MunicipalityProblem> {
        let digits =
            digits::fold(text).map_err(|UnreadableDigit(c)| MunicipalityProblem::Unreadable(c))?;
        let problem = MunicipalityProblem::NotSixDigits(digits.len());
        let six = Some(digits).filter(|digits| digits.len() == 6);
        let code: u32 = six.and_then(|digits| digits.parse().ok()).ok_or(problem)?;
        let expected = Self::from_five(code / 10).ok_or(MunicipalityProblem::NoSuchPrefecture)?;
        (expected.0 == code)
            .then_some(expected)
            .ok_or(MunicipalityProblem::Misread)
    }

    /// Adds the check digit to the five digits of JIS X 0401 and 0402;
    /// `None` when the first two name no prefecture.
    pub fn from_five(five: u32) -> Option<Self> {
        let prefectures = 1..=47;
        prefectures
            .contains(&(five / 1000))
            .then(|| Self(five * 10 + check(five)))
    }

    /// The prefecture, 1 (北海道) to 47 (沖縄県).
    pub fn prefecture(self) -> u32 {
        self.0 / 10_000
    }

    /// The prefecture's name.
    pub fn prefecture_name(self) -> &'static str {
        let at = usize::try_from(self.prefecture()).unwrap_or_default();
        let name = at.checked_sub(1).and_then(|at| PREFECTURES.get(at));
        name.copied().unwrap_or_default()
    }
}

fn check(five: u32) -> u32 {
    let digit = |place: u32| five / 10_u32.pow(place) % 10;
    let sum: u32 = (0..5).map(|place| digit(place) * (place + 2)).sum();
    (11 - sum % 11) % 10
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl TryFrom<String> for MunicipalityCode {
    type Error = MunicipalityProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<MunicipalityCode> for String {
    fn from(code: MunicipalityCode) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn known_codes_are_right() {
        // 大田区, 東京都, 札幌市, 岸和田市, 横浜市
        for text in ["131113", "130001", "011002", "272027", "141003"] {
            assert_eq!(MunicipalityCode::parse(text).unwrap().to_string(), text);
            let five = text[..5].parse().unwrap();
            assert_eq!(MunicipalityCode::from_five(five).unwrap().to_string(), text);
        }
        assert_eq!(
            MunicipalityCode::parse("０１１００２")
                .unwrap()
                .prefecture(),
            1
        );
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        use MunicipalityProblem as Problem;
        assert_eq!(
            MunicipalityCode::parse("13111"),
            Err(Problem::NotSixDigits(5))
        );
        assert_eq!(MunicipalityCode::parse("131114"), Err(Problem::Misread));
        assert_eq!(
            MunicipalityCode::parse("481114"),
            Err(Problem::NoSuchPrefecture)
        );
        assert_eq!(
            MunicipalityCode::parse("大131113"),
            Err(Problem::Unreadable('大'))
        );
    }
}
