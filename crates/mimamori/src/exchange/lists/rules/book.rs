//! A workbook on its way: one sheet of texts, whose rows are sent as they come. It takes no more
//! memory for a whole ward than for a street, and nothing of it lies in a file here meanwhile.

use std::io::{self, Write};
use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};

const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView/></bookViews><sheets><sheet name="一覧" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const BOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

// The headings stay in sight while one scrolls.
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#;

const END: &str = "</sheetData></worksheet>";

/// What is written and not yet sent.
#[derive(Clone, Default)]
struct Tray(Arc<Mutex<Vec<u8>>>);

impl Tray {
    fn empty(&self) -> Vec<u8> {
        take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Tray {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut tray = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tray.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A workbook that is being written.
pub struct Book {
    zip: ZipWriter<StreamWriter<Tray>>,
    tray: Tray,
    row: usize,
}

impl Book {
    /// Begins one.
    pub fn begin() -> Result<Book, ZipError> {
        let tray = Tray::default();
        let mut zip = ZipWriter::new_stream(tray.clone());
        let options = SimpleFileOptions::default();
        for (name, text) in [
            ("[Content_Types].xml", CONTENT),
            ("_rels/.rels", RELATIONS),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
            ("xl/worksheets/sheet1.xml", SHEET),
        ] {
            zip.start_file(name, options)?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(Book { zip, tray, row: 0 })
    }

    /// Writes rows, every cell as a text: numbers keep their leading zeros, and nothing is a formula.
    /// Gives what can be sent by now.
    pub fn rows(&mut self, rows: &[Vec<String>]) -> Result<Vec<u8>, ZipError> {
        let mut text = String::new();
        for row in rows {
            self.row += 1;
            text.push_str(&format!("<row r=\"{}\">", self.row));
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let place = format!("{}{}", column(at), self.row);
                text.push_str(&format!(
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                ));
                escape(cell, &mut text);
                text.push_str("</t></is></c>");
            }
            text.push_str("</row>");
        }
        self.zip.write_all(text.as_bytes())?;
        Ok(self.tray.empty())
    }

    /// Ends it; gives the rest.
    pub fn end(mut self) -> Result<Vec<u8>, ZipError> {
        self.zip.write_all(END.as_bytes())?;
        self.zip.finish()?;
        Ok(self.tray.empty())
    }
}

/// A, B, …, Z, AA, …
fn column(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", column(more - 1)),
    }
}

/// What XML can't hold is written as Excel writes it: `_x0008_`; and what looks so, so that it is
/// not taken for that.
fn escape(cell: &str, to: &mut String) {
    for (at, letter) in cell.char_indices() {
        match letter {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '\t' | '\n' => to.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                to.push_str(&format!("_x{:04X}_", u32::from(letter)));
            }
            '_' if is_code(&cell[at..]) => to.push_str("_x005F_"),
            other => to.push(other),
        }
    }
}

fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[6] == b'_'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::*;

    #[test]
    fn what_is_sent_piece_by_piece_is_a_workbook_with_every_cell_as_it_was() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let head: Vec<String> = row(&["番号", "氏名", "備考"]);
        let rows: Vec<Vec<String>> = (0..700)
            .map(|at| match at {
                0 => row(&["00123", " 𠮷田 <髙>&\"子\" ", "=1+1\n二行目"]),
                _ => row(&[&at.to_string(), "", "葛\u{e0100}"]),
            })
            .collect();
        let mut book = Book::begin().unwrap();
        let mut file = book.rows(std::slice::from_ref(&head)).unwrap();
        for piece in rows.chunks(200) {
            file.extend(book.rows(piece).unwrap());
        }
        file.extend(book.end().unwrap());
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let range = read.worksheet_range("一覧").unwrap();
        let cells: Vec<Vec<String>> = range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        assert_eq!(cells.len(), 701);
        assert_eq!(cells[0], head);
        assert_eq!(cells[1..], rows);
    }

    #[test]
    fn columns_and_letters_are_named_as_excel_names_them() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(column),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
        let mut text = String::new();
        escape("a\u{8}_x0041_ _x_", &mut text);
        assert_eq!(text, "a_x0008__x005F_x0041_ _x_");
    }
}
