//! Numbers as they leave the town. What is hidden is not in here.

use serde::{Deserialize, Serialize};

use super::Outside;
use crate::consultations::rules::figures::By;
use crate::ids::CenterId;

/// A number that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// 延件数
    pub times: u64,
    /// 実人数; none of a year, see `year.rs`.
    pub people: Option<u64>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its code: what it is called may be corrected later.
    pub code: u8,
    /// A number a column, the sum of the row last; none where it is hidden.
    pub shown: Vec<Option<Shown>>,
}

/// A paper of one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which centers each column counts: small ones are counted together.
    pub groups: Vec<Vec<CenterId>>,
    /// Each column's sum, the sum of everything last.
    pub sums: Vec<Shown>,
    /// The lines of each of [`By::ALL`]; none where the table can't be shown at all.
    pub tables: Vec<Option<Vec<Line>>>,
}

impl Outside {
    /// What may be seen of it.
    pub fn given(&self) -> Given {
        let sums = self.figures.columns.iter().chain([&self.figures.total]);
        let shown = |pair: &super::Pair| Shown {
            times: pair.times,
            people: Some(pair.people),
        };
        let line = |at: usize, row: usize, code: u8| Line {
            code,
            shown: (0..=self.groups.len())
                .map(|column| self.shown(at, row, column).as_ref().map(shown))
                .collect(),
        };
        let tables = self.figures.tables.iter().zip(&self.hidden).enumerate();
        Given {
            groups: self.groups.clone(),
            sums: sums.map(shown).collect(),
            tables: tables
                .map(|(at, (table, hidden))| {
                    let codes = table.codes.iter().enumerate();
                    let lines = || codes.map(|(row, code)| line(at, row, *code)).collect();
                    hidden.as_ref().map(|_| lines())
                })
                .collect(),
        }
    }
}

impl Given {
    /// A table and its lines.
    pub fn tables(&self) -> impl Iterator<Item = (By, Option<&[Line]>)> {
        let lines = self.tables.iter().map(Option::as_deref);
        By::ALL.into_iter().zip(lines)
    }
}
