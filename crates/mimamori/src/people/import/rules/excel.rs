//! XLSX: read cell by cell, so that one cell far out costs no memory.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx};

use super::read::{Known, MOST_COLUMNS, MOST_ROWS, Unreadable, headings_known, lay_out};
use super::sheet::{Cell, CellKind, Layout, Sheet, SheetRow};

/// What a workbook may unfold to: 100,000 rows of 24 columns are about 150 MB of XML.
const MOST_UNFOLDED: u64 = 400 * 1024 * 1024;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the first sheet that has a head.
pub(super) fn read(file: &[u8], known: Known<'_>) -> Result<Sheet, Unreadable> {
    if unfolded(file) > MOST_UNFOLDED {
        return Err(Unreadable::TooManyRows);
    }
    let mut book: Book<'_> = Xlsx::new(Cursor::new(file)).map_err(|_| Unreadable::BrokenExcel)?;
    let mut refusal = Unreadable::NoHead;
    for sheet in book.sheet_names() {
        let rows = rows(&mut book, &sheet)?;
        if !rows.iter().any(|row| headings_known(row, known) > 0) {
            continue;
        }
        match lay_out(Layout::Excel { sheet }, rows, known) {
            Ok(sheet) => return Ok(sheet),
            Err(why) => refusal = why,
        }
    }
    Err(refusal)
}

/// The sum of the sizes that the zip's own list of files states.
fn unfolded(file: &[u8]) -> u64 {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let entries = file.windows(28).filter(|window| window.starts_with(ENTRY));
    entries
        .map(|entry| {
            u64::from(u32::from_le_bytes([
                entry[24], entry[25], entry[26], entry[27],
            ]))
        })
        .sum()
}

fn rows(book: &mut Book<'_>, sheet: &str) -> Result<Vec<SheetRow>, Unreadable> {
    let broken = |_| Unreadable::BrokenExcel;
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut rows: Vec<SheetRow> = Vec::new();
    while let Some((found, style)) = reader.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = found.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let format = reader
            .styles()
            .get(style)
            .and_then(|style| style.number_format.as_ref());
        let cell = cell(
            found.get_value(),
            format.map_or("", |format| &format.format_code),
        );
        if !cell.is_blank() {
            put(&mut rows, row + 1, column, cell)?;
        }
    }
    Ok(rows)
}

/// Rows come in order; those without a filled cell are left out.
fn put(rows: &mut Vec<SheetRow>, number: u32, column: usize, cell: Cell) -> Result<(), Unreadable> {
    if column >= MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    if rows.last().is_none_or(|row| row.number != number) {
        let cells = Vec::new();
        rows.push(SheetRow { number, cells });
    }
    if rows.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    if let Some(row) = rows.last_mut() {
        row.cells
            .resize(row.cells.len().max(column + 1), Cell::default());
        row.cells[column] = cell;
    }
    Ok(())
}

fn cell(value: &DataRef<'_>, format: &str) -> Cell {
    let (text, kind) = match Data::from(value.clone()) {
        Data::Empty | Data::Error(_) => (String::new(), CellKind::Text),
        Data::Int(number) => (padded(&number.to_string(), format), CellKind::Number),
        Data::Float(number) => (padded(&plain(number), format), CellKind::Number),
        Data::Bool(yes) => (
            if yes { "TRUE" } else { "FALSE" }.to_owned(),
            CellKind::Text,
        ),
        Data::DateTime(at) => day(&at),
        Data::DateTimeIso(text) => (text.chars().take(10).collect(), CellKind::Day),
        Data::String(text) | Data::DurationIso(text) => (text, CellKind::Text),
    };
    Cell { text, kind }
}

/// 16131.0 → `16131`.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// A number that is shown as `00001` is one whose zeros belong to it.
fn padded(number: &str, format: &str) -> String {
    let all_zeros = format.len() > 1 && format.bytes().all(|c| c == b'0');
    match all_zeros {
        true => format!("{number:0>width$}", width = format.len()),
        false => number.to_owned(),
    }
}

fn day(at: &ExcelDateTime) -> (String, CellKind) {
    if !at.is_datetime() {
        return (plain(at.as_f64()), CellKind::Number);
    }
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    (format!("{year:04}-{month:02}-{day:02}"), CellKind::Day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use rust_xlsxwriter::{ExcelDateTime as Day, Format, Workbook};

    use super::*;

    fn read(file: &[u8]) -> Result<Sheet, Unreadable> {
        super::read(file, &super::super::headings::is_known)
    }

    fn book() -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet()
            .set_name("説明")
            .unwrap()
            .write(0, 0, "読んでください")
            .unwrap();
        let sheet = book.add_worksheet().set_name("名簿").unwrap();
        sheet.write(0, 0, "登録者名簿").unwrap();
        for (column, heading) in ["登録番号", "氏名", "生年月日", "郵便番号"]
            .iter()
            .enumerate()
        {
            sheet.write(2, column as u16, *heading).unwrap();
        }
        let zeros = Format::new().set_num_format("00000");
        let days = Format::new().set_num_format("yyyy/m/d");
        sheet.write_with_format(3, 0, 12, &zeros).unwrap();
        sheet.write(3, 1, "南野　花子").unwrap();
        let day = Day::from_ymd(1944, 2, 29).unwrap();
        sheet.write_with_format(3, 2, &day, &days).unwrap();
        sheet.write(3, 3, 600001).unwrap();
        sheet.write(1_000_000, 1, "遠く").unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn dates_numbers_and_titles_are_read() {
        let sheet = read(&book()).unwrap();
        assert_eq!(
            sheet.layout,
            Layout::Excel {
                sheet: "名簿".into()
            }
        );
        assert_eq!((sheet.above.len(), sheet.head.number), (1, 3));
        let row = &sheet.rows[0];
        let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["00012", "南野　花子", "1944-02-29", "600001"]);
        assert_eq!((row.number, row.cells[2].kind), (4, CellKind::Day));
        assert_eq!(sheet.rows[1].number, 1_000_001);
    }

    #[test]
    fn other_files_are_refused_in_words() {
        assert_eq!(
            read(b"PK\x03\x04rubbish").err(),
            Some(Unreadable::BrokenExcel)
        );
        let mut bomb = book();
        let at = bomb
            .windows(4)
            .position(|window| window == b"PK\x01\x02")
            .unwrap();
        bomb[at + 24..at + 28].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&bomb).err(), Some(Unreadable::TooManyRows));
        let old = super::super::read::read(&[0xd0, 0xcf, 0x11, 0xe0, 1]);
        assert_eq!(old.err(), Some(Unreadable::OldExcel));
    }
}
