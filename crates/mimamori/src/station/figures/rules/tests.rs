#![allow(clippy::unwrap_used)]
//! Counting; and what leaves the town, tried by somebody who knows all of it and subtracts.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::{Date, date};

use super::*;
use crate::ids::{RowId, SupporterId};
use crate::station::courses::Role;
use crate::station::door::Part;

fn held(course: i64, organiser: &str, day: Date) -> Held {
    Held {
        course: RowId(course),
        title: format!("講座{course}"),
        place: "ひろば".to_owned(),
        organiser: organiser.to_owned(),
        day,
        off: false,
        taken: true,
    }
}

fn came(day: usize, who: i64) -> Came {
    Came {
        day,
        who: (who > 0).then_some(Whose::Supporter(SupporterId(who))),
        part: Part::Participant,
    }
}

#[test]
fn visits_are_counted_each_time_people_once_and_first_timers_where_they_came_first() {
    let mut days = vec![
        held(1, "サポーター", date(2026, 4, 3)),
        held(2, "みなみ薬局", date(2026, 4, 10)),
        held(1, "サポーター", date(2026, 5, 1)),
        held(1, "サポーター", date(2026, 5, 8)),
        held(3, "サポーター", date(2026, 5, 9)),
    ];
    days[3].taken = false;
    days[4].off = true;
    let cook = Came {
        part: Part::Role(Role::Cook),
        ..came(2, 3)
    };
    let nurse = Came {
        part: Part::Role(Role::Watch),
        ..came(1, 9)
    };
    let facts = Facts {
        days,
        came: vec![
            came(0, 1),
            came(1, 1),
            came(2, 1),
            came(1, 2),
            came(2, 0),
            cook,
            nurse,
        ],
        before: HashSet::from([Whose::Supporter(SupporterId(1))]),
    };
    let of = figures(&facts);
    let counted = |days, open, visits, people, first| Counted {
        days,
        open,
        visits,
        people,
        first,
    };
    assert_eq!(of.total, counted(4, 1, 5, 2, 1), "the day off is none");
    assert_eq!((of.courses, of.off, of.begun, of.nameless), (2, 1, 0, 1));
    let table = |by: By| &of.tables.iter().find(|(one, _)| *one == by).unwrap().1;
    let months: Vec<(&str, Counted)> = table(By::Month)
        .iter()
        .map(|row| (row.label.as_str(), row.counted))
        .collect();
    let april = ("2026年4月", counted(2, 0, 3, 2, 1));
    assert_eq!(months, [april, ("2026年5月", counted(2, 1, 2, 1, 0))]);
    assert_eq!(
        table(By::Course)[0].label,
        "講座1",
        "the most visited first"
    );
    let one = Turns {
        times: 1,
        people: 1,
    };
    assert_eq!(of.roles, [(Role::Cook, one), (Role::Watch, one)]);
    assert_eq!(of.active, 1, "professionals carry it otherwise");
    assert_eq!(of.watch, [("みなみ薬局".to_owned(), one)]);
}

/// A generator of small numbers; the same numbers make the same towns.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn town(chance: &mut Chance) -> Facts {
    let courses = 1 + chance.below(7) as i64;
    let organisers = 1 + chance.below(4);
    let mut facts = Facts::default();
    for course in 1..=courses {
        let organiser = format!("団体{}", course as u64 % organisers);
        let people = 1 + chance.below(14);
        for at in 0..1 + chance.below(5) {
            let month = 1 + chance.below(12) as i8;
            let year = if month < 4 { 2027 } else { 2026 };
            let day = date(year, month, 1 + at as i8);
            facts.days.push(held(course, &organiser, day));
            for _ in 0..chance.below(9) {
                // One of four is nobody who is known.
                let who =
                    [0, 1, 1, 1][chance.below(4) as usize] * (1 + chance.below(people) as i64);
                let one = came(facts.days.len() - 1, who);
                if who == 0 || !facts.came.contains(&one) {
                    facts.came.push(one);
                }
            }
        }
    }
    facts
}

/// Everything that the paper shows of visits, as sums over what was really there.
struct Paper {
    blocks: Vec<u64>,
    columns: Vec<u64>,
    /// What nobody but us knows: visits by block and column.
    cells: Vec<Vec<u64>>,
}

impl Paper {
    fn of(given: &Given, facts: &Facts) -> Paper {
        let blocks: Vec<&Block> = given.parties.iter().flat_map(|one| &one.blocks).collect();
        let columns: Vec<u64> = given.months.iter().map(|month| month.number).collect();
        let width = 12 / columns.len().max(1);
        let mut cells = vec![vec![0; columns.len()]; blocks.len()];
        for one in facts.visits() {
            let day = &facts.days[one.day];
            let party = given
                .parties
                .iter()
                .position(|of| of.label == day.organiser);
            let party = party.unwrap_or(given.parties.len() - 1);
            let before: usize = given.parties[..party]
                .iter()
                .map(|of| of.blocks.len())
                .sum();
            let own = &given.parties[party].blocks;
            let at = own.iter().position(|block| block.label == day.title);
            let block = before + at.unwrap_or(own.len() - 1);
            let since_april = (day.day.month() + 8) as usize % 12;
            if let Some(cell) = cells[block].get_mut(since_april / width) {
                *cell += 1;
            }
        }
        Paper {
            blocks: blocks.iter().map(|block| block.visits).collect(),
            columns,
            cells,
        }
    }

