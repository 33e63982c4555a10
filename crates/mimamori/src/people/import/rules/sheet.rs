//! A roster as a grid of cells, whatever file it came in.

use crate::people::rules::redacted;

/// What a cell held before it became text; a number may have lost its leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Written as text.
    #[default]
    Text,
    /// A spreadsheet's number.
    Number,
    /// A spreadsheet's date, given as `1944-02-29`.
    Day,
}

/// One cell.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// As it is read.
    pub text: String,
    /// What it was.
    pub kind: CellKind,
}

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Cell {
        let (text, kind) = (text.into(), CellKind::Text);
        Cell { text, kind }
    }

    /// Whether nothing but spaces is in it.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// One row, numbered as the spreadsheet numbers it.
#[derive(Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// 1 is the first row of the file.
    pub number: u32,
    /// From the first column; a short row has fewer than the head.
    pub cells: Vec<Cell>,
}

/// How a text file writes its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Windows' Shift_JIS, as Excel saves "CSV".
    Cp932,
    /// UTF-8; `bom` where the file begins with a byte order mark.
    Utf8 {
        /// Whether it begins with EF BB BF.
        bom: bool,
    },
}

/// How the file is laid out, so that refused rows go back alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// CSV or TSV.
    Text {
        /// Its characters.
        encoding: Encoding,
        /// `,` or a tab.
        separator: u8,
    },
    /// An XLSX workbook's sheet.
    Excel {
        /// The sheet's name.
        sheet: String,
    },
}

impl Layout {
    /// As people call it.
    pub fn words(&self) -> String {
        match self {
            Layout::Excel { sheet } => format!("Excel（シート「{sheet}」）"),
            Layout::Text {
                encoding,
                separator,
            } => {
                let kind = if *separator == b'\t' {
                    "タブ区切り"
                } else {
                    "CSV"
                };
                let code = match encoding {
                    Encoding::Cp932 => "Shift_JIS",
                    Encoding::Utf8 { bom: true } => "UTF-8 BOM付き",
                    Encoding::Utf8 { bom: false } => "UTF-8",
                };
                format!("{kind}（{code}）")
            }
        }
    }

    /// The name's ending of a file laid out so.
    pub const fn ending(&self) -> &'static str {
        match self {
            Layout::Excel { .. } => "xlsx",
            Layout::Text {
                separator: b'\t', ..
            } => "tsv",
            Layout::Text { .. } => "csv",
        }
    }
}

/// A roster: what stands above its head, the head, and the rows.
#[derive(Clone, PartialEq, Eq)]
pub struct Sheet {
    /// How the file is laid out.
    pub layout: Layout,
    /// Title rows.
    pub above: Vec<SheetRow>,
    /// The headings.
    pub head: SheetRow,
    /// Everything below.
    pub rows: Vec<SheetRow>,
}

redacted!(Cell, SheetRow, Sheet);

impl Sheet {
    /// The headings as text.
    pub fn headings(&self) -> Vec<&str> {
        self.head
            .cells
            .iter()
            .map(|cell| cell.text.as_str())
            .collect()
    }

    /// The first `most` values of a column that are not blank.
    pub fn samples(&self, column: usize, most: usize) -> Vec<&str> {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        let filled = cells.filter(|cell| !cell.is_blank());
        filled.take(most).map(|cell| cell.text.as_str()).collect()
    }
}
