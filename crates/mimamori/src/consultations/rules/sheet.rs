//! Figures laid out as tables of words, the same for the page, the workbook and the paper.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::figures::{Figures, Pair, Table};
use super::outside::{Given, Shown};
use super::topics::Topic;
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

fn head(columns: &[String], with_people: bool) -> Vec<String> {
    let pairs = columns.iter().flat_map(|name| {
        let of = |what: &str| match name.as_str() {
            "" => what.to_owned(),
            name => format!("{name} {what}"),
        };
        let people = with_people.then(|| of("実人数"));
        std::iter::once(of("延件数")).chain(people)
    });
    std::iter::once(String::new()).chain(pairs).collect()
}

fn row(label: &str, cells: impl Iterator<Item = String>) -> Vec<String> {
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
        let pairs = std::iter::once(total).chain(cells);
        row(
            label,
            pairs.flat_map(|pair| [pair.times.to_string(), pair.people.to_string()]),
        )
    };
    let whole = line("相談", figures.total, &figures.columns);
    let mut sheets = vec![Sheet {
        title: "全体".to_owned(),
        head: head(&names, true),
        rows: vec![whole],
    }];
    sheets.extend(figures.tables.iter().map(|table: &Table| {
        let pairs = table.labels.iter().zip(&table.totals).zip(&table.cells);
        Sheet {
            title: table.by.word().to_owned(),
            head: head(&names, true),
            rows: pairs
                .map(|((label, total), cells)| line(label, *total, cells))
                .collect(),
        }
    }));
    sheets
}

/// What may leave the town: everything with its sums, or one center's column of the same.
pub fn leaving(
    given: &Given,
    topics: &[Topic],
    only: Option<CenterId>,
    called: Called<'_>,
) -> Vec<Sheet> {
    let groups = given.groups.iter().enumerate();
    let columns: Vec<usize> = groups
        .filter(|(_, group)| only.is_none_or(|one| group.contains(&one)))
        .map(|(at, _)| at)
        .chain(only.is_none().then_some(given.groups.len()))
        .collect();
    let names: Vec<String> = columns
        .iter()
        .map(|at| match given.groups.get(*at) {
            Some(group) => {
                let names: Vec<String> = group.iter().map(|one| called(*one)).collect();
                names.join("・")
            }
            None => "合計".to_owned(),
        })
        .collect();
    let with_people = given.sums.iter().any(|sum| sum.people.is_some());
    let head = head(&names, with_people);
    let line = |label: &str, of: &dyn Fn(usize) -> Option<Shown>| {
        row(
            label,
            columns.iter().flat_map(|at| words(of(*at), with_people)),
        )
    };
    let mut sheets = vec![Sheet {
        title: "全体".to_owned(),
        head: head.clone(),
        rows: vec![line("相談", &|at| given.sums.get(at).copied())],
    }];
    sheets.extend(given.tables().map(|(by, lines)| {
        let labels = by.rows(topics);
        let called = |code: u8| {
            labels
                .iter()
                .find(|one| one.0 == code)
                .map_or("", |one| &one.1)
        };
        let lines = lines.unwrap_or_default().iter();
        Sheet {
            title: by.word().to_owned(),
            head: head.clone(),
            rows: lines
                .map(|of| line(called(of.code), &|at| of.shown.get(at).copied().flatten()))
                .collect(),
        }
    }));
    sheets
}

/// 延件数, and 実人数 where it is counted.
fn words(shown: Option<Shown>, with_people: bool) -> impl Iterator<Item = String> {
    let word = |number: Option<u64>| number.map_or(HIDDEN.to_owned(), |number| number.to_string());
    let people = with_people.then(|| word(shown.and_then(|one| one.people)));
    std::iter::once(word(shown.map(|one| one.times))).chain(people)
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
