//! From a file's bytes to a [`Sheet`]: what kind of file it is follows from its content, never
//! from its name.

use super::headings;
use super::sheet::{Layout, Sheet, SheetRow};
use super::{excel, json, text};

/// The most rows a file may have; more belong into several files.
pub const MOST_ROWS: usize = 100_000;
/// The most columns; a roster has 20 to 60.
pub const MOST_COLUMNS: usize = 200;
/// The head stands among the first rows.
const HEAD_WITHIN: usize = 20;
/// A wider gap is the end of the roster and something far below it.
const MOST_BLANKS: u32 = 100;
/// So many known headings make a head.
const HEADINGS_OF_A_HEAD: usize = 2;

/// Whether a heading is one of those looked for.
pub type Known<'a> = &'a dyn Fn(&str) -> bool;

/// Why a file is no roster that can be read; the sentence is for whoever chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No file, or an empty one.
    #[error("ファイルが空です。名簿のファイルを選んでください。")]
    Empty,
    /// Excel before 2007, or a workbook under a password.
    #[error(
        "古い形式のExcel（.xls）か、パスワード付きのファイルです。Excelで開き、パスワードを外して「Excelブック（.xlsx）」か「CSV UTF-8」で保存し直してください。"
    )]
    OldExcel,
    /// A zip that is no workbook, or a broken one.
    #[error("Excelのファイルとして読めません。Excelで開けるか確かめ、保存し直してください。")]
    BrokenExcel,
    /// Begins as a list in JSON and is none.
    #[error("JSONのファイルとして読めません。書き出したときのまま選んでください。")]
    BrokenJson,
    /// UTF-16 text.
    #[error("「Unicodeテキスト」（UTF-16）のファイルです。「CSV UTF-8」で保存し直してください。")]
    Utf16,
    /// Neither UTF-8 nor CP932.
    #[error(
        "{line}行目に、Shift_JISでもUTF-8でもない文字があります。Excelで開き、「CSV UTF-8」で保存し直してください。"
    )]
    Characters {
        /// The first line that can't be read.
        line: usize,
    },
    /// No row with known headings.
    #[error(
        "見出しの行が見つかりません。「氏名」「生年月日」「住所」などの見出しを、はじめの20行のどこかに置いてください。"
    )]
    NoHead,
    /// Headings, and nothing below.
    #[error("見出しの下に行がありません。")]
    NoRows,
    /// More rows than `MOST_ROWS`.
    #[error("行が多すぎます。1つのファイルは{MOST_ROWS}行までにしてください。")]
    TooManyRows,
    /// More columns than `MOST_COLUMNS`.
    #[error("列が多すぎます。{MOST_COLUMNS}列までにしてください。")]
    TooManyColumns,
}

/// Reads a roster.
///
/// # Errors
/// [`Unreadable`], in words for staff.
pub fn read(file: &[u8]) -> Result<Sheet, Unreadable> {
    read_as(file, &headings::is_known)
}

/// Reads a table whose head is known by its own headings.
///
/// # Errors
/// [`Unreadable`]; the words of [`Unreadable::NoHead`] are of a roster.
pub fn read_as(file: &[u8], known: Known<'_>) -> Result<Sheet, Unreadable> {
    match file {
        [] => Err(Unreadable::Empty),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Unreadable::OldExcel),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(Unreadable::Utf16),
        [b'P', b'K', 3, 4, ..] => excel::read(file, known),
        file if json::is_list(file) => json::read(file, known),
        _ => text::read(file, known),
    }
}

/// Finds the head among the first rows and parts what stands above from what stands below.
pub(super) fn lay_out(
    layout: Layout,
    mut rows: Vec<SheetRow>,
    known: Known<'_>,
) -> Result<Sheet, Unreadable> {
    let at = head_at(&rows, known).ok_or(Unreadable::NoHead)?;
    let below = rows.split_off(at + 1);
    let head = rows.pop().ok_or(Unreadable::NoHead)?;
    match below.is_empty() {
        true => Err(Unreadable::NoRows),
        false => Ok(Sheet {
            layout,
            above: rows,
            rows: with_blanks(head.number, below),
            head,
        }),
    }
}

/// Rows that a reader passed over because nothing is in them, so that they can be reported.
fn with_blanks(mut last: u32, below: Vec<SheetRow>) -> Vec<SheetRow> {
    let mut rows = Vec::with_capacity(below.len());
    for row in below {
        if row.number - last <= MOST_BLANKS {
            rows.extend((last + 1..row.number).map(blank));
        }
        last = row.number;
        rows.push(row);
    }
    rows
}

fn blank(number: u32) -> SheetRow {
    let cells = Vec::new();
    SheetRow { number, cells }
}

/// The row with the most known headings; of several, the first.
fn head_at(rows: &[SheetRow], known: Known<'_>) -> Option<usize> {
    let scored = rows
        .iter()
        .take(HEAD_WITHIN)
        .map(|row| headings_known(row, known))
        .enumerate();
    let best = scored.rev().max_by_key(|(_, count)| *count);
    best.filter(|(_, count)| *count >= HEADINGS_OF_A_HEAD)
        .map(|(at, _)| at)
}

pub(super) fn headings_known(row: &SheetRow, known: Known<'_>) -> usize {
    row.cells.iter().filter(|cell| known(&cell.text)).count()
}
