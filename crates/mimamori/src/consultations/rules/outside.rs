//! What may leave the town: small numbers are hidden, also from whoever subtracts.
//!
//! A number from 1 to 4 may be about people whom neighbours know. It is hidden, and since its row
//! and its column stand there with their sums, others have to be hidden with it. docs/decisions/0021
//! says what is promised and why this way keeps it:
//!
//! every hidden number is part of a *ring* – two rows and two columns, a column of sums among them –
//! in which 4 could be moved round: two of the numbers rise by 4, two fall by 4 and stay above 0,
//! and no sum that is shown changes. So whoever knows everything that is shown still finds at least
//! two values for every hidden number, and for a small one a value of 5 or more.
//!
//! Receptions and people are hidden together and move together, so that one never tells the other.

use std::collections::HashMap;

use super::figures::{Counted, Figures, Pair, Table, figures};
use super::topics::Topic;
use crate::ids::CenterId;

/// Numbers below are hidden.
pub const FEWEST: u64 = 5;
/// How far a ring can be moved: 1 becomes 5.
const MOVE: u64 = FEWEST - 1;

/// Rows by columns, the sum of the row last: what is hidden.
type Mask = Vec<Vec<bool>>;

/// Figures of a month of which the small ones are hidden. What is hidden does not come out of here.
pub struct Outside {
    groups: Vec<Vec<CenterId>>,
    figures: Figures,
    hidden: Vec<Option<Mask>>,
}

impl Outside {
    /// A number of a table; the sum of the row where the column is beyond the last. `None` where it
    /// is hidden.
    fn shown(&self, table: usize, row: usize, column: usize) -> Option<Pair> {
        let hidden = self.hidden.get(table)?.as_ref()?;
        let is_hidden = hidden.get(row)?.get(column)?;
        (!is_hidden).then(|| pair_at(&self.figures.tables[table], row, column))
    }
}

/// Hides; `None` where even the sum of everything is small.
pub fn outside(all: &[Counted], centers: &[CenterId], topics: &[Topic]) -> Option<Outside> {
    let whole = figures(all, centers, topics);
    if is_small(whole.total) || whole.total.times == 0 {
        return None;
    }
    let mut groups: Vec<Vec<CenterId>> = whole.centers.iter().map(|one| vec![*one]).collect();
    loop {
        let figures = in_groups(all, &groups, topics);
        match weak_column(&figures).filter(|_| groups.len() > 1) {
            Some(weak) => join(&mut groups, weak, &figures.columns),
            None => {
                let hidden = figures.tables.iter();
                let hidden = hidden.map(|table| hide(table, &figures.columns)).collect();
                return Some(Outside {
                    groups,
                    figures,
                    hidden,
                });
            }
        }
    }
}

/// Counted anew: somebody whom two centers of a group know is one there, and one in each of two
/// columns. So 実人数 of a sum is the sum of the columns', which tells of nobody that two know them.
fn in_groups(all: &[Counted], groups: &[Vec<CenterId>], topics: &[Topic]) -> Figures {
    let first = |group: &Vec<CenterId>| group.first().copied();
    let heads: Vec<CenterId> = groups.iter().filter_map(first).collect();
    let of: HashMap<CenterId, CenterId> = heads
        .iter()
        .zip(groups)
        .flat_map(|(head, group)| group.iter().map(|one| (*one, *head)))
        .collect();
    let all: Vec<Counted> = all
        .iter()
        .filter_map(|one| {
            Some(Counted {
                center: *of.get(&one.center)?,
                ..*one
            })
        })
        .collect();
    let mut figures = figures(&all, &heads, topics);
    let people = |cells: &[Pair]| cells.iter().map(|one| one.people).sum();
    figures.total.people = people(&figures.columns);
    for table in &mut figures.tables {
        for (total, cells) in table.totals.iter_mut().zip(&table.cells) {
            total.people = people(cells);
        }
    }
    figures
}

/// Whether a pair has a number that may not be shown.
fn is_small(pair: Pair) -> bool {
    let small = |number: u64| (1..FEWEST).contains(&number);
    small(pair.times) || small(pair.people)
}

/// Whether both numbers of a pair can fall by [`MOVE`] and stay above 0.
fn can_fall(pair: Pair) -> bool {
    pair.times > MOVE && pair.people > MOVE
}

/// Whether both numbers of a pair can rise by [`MOVE`] below a sum that is shown.
fn can_rise(pair: Pair, below: Pair) -> bool {
    pair.times + MOVE <= below.times && pair.people + MOVE <= below.people
}

