//! Why a list is not taken in.

use super::table::MOST_ROWS;
use crate::people::import::{NotWritten, Unreadable};
use crate::scope::NoRight;

/// Why a deed did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such file of this account.
    #[error("no such file")]
    NotFound,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The file can't be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// No row has the headings of the list.
    #[error(
        "「{0}」などの見出しの行が見つかりません。書き出したファイルの見出しのまま選んでください。"
    )]
    NoHead(&'static str),
    /// A column without which nothing can be told.
    #[error("「{0}」の列がありません。書き出したファイルの見出しのまま選んでください。")]
    NoColumn(&'static str),
    /// More rows than one transaction takes.
    #[error("行が多すぎます。1つのファイルは{MOST_ROWS}行までに分けてください。")]
    TooMany,
    /// All or nothing, and some rows can't be taken.
    #[error("取り込めない行が{0}行あるため、何も取り込んでいません。")]
    NotAll(usize),
    /// The refused rows can't be written in the layout.
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
    /// A room refused what a row would do, or a record does not open.
    #[error(transparent)]
    Room(Box<dyn std::error::Error + Send + Sync>),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// A sealed text does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
}

impl Refusal {
    /// Of a room.
    pub fn room(error: impl std::error::Error + Send + Sync + 'static) -> Refusal {
        Refusal::Room(Box::new(error))
    }
}
