//! A row read cell by cell; what can't be read is a fault beside its cell.

use jiff::civil::Date;
use words::phone::Phone;

use super::table::Table;
use super::verdict::Fault;
use crate::people::import::SheetRow;
use crate::people::{BadText, one_line, paragraph};

/// Reads the cells of one row.
pub struct Reader<'a> {
    table: &'a Table,
    row: &'a SheetRow,
    /// What can't be read.
    pub faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Of this row.
    pub fn of(table: &'a Table, row: &'a SheetRow) -> Reader<'a> {
        Reader {
            table,
            row,
            faults: Vec::new(),
        }
    }

    /// A cell without the spaces around it.
    pub fn cell(&self, heading: &'static str) -> &'a str {
        self.table.cell(self.row, heading)
    }

    /// Something is wrong with a cell.
    pub fn fault(&mut self, heading: &'static str, words: impl Into<String>) {
        self.faults.push(Fault {
            heading,
            cell: self.cell(heading).to_owned(),
            words: words.into(),
        });
    }

    fn kept(&mut self, heading: &'static str, read: Result<String, BadText>) -> String {
        read.unwrap_or_else(|bad| {
            self.fault(heading, bad.to_string());
            String::new()
        })
    }

    /// One line, which may be empty.
    pub fn line(&mut self, heading: &'static str, most: usize) -> String {
        let read = one_line(self.cell(heading), most);
        self.kept(heading, read)
    }

    /// One line that must be there.
    pub fn name(&mut self, heading: &'static str, most: usize) -> String {
        if self.cell(heading).is_empty() {
            self.fault(heading, "空けずに入れてください。");
        }
        self.line(heading, most)
    }

    /// Several lines, which may be empty.
    pub fn text(&mut self, heading: &'static str, most: usize) -> String {
        let read = paragraph(self.cell(heading), most);
        self.kept(heading, read)
    }

    /// A day, which may be missing.
    pub fn day(&mut self, heading: &'static str) -> Option<Date> {
        let cell = self.cell(heading);
        if cell.is_empty() {
            return None;
        }
        let read = words::date::parse_full(cell);
        read.map_err(|bad| self.fault(heading, bad.to_string()))
            .ok()
    }

    /// A day that must be there.
    pub fn must_day(&mut self, heading: &'static str) -> Option<Date> {
        if self.cell(heading).is_empty() {
            self.fault(heading, "「2026-04-01」のように、日を入れてください。");
        }
        self.day(heading)
    }

    /// One of these words.
    pub fn one_of<T: Copy>(&mut self, heading: &'static str, all: &[(T, &str)]) -> Option<T> {
        let cell = self.cell(heading);
        let found = all.iter().find(|(_, word)| *word == cell);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|(_, word)| *word).collect();
            self.fault(
                heading,
                format!("「{}」のどれかにしてください。", words.join("」「")),
            );
        }
        found.map(|(one, _)| *one)
    }

    /// Some of these words, with 、 between.
    pub fn some_of<T: Copy>(&mut self, heading: &'static str, all: &[(T, &str)]) -> Vec<T> {
        let mut found = Vec::new();
        for part in self
            .cell(heading)
            .split('、')
            .filter(|part| !part.is_empty())
        {
            match all.iter().find(|(_, word)| *word == part.trim()) {
                Some((one, _)) => found.push(*one),
                None => self.fault(
                    heading,
                    format!("「{part}」は、この欄の言葉ではありません。"),
                ),
            }
        }
        found
    }

    /// Telephones, with 、 between.
    pub fn phones(&mut self, heading: &'static str) -> Vec<Phone> {
        let mut found = Vec::new();
        for part in self
            .cell(heading)
            .split('、')
            .filter(|part| !part.is_empty())
        {
            match Phone::parse(part) {
                Ok(phone) => found.push(phone),
                Err(bad) => self.fault(heading, bad.to_string()),
            }
        }
        found
    }

    /// One telephone, which may be missing.
    pub fn phone(&mut self, heading: &'static str) -> Option<Phone> {
        let mut all = self.phones(heading);
        if all.len() > 1 {
            self.fault(heading, "電話番号は1つだけにしてください。");
        }
        all.pop()
    }
}
