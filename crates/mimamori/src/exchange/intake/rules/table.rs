//! The file as a table of the list's own columns.

use std::collections::HashMap;

use super::Refusal;
use crate::exchange::lists::List;
use crate::people::import::{Sheet, SheetRow, Unreadable, read_as};

/// Rows of one file: each is some statements, and all of them are one transaction, for which the desk
/// must not wait longer than a breath.
pub const MOST_ROWS: usize = 2_000;

/// A file of a list.
pub struct Table {
    /// As it was read.
    pub sheet: Sheet,
    columns: HashMap<&'static str, usize>,
}

impl Table {
    /// Reads a file; its head may stand below a title.
    pub fn read(list: List, file: &[u8]) -> Result<Table, Refusal> {
        let columns = list.columns();
        let known = |heading: &str| columns.contains(&heading.trim());
        let mut sheet = match read_as(file, &known) {
            Err(Unreadable::NoHead) => return Err(Refusal::NoHead(list.needed()[0])),
            read => read?,
        };
        sheet
            .rows
            .retain(|row| !row.cells.iter().all(|cell| cell.is_blank()));
        if sheet.rows.len() > MOST_ROWS {
            return Err(Refusal::TooMany);
        }
        let headings = sheet.headings();
        let place = |column: &&'static str| {
            let at = headings.iter().position(|one| one.trim() == *column);
            at.map(|at| (*column, at))
        };
        let columns: HashMap<&'static str, usize> = columns.iter().filter_map(place).collect();
        let missing = list.needed().iter().find(|one| !columns.contains_key(*one));
        match missing {
            Some(heading) => Err(Refusal::NoColumn(heading)),
            None => Ok(Table { sheet, columns }),
        }
    }

    /// A cell; empty where the file has no such column.
    pub fn cell<'a>(&self, row: &'a SheetRow, heading: &str) -> &'a str {
        let at = self.columns.get(heading);
        let cell = at.and_then(|at| row.cells.get(*at));
        cell.map_or("", |cell| cell.text.trim())
    }
}
