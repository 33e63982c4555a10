//! Why a roster, or a step of it, is not taken.

use super::read::Unreadable;
use super::write::NotWritten;
use crate::people::rules::Refusal as PersonRefusal;
use crate::scope::NoRight;

/// Why a deed did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such run in this town.
    #[error("no such import")]
    NotFound,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The file is no roster that can be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The columns can't be as chosen; in words.
    #[error("{0}")]
    Columns(&'static str),
    /// The run is over, or given up.
    #[error("この取り込みは終わっています。")]
    Finished,
    /// The file was dropped after a day.
    #[error("名簿のファイルは、24時間たったため消しました。もう一度選んでください。")]
    Expired,
    /// The rows have not been judged yet.
    #[error("列の対応を決めて、行を確かめてから取り込んでください。")]
    NotJudged,
    /// All or nothing was asked for, and some rows can't be taken.
    #[error(
        "取り込めない行が{refused}行、重複のおそれで未定の行が{open}行あるため、何も取り込んでいません。"
    )]
    NotAll {
        /// Rows refused.
        refused: usize,
        /// Probable duplicates of which nothing was said.
        open: usize,
    },
    /// Somebody registered or changed people since the verdicts were shown.
    #[error(
        "確かめたあとで登録が変わりました。もう一度確かめてから取り込んでください。何も取り込んでいません。"
    )]
    Moved,
    /// The refused rows can't be written in the layout.
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
    /// The program is stopping.
    #[error("the work was interrupted")]
    Interrupted,
    /// A record.
    #[error(transparent)]
    Person(#[from] PersonRefusal),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// A sealed text does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
}
