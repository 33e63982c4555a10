//! The table as a file: UTF-8 for everybody, CP932 for old programs, XLSX for Excel.

use std::path::Path;

use encoding_rs::SHIFT_JIS;
use rust_xlsxwriter::Workbook;

use super::super::failure::Failure;
use crate::config::words::of_system;

/// How the file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    /// CSV、UTF-8（BOMつき。Excelでもそのまま開けます）
    Utf8,
    /// CSV、Shift_JIS（CP932）
    Cp932,
    /// Excel（.xlsx）
    Xlsx,
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

/// Writes the rows, the head first.
pub fn write(path: &Path, format: Format, rows: &[Vec<String>]) -> Result<(), Failure> {
    let bytes = match format {
        Format::Utf8 => [b"\xef\xbb\xbf".to_vec(), csv_text(rows)?.into_bytes()].concat(),
        Format::Cp932 => cp932(rows)?,
        Format::Xlsx => xlsx(rows)?,
    };
    save(path, &bytes)
}

/// A new file that only its owner can read; nothing is ever written over.
fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let told = |error: std::io::Error| {
        Failure::refused(format!(
            "{} に書けません（{}）。",
            path.display(),
            of_system(error.kind())
        ))
    };
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = file.map_err(told)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(told)
}

fn csv_text(rows: &[Vec<String>]) -> Result<String, Failure> {
    let broken = |_| Failure::refused("表を組み立てられませんでした。");
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|_| broken(()))?;
    }
    let bytes = writer.into_inner().map_err(|_| broken(()))?;
    String::from_utf8(bytes).map_err(|_| broken(()))
}

fn cp932(rows: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
    let missing = unwritable(rows);
    if missing.is_empty() {
        let text: String = csv_text(rows)?.chars().map(usual).collect();
        return Ok(SHIFT_JIS.encode(&text).0.into_owned());
    }
    let listed: Vec<String> = missing
        .iter()
        .take(20)
        .map(|one| {
            format!(
                "・{}行目「{}」の「{}」（U+{:04X}）",
                one.row, one.column, one.letter, one.letter as u32
            )
        })
        .collect();
    Err(Failure::refused(format!(
        "Shift_JISにない文字が{}か所あるため、書き出しませんでした。--format utf8 か xlsx なら、そのまま書き出せます。\n{}",
        missing.len(),
        listed.join("\n")
    )))
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

/// Every character that CP932 can't hold.
pub fn unwritable(rows: &[Vec<String>]) -> Vec<Unwritable> {
    let head = rows.first();
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let lost = cell
                .chars()
                .filter(|letter| !fits(*letter))
                .map(|letter| Unwritable {
                    row: at + 1,
                    column: head
                        .and_then(|head| head.get(column))
                        .cloned()
                        .unwrap_or_default(),
                    letter,
                });
            found.extend(lost);
        }
    }
    found
}

fn fits(letter: char) -> bool {
    let mut buffer = [0; 4];
    let text = usual(letter).encode_utf8(&mut buffer);
    !SHIFT_JIS.encode(text).2
}

/// Every cell is a text: numbers keep their leading zeros.
fn xlsx(rows: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
    let broken = |_| Failure::refused("Excelの表を組み立てられませんでした。");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            sheet
                .write_string(at as u32, column, cell)
                .map_err(broken)?;
        }
    }
    book.save_to_buffer().map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cp932_lacks_is_named_with_its_place() {
        let rows = [vec!["氏名".to_owned()], vec!["𠮷田 髙子〜".to_owned()]];
        let missing = unwritable(&rows);
        let only = Unwritable {
            row: 2,
            column: "氏名".to_owned(),
            letter: '𠮷',
        };
        assert_eq!(missing, [only]);
        let said = cp932(&rows).err().map(|why| why.to_string());
        assert!(said.is_some_and(|said| said.contains("U+20BB7")));
    }

    #[test]
    fn a_file_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        let rows = [vec!["氏名".to_owned()]];
        assert!(write(&path, Format::Utf8, &rows).is_ok());
        assert_eq!(std::fs::read(&path).unwrap(), "\u{feff}氏名\r\n".as_bytes());
        assert!(write(&path, Format::Cp932, &rows).is_err());
    }
}
