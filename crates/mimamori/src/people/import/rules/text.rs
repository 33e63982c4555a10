//! CSV and TSV in CP932 or UTF-8, told apart by content.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::SHIFT_JIS;

use super::own::unguarded;
use super::read::{Known, MOST_COLUMNS, MOST_ROWS, Unreadable, lay_out};
use super::sheet::{Cell, Encoding, Layout, Sheet, SheetRow};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads a text file.
pub(super) fn read(file: &[u8], known: Known<'_>) -> Result<Sheet, Unreadable> {
    let (encoding, text) = decode(file)?;
    let separator = separator(&text);
    let rows = rows(&text, separator)?;
    let layout = Layout::Text {
        encoding,
        separator,
    };
    lay_out(layout, rows, known)
}

/// UTF-8 first: CP932 text is almost never valid UTF-8, while any bytes may look like CP932.
fn decode(file: &[u8]) -> Result<(Encoding, Cow<'_, str>), Unreadable> {
    if let Some(rest) = file.strip_prefix(BOM) {
        let text = std::str::from_utf8(rest).map_err(|bad| characters(rest, bad.valid_up_to()))?;
        return Ok((Encoding::Utf8 { bom: true }, text.into()));
    }
    if let Ok(text) = std::str::from_utf8(file) {
        return Ok((Encoding::Utf8 { bom: false }, text.into()));
    }
    let (text, broken) = SHIFT_JIS.decode_without_bom_handling(file);
    match broken {
        false => Ok((Encoding::Cp932, text)),
        true => Err(Unreadable::Characters {
            line: 1 + text
                .chars()
                .take_while(|c| *c != '\u{fffd}')
                .filter(|c| *c == '\n')
                .count(),
        }),
    }
}

fn characters(file: &[u8], good: usize) -> Unreadable {
    let line = 1 + file[..good].iter().filter(|byte| **byte == b'\n').count();
    Unreadable::Characters { line }
}

/// A tab where the first lines hold more tabs than commas.
fn separator(text: &str) -> u8 {
    let start: String = text.lines().take(10).collect();
    let count = |sign: char| start.chars().filter(|c| *c == sign).count();
    if count('\t') > count(',') {
        b'\t'
    } else {
        b','
    }
}

fn rows(text: &str, separator: u8) -> Result<Vec<SheetRow>, Unreadable> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    let (mut number, mut from) = (0, 0);
    // The text is valid UTF-8 and lengths may differ, so nothing is left for the reader to refuse.
    while reader.read_record(&mut record).unwrap_or(false) {
        let to = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        number += 1 + blank_lines(&text[from..to], &record);
        from = to;
        rows.push(row(number, &record)?);
        if rows.len() > MOST_ROWS {
            return Err(Unreadable::TooManyRows);
        }
    }
    Ok(rows)
}

/// The reader skips empty lines; a spreadsheet counts them.
fn blank_lines(raw: &str, record: &StringRecord) -> u32 {
    let breaks = |text: &str| text.matches('\n').count();
    let quoted: usize = record.iter().map(breaks).sum();
    u32::try_from(breaks(raw).saturating_sub(quoted + 1)).unwrap_or(0)
}

fn row(number: u32, record: &StringRecord) -> Result<SheetRow, Unreadable> {
    if record.len() > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    let cells = record.iter().map(unguarded).map(Cell::text).collect();
    Ok(SheetRow { number, cells })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn read(file: &[u8]) -> Result<Sheet, Unreadable> {
        super::read(file, &super::super::headings::is_known)
    }

    const TEXT: &str = "名簿,,\r\n\r\n氏名,生年月日,備考\r\n髙橋　一,S10.1.2,\"a,b\r\n\"\"c\"\"\"\r\n\r\n,,\r\n合計,,\r\n";

    fn cp932(text: &str) -> Vec<u8> {
        let (bytes, _, lost) = SHIFT_JIS.encode(text);
        assert!(!lost);
        bytes.into_owned()
    }

    #[test]
    fn encodings_are_told_apart_by_content() {
        let with_bom = [BOM, TEXT.as_bytes()].concat();
        let files = [
            (cp932(TEXT), Encoding::Cp932),
            (TEXT.as_bytes().to_vec(), Encoding::Utf8 { bom: false }),
            (with_bom, Encoding::Utf8 { bom: true }),
        ];
        for (file, expected) in files {
            let sheet = read(&file).unwrap();
            let separator = b',';
            assert_eq!(
                sheet.layout,
                Layout::Text {
                    encoding: expected,
                    separator
                }
            );
            assert_eq!(sheet.headings(), ["氏名", "生年月日", "備考"]);
            assert_eq!(sheet.rows[0].cells[0].text, "髙橋　一");
            assert_eq!(sheet.rows[0].cells[2].text, "a,b\r\n\"c\"");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let sheet = read(TEXT.as_bytes()).unwrap();
        assert_eq!((sheet.above[0].number, sheet.head.number), (1, 3));
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [4, 5, 6, 7]);
    }

    #[test]
    fn tabs_part_cells_too() {
        let sheet = read("氏名\t住所\n山田　花子\t中央1,2\n".as_bytes()).unwrap();
        assert_eq!(sheet.rows[0].cells[1].text, "中央1,2");
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        let mut file = cp932("氏名,住所\n山田 花子,中央\n");
        file.extend_from_slice(&[0x82, 0xff, b'\n']);
        assert_eq!(read(&file).err(), Some(Unreadable::Characters { line: 3 }));
        let refused = |text: &str| read(text.as_bytes()).err();
        assert_eq!(refused("あ,い\nう,え\n"), Some(Unreadable::NoHead));
        assert_eq!(refused("氏名,住所\n"), Some(Unreadable::NoRows));
        let wide = ",".repeat(MOST_COLUMNS);
        assert_eq!(refused(&wide), Some(Unreadable::TooManyColumns));
    }
}
