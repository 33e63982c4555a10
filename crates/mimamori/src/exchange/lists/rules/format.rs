//! How a table is written: UTF-8 for everybody, CP932 for old programs, XLSX for Excel, JSON.

use csv::{Terminator, WriterBuilder};
use encoding_rs::SHIFT_JIS;
use serde_json::{Map, Value};

use crate::people::import::guarded;

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV, UTF-8 with a mark at its beginning, so that Excel knows.
    Utf8,
    /// CSV, Shift_JIS as Windows has it.
    Cp932,
    /// Excel.
    Xlsx,
    /// One object a row.
    Json,
}

impl Format {
    /// Every format, in the order of the page.
    pub const ALL: [Format; 4] = [Format::Utf8, Format::Xlsx, Format::Cp932, Format::Json];

    /// The code that is sent.
    pub const fn code(self) -> &'static str {
        match self {
            Format::Utf8 => "utf8",
            Format::Cp932 => "cp932",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }

    /// The word that is shown.
    pub const fn word(self) -> &'static str {
        match self {
            Format::Utf8 => "CSV（UTF-8。Excelでもそのまま開けます）",
            Format::Cp932 => "CSV（Shift_JIS。古いソフト用）",
            Format::Xlsx => "Excel（.xlsx）",
            Format::Json => "JSON",
        }
    }

    /// The format of a code.
    pub fn from_code(code: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The end of the file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Utf8 | Format::Cp932 => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }

    /// The type that browsers are told.
    pub const fn content_type(self) -> &'static str {
        match self {
            Format::Utf8 => "text/csv; charset=utf-8",
            Format::Cp932 => "text/csv; charset=shift_jis",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }
}

/// A character that CP932 does not have, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// Row of the table, the head being row 1.
    pub row: usize,
    /// Name of the column.
    pub column: String,
    /// The character.
    pub letter: char,
}

/// Rows as CSV. What a spreadsheet would take for a formula is guarded; the import takes the guard
/// off again.
pub fn csv_text(rows: &[Vec<String>]) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        // Writing into memory can't fail.
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The letters of CP932 that differ from Unicode's usual ones only in their code.
fn usual(letter: char) -> char {
    match letter {
        '\u{301C}' => '～',
        '\u{2014}' => '―',
        '\u{2016}' => '∥',
        '¢' => '￠',
        '\u{2212}' => '－',
        other => other,
    }
}

/// What stands for a letter that can't be written, as printers have it.
const GETA: char = '〓';

/// Text in CP932; what it can't hold becomes 〓. Ask [`unwritable`] first.
pub fn cp932(text: &str) -> Vec<u8> {
    let text: String = text
        .chars()
        .map(|letter| if fits(letter) { usual(letter) } else { GETA })
        .collect();
    SHIFT_JIS.encode(&text).0.into_owned()
}

/// Every character that CP932 can't hold, in rows that begin at number `first` of the table.
pub fn unwritable(head: &[String], rows: &[Vec<String>], first: usize) -> Vec<Unwritable> {
    let mut found = Vec::new();
    for (row, at) in rows.iter().zip(first..) {
        for (column, cell) in row.iter().enumerate() {
            let lost = cell.chars().filter(|letter| !fits(*letter));
            found.extend(lost.map(|letter| Unwritable {
                row: at,
                column: head.get(column).cloned().unwrap_or_default(),
                letter,
            }));
        }
    }
    found
}

fn fits(letter: char) -> bool {
    let mut buffer = [0; 4];
    let text = usual(letter).encode_utf8(&mut buffer);
    !SHIFT_JIS.encode(text).2
}

/// Rows as objects, each on a line of its own and with a comma behind it.
pub fn json_rows(head: &[String], rows: &[Vec<String>], first: bool) -> String {
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let fields = head.iter().zip(row);
        let object: Map<String, Value> = fields
            .map(|(name, cell)| (name.clone(), Value::String(cell.clone())))
            .collect();
        text.push_str(if first && at == 0 { "\n" } else { ",\n" });
        text.push_str(&Value::Object(object).to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cp932_lacks_is_named_with_its_place() {
        let head = ["氏名".to_owned()];
        let rows = [vec!["𠮷田 髙子〜".to_owned()]];
        let only = Unwritable {
            row: 2,
            column: "氏名".to_owned(),
            letter: '𠮷',
        };
        assert_eq!(unwritable(&head, &rows, 2), [only]);
        let written = cp932("𠮷田 髙子〜");
        assert_eq!(SHIFT_JIS.decode(&written).0, "〓田 髙子～");
    }

    #[test]
    fn what_looks_like_a_formula_is_guarded() {
        let rows = [vec![
            "=1+1".to_owned(),
            "03-0123-4567".to_owned(),
            "-5".to_owned(),
        ]];
        assert_eq!(csv_text(&rows), "'=1+1,03-0123-4567,'-5\r\n");
    }
}
