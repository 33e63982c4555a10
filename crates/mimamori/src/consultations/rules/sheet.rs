//! Figures laid out as tables of words, the same for the page, the workbook and the paper.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::figures::{Figures, Pair, Table};
use super::outside::Outside;
use crate::ids::CenterId;

/// What stands for a number that is hidden.
pub const HIDDEN: &str = "＊";

/// A table as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// Its columns.
    pub head: Vec<String>,
    /// Its rows, as wide as the head; none where it can't be shown.
    pub rows: Vec<Vec<String>>,
}

/// What a center is called.
pub type Called<'a> = &'a dyn Fn(CenterId) -> String;

fn head(columns: &[String]) -> Vec<String> {
    let pairs = columns.iter().flat_map(|name| {
        let of = |what: &str| match name.as_str() {
            "" => what.to_owned(),
            name => format!("{name} {what}"),
        };
        [of("延件数"), of("実人数")]
    });
    std::iter::once(String::new()).chain(pairs).collect()
}

fn row(label: &str, pairs: impl Iterator<Item = Option<Pair>>) -> Vec<String> {
    let cells = pairs.flat_map(|pair| match pair {
        Some(pair) => [pair.times.to_string(), pair.people.to_string()],
        None => [HIDDEN.to_owned(), HIDDEN.to_owned()],
    });
    std::iter::once(label.to_owned()).chain(cells).collect()
}

/// Every number, within the town: the sums first, then a pair of columns for each center where there
/// are several.
pub fn inside(figures: &Figures, called: Called<'_>) -> Vec<Sheet> {
    let several = figures.centers.len() > 1;
    let names: Vec<String> = match several {
        true => std::iter::once("合計".to_owned())
            .chain(figures.centers.iter().map(|one| called(*one)))
            .collect(),
        false => vec![String::new()],
    };
    let line = |label: &str, total: Pair, cells: &[Pair]| {
        let cells = cells.iter().filter(|_| several).copied();
        row(label, std::iter::once(total).chain(cells).map(Some))
    };
    let whole = line("相談", figures.total, &figures.columns);
    let mut sheets = vec![Sheet {
        title: "全体".to_owned(),
        head: head(&names),
        rows: vec![whole],
    }];
    sheets.extend(figures.tables.iter().map(|table: &Table| {
        let pairs = table.labels.iter().zip(&table.totals).zip(&table.cells);
        Sheet {
            title: table.by.word().to_owned(),
            head: head(&names),
            rows: pairs
                .map(|((label, total), cells)| line(label, *total, cells))
                .collect(),
        }
    }));
    sheets
}

/// What may leave the town: everything with its sums, or one center's column of the same.
pub fn leaving(outside: &Outside, only: Option<CenterId>, called: Called<'_>) -> Vec<Sheet> {
    let groups = outside.groups().iter().enumerate();
    let columns: Vec<usize> = groups
        .clone()
        .filter(|(_, group)| only.is_none_or(|one| group.contains(&one)))
        .map(|(at, _)| at)
        .chain(only.is_none().then_some(outside.groups().len()))
        .collect();
    let names: Vec<String> = columns
        .iter()
        .map(|at| match outside.groups().get(*at) {
            Some(group) => group
                .iter()
                .map(|one| called(*one))
                .collect::<Vec<_>>()
                .join("・"),
            None => "合計".to_owned(),
        })
        .collect();
    let sum = |at: &usize| outside.sums().get(*at).copied().unwrap_or(outside.total());
    let mut sheets = vec![Sheet {
        title: "全体".to_owned(),
        head: head(&names),
        rows: vec![row("相談", columns.iter().map(|at| Some(sum(at))))],
    }];
    sheets.extend(
        outside
            .tables()
            .enumerate()
            .map(|(table, (title, labels))| {
                let rows = labels.unwrap_or_default().iter().enumerate();
                let cells = |at| {
                    columns
                        .iter()
                        .map(move |column| outside.shown(table, at, *column))
                };
                Sheet {
                    title: title.to_owned(),
                    head: head(&names),
                    rows: rows.map(|(at, label)| row(label, cells(at))).collect(),
                }
            }),
    );
    sheets
}

/// The tables below each other in one workbook, numbers as numbers.
pub fn workbook(title: &str, notes: &[String], sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let page = book.add_worksheet();
    page.set_column_width(0, 28)?;
    page.write_string_with_format(0, 0, title, &bold)?;
    let mut at = 1;
    for note in notes {
        page.write_string(at, 0, note)?;
        at += 1;
    }
    for sheet in sheets {
        at += 1;
        page.write_string_with_format(at, 0, &sheet.title, &bold)?;
        at += 1;
        for (column, name) in (0..).zip(&sheet.head) {
            page.write_string_with_format(at, column, name, &bold)?;
        }
        at += 1;
        for row in &sheet.rows {
            for (column, cell) in (0..).zip(row) {
                match cell.parse::<u32>() {
                    Ok(number) if column > 0 => page.write_number(at, column, number)?,
                    _ => page.write_string(at, column, cell)?,
                };
            }
            at += 1;
        }
        if sheet.rows.is_empty() {
            page.write_string(at, 0, TOO_FEW)?;
            at += 1;
        }
    }
    book.save_to_buffer()
}

/// What stands in the place of a table that can't be shown.
pub const TOO_FEW: &str = "件数が少ないため、この表は出せません。";
