//! A sheet: who stands where.

use jiff::Timestamp;
use marks::Layout;
use serde::{Deserialize, Serialize};

use super::Reading;
use crate::ids::{RowId, SupporterId};
use crate::people::coded;
use crate::station::courses::CourseDay;
use crate::station::door::Part;

/// So many rows a sheet: a box of 5 mm can be hit.
pub const ROWS: usize = 28;
/// Free lines for whoever stands in no row.
pub const FREE: usize = 4;
/// More than come to a day of a town: 20 sheets.
pub const MOST_ROWS: usize = 560;

coded! {
    /// How far a sheet is.
    State {
        /// It lies on a table, or nobody has photographed it yet.
        Printed "printed" "印刷済み",
        /// It was read and is still to be confirmed.
        Read "read" "確認待ち",
        /// What stands on it was taken down.
        Taken "taken" "記録済み",
    }
}

/// Who stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The sign-up, where there is one.
    pub signup: Option<RowId>,
    /// The supporter, where it is one.
    pub supporter: Option<SupporterId>,
}

/// What a sheet's places mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// From above.
    pub rows: Vec<Row>,
    /// The codes of what a mark says, from the left.
    pub parts: Vec<String>,
    /// How many lines below are free.
    pub free: usize,
    /// The number of the first row, counted through all sheets.
    pub first: usize,
}

impl Order {
    /// Where everything stands; nothing of an order that no sheet has.
    pub fn layout(&self) -> Option<Layout> {
        Layout::new(self.rows.len(), self.parts.len(), self.free).ok()
    }

    /// What a mark in this column says.
    pub fn part(&self, column: usize) -> Option<Part> {
        self.parts
            .get(column)
            .and_then(|code| Part::from_code(code))
    }
}

/// A sheet of paper.
#[derive(Clone)]
pub struct Sheet {
    /// Its identity, which its code says.
    pub id: RowId,
    /// Of which day.
    pub day: RowId,
    /// Counted from 1 within one printing.
    pub page: i64,
    /// How far it is.
    pub state: State,
    /// Since when.
    pub at: Timestamp,
    /// Who stands where.
    pub order: Order,
    /// What was read, until it is confirmed.
    pub reading: Option<Reading>,
    /// Grows with every change.
    pub version: i64,
}

impl Sheet {
    /// What stands in its QR: nothing of the day or of anybody.
    pub fn code(&self) -> String {
        format!("ROLL{}", self.id).to_uppercase()
    }
}

/// What a mark says, from the left: taking part, and what the day needs, three at most.
pub fn columns(day: &CourseDay) -> Vec<Part> {
    let needs = day.details.needs.iter().map(|need| Part::Role(need.role));
    let mut parts = vec![Part::Participant];
    for part in needs.take(marks::layout::MOST_COLUMNS - 1) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}
