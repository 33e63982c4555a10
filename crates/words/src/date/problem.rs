//! Why a text is no date.

use thiserror::Error;

/// Each sentence says which part is impossible and how to write it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateProblem {
    #[error("日付がありません。昭和13年3月7日 や 1938-03-07 のように入れてください。")]
    Empty,
    #[error("日付の「{0}」が読めません。昭和13年3月7日 や 1938-03-07 のように入れてください。")]
    Unreadable(char),
    #[error(
        "年・月・日の区切りが読み取れません。昭和13年3月7日 や 1938-03-07 のように入れてください。"
    )]
    Shape,
    #[error("年がわかりません。年だけでもわかれば、昭和13年不詳 のように入れてください。")]
    NoYear,
    #[error("{era}0年はありません。1年目は元年か1年と入れてください。")]
    YearZero { era: &'static str },
    #[error("{era}は{last}までです。元号と年を確かめてください。")]
    AfterEra {
        era: &'static str,
        last: &'static str,
    },
    #[error("{era}は{first}からです。元号と年を確かめてください。")]
    BeforeEra {
        era: &'static str,
        first: &'static str,
    },
    #[error("{0}年は扱えません。1873年（明治6年）から2100年までで入れてください。")]
    YearOutOfRange(i32),
    #[error("{0}月はありません。月は1から12までです。")]
    NoSuchMonth(u32),
    #[error("{year}年{month}月に{day}日はありません（{last}日まで）。日を確かめてください。")]
    NoSuchDay {
        year: i16,
        month: i8,
        day: u32,
        last: i8,
    },
    #[error("西暦と和暦の年が合いません。どちらかを確かめてください。")]
    YearsDiffer,
    #[error("年・月・日のすべてを入れてください。")]
    Incomplete,
}