    /// The most that a cell can be for somebody who knows every sum, and which cells are empty: visits
    /// are moved round as long as there is a way.
    fn most(&self, block: usize, column: usize) -> u64 {
        let mut cells: Vec<Vec<u64>> = self.cells.clone();
        let open: Vec<Vec<bool>> = cells
            .iter()
            .map(|row| row.iter().map(|one| *one > 0).collect())
            .collect();
        while let Some(way) = way(&cells, &open, block, column) {
            cells[block][column] += 1;
            for (falls, (row, at)) in way.into_iter().enumerate() {
                match falls % 2 {
                    0 => cells[row][at] -= 1,
                    _ => cells[row][at] += 1,
                }
            }
        }
        cells[block][column]
    }
}

/// From a column back to a row: down in one cell, up in the next of its row, and so on.
fn way(
    cells: &[Vec<u64>],
    open: &[Vec<bool>],
    block: usize,
    column: usize,
) -> Option<Vec<(usize, usize)>> {
    let mut seen = HashSet::from([column]);
    let mut ways = vec![(column, Vec::new())];
    while let Some((at, way)) = ways.pop() {
        for row in
            (0..cells.len()).filter(|row| cells[*row][at] > 0 && (*row, at) != (block, column))
        {
            let mut down: Vec<(usize, usize)> = way.clone();
            down.push((row, at));
            if row == block {
                return Some(down);
            }
            for next in (0..cells[row].len()).filter(|next| open[row][*next]) {
                if seen.insert(next) {
                    let mut up = down.clone();
                    up.push((row, next));
                    ways.push((next, up));
                }
            }
        }
    }
    None
}

#[test]
fn whoever_knows_every_sum_finds_nothing_small() {
    let mut chance = Chance(20_261_126);
    let (mut papers, mut with_months, mut by_quarter) = (0, 0, 0);
    for _ in 0..3_000 {
        let facts = town(&mut chance);
        let Some(given) = leaving(&facts, &Noticed::default(), Yen::default()) else {
            continue;
        };
        papers += 1;
        let paper = Paper::of(&given, &facts);
        let all: u64 = paper.blocks.iter().sum();
        assert_eq!(all, given.visits, "nothing is lost");
        assert!(
            paper
                .blocks
                .iter()
                .all(|block| *block == 0 || *block >= FEWEST)
        );
        if paper.columns.is_empty() {
            continue;
        }
        with_months += 1;
        by_quarter += u32::from(paper.columns.len() == 4);
        assert_eq!(paper.columns.iter().sum::<u64>(), given.visits);
        for (block, row) in paper.cells.iter().enumerate() {
            for (column, _) in row.iter().enumerate().filter(|(_, cell)| **cell > 0) {
                let most = paper.most(block, column);
                assert!(
                    most >= FEWEST,
                    "{block}, {column}: {most}\n{:?}",
                    paper.cells
                );
            }
        }
    }
    assert!(
        papers > 1_000 && with_months > 200 && by_quarter > 50,
        "{papers} {with_months} {by_quarter}"
    );
}

#[test]
fn a_block_has_five_people_in_it_and_not_five_visits_of_one() {
    let days: Vec<Held> = (1..=6)
        .map(|at| held(1 + i64::from(at > 3), "サポーター", date(2026, 6, at)))
        .collect();
    let mut all: Vec<Came> = (0..3)
        .flat_map(|day| (1..=8).map(move |who| came(day, who)))
        .collect();
    // Two people, again and again, and one who just comes by: three days, perhaps the same.
    all.extend((3..6).flat_map(|day| [came(day, 1), came(day, 2), came(day, 0)]));
    let facts = Facts {
        days,
        came: all,
        before: HashSet::new(),
    };
    let given = leaving(&facts, &Noticed::default(), Yen::default()).unwrap();
    let blocks: BTreeMap<&str, u64> = given.parties[0]
        .blocks
        .iter()
        .map(|block| (block.label.as_str(), block.visits))
        .collect();
    assert_eq!(blocks, BTreeMap::from([("ほか2講座", 33)]));
    assert_eq!((given.people, given.first), (Some(8), Some(8)));
}

#[test]
fn of_few_people_there_is_no_paper() {
    let facts = Facts {
        days: vec![held(1, "サポーター", date(2026, 6, 5))],
        came: (1..=4).map(|who| came(0, who)).collect(),
        before: HashSet::new(),
    };
    assert!(leaving(&facts, &Noticed::default(), Yen::default()).is_none());
    assert!(leaving(&Facts::default(), &Noticed::default(), Yen::default()).is_none());
}
