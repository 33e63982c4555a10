//! Rows that were not taken go back as they came, with a column that says why.

use csv::{QuoteStyle, Terminator, WriterBuilder};
use encoding_rs::SHIFT_JIS;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::sheet::{Encoding, Layout, Sheet, SheetRow};

/// The heading of the column with the reasons.
pub const REASON: &str = "取り込めなかった理由";

/// Why no file could be written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// CSV.
    #[error("the rows can't be written as text")]
    Text,
    /// XLSX.
    #[error(transparent)]
    Excel(#[from] XlsxError),
}

/// The file in the layout of the sheet: what stood above the head, the head, and these rows with
/// their reasons.
///
/// # Errors
/// [`NotWritten`] where the layout can't hold it.
pub fn write(sheet: &Sheet, rows: &[(&SheetRow, String)]) -> Result<Vec<u8>, NotWritten> {
    let width = sheet.head.cells.len();
    let above = sheet.above.iter().map(|row| texts(row, width, None));
    let head = texts(&sheet.head, width, Some(REASON));
    let rows = rows
        .iter()
        .map(|(row, reason)| texts(row, width, Some(reason)));
    let all: Vec<Vec<String>> = above.chain([head]).chain(rows).collect();
    match &sheet.layout {
        Layout::Text {
            encoding,
            separator,
        } => text(&all, *encoding, *separator),
        Layout::Excel { sheet } => Ok(excel(&all, sheet)?),
    }
}

/// A row's cells; the reason stands right of the last heading.
fn texts(row: &SheetRow, width: usize, reason: Option<&str>) -> Vec<String> {
    let mut cells: Vec<String> = row
        .cells
        .iter()
        .take(width)
        .map(|cell| cell.text.clone())
        .collect();
    if let Some(reason) = reason {
        cells.resize(width, String::new());
        cells.push(reason.to_owned());
    }
    cells
}

fn text(rows: &[Vec<String>], encoding: Encoding, separator: u8) -> Result<Vec<u8>, NotWritten> {
    let mut writer = WriterBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        let fields: Vec<Vec<u8>> = row.iter().map(|cell| encode(cell, encoding)).collect();
        writer.write_record(fields).map_err(|_| NotWritten::Text)?;
    }
    let body = writer.into_inner().map_err(|_| NotWritten::Text)?;
    let bom: &[u8] = match encoding {
        Encoding::Utf8 { bom: true } => b"\xef\xbb\xbf",
        _ => b"",
    };
    Ok([bom, &body].concat())
}

/// In CP932 what came in goes out alike; of our own words only ～ and ― need their CP932 twins.
fn encode(cell: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 { .. } => cell.as_bytes().to_vec(),
        Encoding::Cp932 => {
            let cell = cell.replace('〜', "～").replace('—', "―");
            SHIFT_JIS.encode(&cell).0.into_owned()
        }
    }
}

fn excel(rows: &[Vec<String>], name: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name)?;
    for (at, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string(at, column, cell)?;
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::super::read::read;
    use super::*;

    fn back(file: &[u8]) -> Sheet {
        let sheet = read(file).unwrap();
        let rows: Vec<_> = sheet
            .rows
            .iter()
            .map(|row| (row, "理由〜です".to_owned()))
            .collect();
        read(&write(&sheet, &rows).unwrap()).unwrap()
    }

    #[test]
    fn rows_go_back_in_the_layout_they_came_in() {
        let text = "名簿,,\r\n氏名,住所,備考\r\n髙橋　一,中央1,\"a,\"\"b\"\"\nc\"\r\n";
        let cp932 = SHIFT_JIS.encode(text).0.into_owned();
        for file in [
            cp932,
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ] {
            let (before, after) = (read(&file).unwrap(), back(&file));
            assert_eq!(before.layout, after.layout);
            assert_eq!(before.above[0].cells[0], after.above[0].cells[0]);
            assert_eq!(after.headings(), ["氏名", "住所", "備考", REASON]);
            assert_eq!(after.rows[0].cells[..3], before.rows[0].cells[..3]);
            assert!(after.rows[0].cells[3].text.starts_with("理由"));
        }
    }

    #[test]
    fn a_workbook_goes_back_as_a_workbook() {
        let rows = ["氏名,生年月日", "南野 花子,昭和65年"];
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.split(',').map(str::to_owned).collect())
            .collect();
        let after = back(&excel(&rows, "名簿").unwrap());
        assert_eq!(
            after.layout,
            Layout::Excel {
                sheet: "名簿".into()
            }
        );
        assert_eq!(after.rows[0].cells[2].text, "理由〜です");
    }
}