/// A column that can't be shown beside the others: its sum is small, or it has a small number and
/// nothing that could stand in for it.
fn weak_column(figures: &Figures) -> Option<usize> {
    let is_weak = |column: usize| {
        let lacks = |table: &Table| {
            let mut cells = table.cells.iter().map(|row| row[column]);
            cells.clone().any(is_small) && !cells.any(can_fall)
        };
        is_small(figures.columns[column]) || figures.tables.iter().any(lacks)
    };
    (0..figures.columns.len()).find(|column| is_weak(*column))
}

/// Counts a column together with the smallest of the others.
fn join(groups: &mut Vec<Vec<CenterId>>, weak: usize, sums: &[Pair]) {
    let others = (0..groups.len()).filter(|at| *at != weak);
    let Some(other) = others.min_by_key(|at| (sums[*at].times, *at)) else {
        return;
    };
    let moved = groups.remove(weak.max(other));
    groups[weak.min(other)].extend(moved);
}

/// Four numbers of a ring: row, column, and whether it rises.
type Ring = [(usize, usize, bool); 4];

/// Hides the small numbers of a table and the rings that protect them; nothing where there is no
/// ring for one of them.
fn hide(table: &Table, sums: &[Pair]) -> Option<Mask> {
    let (high, wide) = (table.cells.len(), sums.len());
    let mut hidden = vec![vec![false; wide + 1]; high];
    let all = (0..high).flat_map(|row| (0..=wide).map(move |column| (row, column)));
    for (row, column) in all {
        // What is hidden already is part of a ring.
        if is_small(pair_at(table, row, column)) && !hidden[row][column] {
            for (row, column, _) in best_ring(table, sums, &hidden, (row, column))? {
                hidden[row][column] = true;
            }
        }
    }
    Some(hidden)
}

fn pair_at(table: &Table, row: usize, column: usize) -> Pair {
    let cell = table.cells[row].get(column);
    cell.copied().unwrap_or(table.totals[row])
}

/// The ring that hides the fewest and smallest numbers more.
fn best_ring(
    table: &Table,
    sums: &[Pair],
    hidden: &Mask,
    (row, column): (usize, usize),
) -> Option<Ring> {
    let wide = sums.len();
    let rows = (0..table.cells.len()).filter(|other| *other != row);
    let rings = rows.flat_map(|other| {
        let beside = (0..=wide).filter(move |beside| *beside != column);
        beside.map(move |beside| ring(wide, (row, column), other, beside))
    });
    let fitting = rings.filter(|ring| fits(table, sums, ring));
    fitting.min_by_key(|ring| {
        let new = ring
            .iter()
            .filter(|(row, column, _)| !hidden[*row][*column]);
        new.fold((0, 0), |(more, lost), (row, column, _)| {
            // A sum is what readers look for first.
            let weight = if *column == wide { 2 } else { 1 };
            (more + weight, lost + pair_at(table, *row, *column).times)
        })
    })
}

/// A sum moves with its row; a number beside it the other way.
fn ring(wide: usize, (row, column): (usize, usize), other: usize, beside: usize) -> Ring {
    let with_sum = column == wide || beside == wide;
    [
        (row, column, true),
        (row, beside, with_sum),
        (other, column, false),
        (other, beside, !with_sum),
    ]
}

/// Whether the ring can be moved with everything else as it is. Where somebody is counted in two
/// rows, numbers are not parts of their column's sum: then each still lies below it.
fn fits(table: &Table, sums: &[Pair], ring: &Ring) -> bool {
    let wide = sums.len();
    let moves = |row: usize, column: usize| ring.iter().any(|one| (one.0, one.1) == (row, column));
    ring.iter().all(|(row, column, rises)| {
        let pair = pair_at(table, *row, *column);
        match (rises, *column == wide) {
            (true, true) => true,
            (true, false) => {
                let below_sum = moves(*row, wide) || can_rise(pair, table.totals[*row]);
                can_rise(pair, sums[*column]) && below_sum
            }
            (false, false) => can_fall(pair),
            (false, true) => {
                let stays = (0..wide).filter(|at| !moves(*row, *at));
                let mut stays = stays.map(|at| table.cells[*row][at]);
                can_fall(pair) && stays.all(|one| can_rise(one, pair))
            }
        }
    })
}

mod given;
#[cfg(test)]
mod tests;
mod year;

pub use given::{Given, Shown};
pub use year::given_year;
