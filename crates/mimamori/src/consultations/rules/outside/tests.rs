//! Somebody who knows everything that is shown tries to solve for what is hidden.

#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::codes::{About, AgeBand, Alone, Source, Urgency, Way};
use super::super::figures::Counted;
use super::super::one::Codes;
use super::super::topics::{Topics, list_of};
use super::*;

/// A reception as the test draws it: center, person, way, from, age, topic.
type Drawn = (i64, i64, usize, usize, usize, u8);

fn counted((center, who, way, from, age, topic): Drawn) -> Counted {
    Counted {
        center: CenterId(center),
        who,
        codes: Codes {
            way: Way::ALL[way],
            from: Source::ALL[from],
            about: About::Registered,
            topics: Topics::of([topic]),
            urgency: Urgency::Usual,
            minutes: None,
            age: AgeBand::ALL[age],
            alone: Alone::ALL[way % 3],
            who: 0,
            also: [0; 3],
            closed: true,
        },
    }
}

/// Small towns, where most numbers are small; rare ways and sources stay rare.
fn town(people: std::ops::Range<i64>) -> impl Strategy<Value = Vec<Drawn>> {
    let rare = |most: usize| (0..most, 0..most).prop_map(|(a, b)| a.min(b));
    let one = (1..6i64, people, rare(4), rare(9), rare(8), 1..6u8);
    vec(one, 5..220)
}

const CENTERS: [CenterId; 5] = [
    CenterId(1),
    CenterId(2),
    CenterId(3),
    CenterId(4),
    CenterId(5),
];

/// A table as an equation: every row adds up to its sum, every column to its own, the sums to the
/// whole. A number is a pipe from its row to its column; a row's sum one from the source to its row.
struct Pipes {
    /// From, to, how much flows, how little may, whether nobody is told.
    pipes: Vec<(usize, usize, i64, i64, bool)>,
    nodes: usize,
}

impl Pipes {
    fn of(table: &Table, mask: &Mask, number: impl Fn(Pair) -> u64) -> Pipes {
        let (high, wide) = (table.cells.len(), mask[0].len() - 1);
        let mut pipes = Vec::new();
        for (row, hidden) in mask.iter().enumerate().take(high) {
            for (column, hidden) in hidden.iter().enumerate() {
                let flows = number(pair_at(table, row, column)) as i64;
                let least = flows.min(1);
                let ends = if column == wide {
                    (0, 1 + row)
                } else {
                    (1 + row, 1 + high + column)
                };
                pipes.push((ends.0, ends.1, flows, least, *hidden));
            }
        }
        // Whatever comes out of the columns goes in again at the source, by sums that are shown: a
        // change of what is hidden runs in circles.
        Pipes {
            pipes,
            nodes: 1 + high + wide,
        }
    }

    /// How much more, or less, the pipe could carry if everything shown stayed as it is; 1000
    /// stands for as much as one likes.
    fn slack(&self, pipe: usize, more: bool) -> i64 {
        let mut room: Vec<[i64; 2]> = self
            .pipes
            .iter()
            .map(|(_, _, flows, least, hidden)| match hidden {
                true => [1000, flows - least],
                false => [0, 0],
            })
            .collect();
        let (from, to, ..) = self.pipes[pipe];
        let (start, end, way) = if more { (to, from, 0) } else { (from, to, 1) };
        let most = room[pipe][way];
        room[pipe] = [0, 0];
        let mut found = 0;
        while found < most {
            let Some(path) = self.path(&room, start, end) else {
                break;
            };
            let narrow = path.iter().map(|(at, way)| room[*at][*way]).min().unwrap();
            let narrow = narrow.min(most - found);
            for (at, way) in path {
                room[at][way] -= narrow;
                room[at][1 - way] += narrow;
            }
            found += narrow;
        }
        found
    }

    fn path(&self, room: &[[i64; 2]], start: usize, end: usize) -> Option<Vec<(usize, usize)>> {
        let mut came: Vec<Option<(usize, usize, usize)>> = vec![None; self.nodes];
        let mut next = vec![start];
        while let Some(node) = next.pop() {
            for (at, (from, to, ..)) in self.pipes.iter().enumerate() {
                for (way, (a, b)) in [(*from, *to), (*to, *from)].into_iter().enumerate() {
                    if a == node && room[at][way] > 0 && b != start && came[b].is_none() {
                        came[b] = Some((node, at, way));
                        next.push(b);
                    }
                }
            }
        }
        let (mut path, mut node) = (Vec::new(), end);
        while node != start {
            let (before, at, way) = came[node]?;
            path.push((at, way));
            node = before;
        }
        Some(path)
    }
}

/// Every hidden number of a table has two values at least; a small one may be 5 or more.
fn holds(table: &Table, mask: &Mask, number: impl Fn(Pair) -> u64 + Copy) {
    let pipes = Pipes::of(table, mask, number);
    for (at, (.., flows, _, hidden)) in pipes.pipes.iter().enumerate() {
        let small = (1..FEWEST as i64).contains(flows);
        assert!(*hidden || !small, "{flows} is shown");
        if *hidden {
            let (up, down) = (pipes.slack(at, true), pipes.slack(at, false));
            assert!(up + down > 0, "{flows} follows from what is shown");
            assert!(
                !small || flows + up >= FEWEST as i64,
                "{flows} is shown to be small"
            );
        }
    }
}

/// Nobody is counted in two rows or by two centers, so that all numbers add up.
fn apart(all: &mut [Counted]) {
    for (one, who) in all.iter_mut().zip(1..) {
        one.who = if one.who == 0 { 0 } else { who };
    }
}

fn check(outside: &Outside) {
    assert!(
        !outside.sums().iter().copied().any(is_small),
        "a center's sum is small"
    );
    for (table, mask) in outside.figures.tables.iter().zip(&outside.hidden) {
        if let Some(mask) = mask {
            holds(table, mask, |pair| pair.times);
            holds(table, mask, |pair| pair.people);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nobody_can_solve_for_what_is_hidden(all in town(0..40)) {
        let mut all: Vec<Counted> = all.into_iter().map(counted).collect();
        apart(&mut all);
        if let Some(outside) = outside(&all, &CENTERS, &list_of(vec![])) {
            check(&outside);
        }
    }

    #[test]
    fn no_small_number_is_shown_where_people_are_counted_twice(all in town(0..40)) {
        let all: Vec<Counted> = all.into_iter().map(counted).collect();
        let Some(outside) = outside(&all, &CENTERS, &list_of(vec![])) else { return Ok(()) };
        for (at, (_, rows)) in outside.tables().enumerate() {
            for row in 0..rows.map_or(0, <[String]>::len) {
                let shown = (0..=outside.groups().len()).filter_map(|column| outside.shown(at, row, column));
                for pair in shown {
                    prop_assert!(!is_small(pair));
                }
            }
        }
    }
}

/// Somebody holds the year's paper and those of its months. All numbers of the year that are shown
/// are sums of numbers that the months show: then the year adds no equation to the months' own, and
/// whoever solves all papers together gets no further than with each month's alone.
fn adds_nothing(year: &Outside, months: &[Outside]) {
    for (at, table) in year.figures.tables.iter().enumerate() {
        let Some(mask) = &year.hidden[at] else {
            continue;
        };
        for (row, label) in table.labels.iter().enumerate() {
            for (column, hidden) in mask[row].iter().enumerate() {
                let number = pair_at(table, row, column);
                let parts = parts(year, months, at, label, column);
                let sum: u64 = parts.iter().map(|(_, pair, _)| pair.times).sum();
                assert_eq!(sum, number.times, "the year counts what its months count");
                let shown = parts.iter().all(|(_, _, hidden)| !hidden);
                assert!(
                    *hidden || shown,
                    "{label}: a month's number is the year less eleven"
                );
                // What is small in a year is small in its months, and may be 5 there: so here.
                let rises = |(month, _, _): &(&Outside, Pair, bool)| {
                    could_rise(month, at, label, year, column)
                };
                assert!(*hidden || !is_small(number), "{label}: {number:?} is shown");
                assert!(
                    !is_small(number) || parts.iter().any(rises),
                    "{label}: {number:?} is shown to be small"
                );
            }
        }
    }
}

/// The months' columns that a column of the year counts.
fn columns<'a>(
    year: &'a Outside,
    month: &'a Outside,
    column: usize,
) -> impl Iterator<Item = usize> + 'a {
    let group = year.groups.get(column);
    (0..=month.groups.len()).filter(move |at| match (group, month.groups.get(*at)) {
        (Some(group), Some(of)) => group.contains(&of[0]),
        (None, None) => true,
        _ => false,
    })
}

/// Of what a number of the year is made: of which month, how many, and whether it is hidden there.
fn parts<'a>(
    year: &'a Outside,
    months: &'a [Outside],
    at: usize,
    label: &'a str,
    column: usize,
) -> Vec<(&'a Outside, Pair, bool)> {
    let of = |month: &'a Outside| {
        let table = &month.figures.tables[at];
        let row = table.labels.iter().position(|one| one == label);
        let mask = month.hidden[at].as_ref().unwrap();
        let cells = row.map(|row| {
            columns(year, month, column)
                .map(move |at| (month, pair_at(table, row, at), mask[row][at]))
        });
        cells.into_iter().flatten()
    };
    months.iter().flat_map(of).collect()
}

/// Whether one of the month's numbers that is small could be 5 or more.
fn could_rise(month: &Outside, at: usize, label: &str, year: &Outside, column: usize) -> bool {
    let table = &month.figures.tables[at];
    let mask = month.hidden[at].as_ref().unwrap();
    let Some(row) = table.labels.iter().position(|one| one == label) else {
        return false;
    };
    let wide = month.groups.len() + 1;
    let pipes = Pipes::of(table, mask, |pair| pair.times);
    columns(year, month, column).any(|column| {
        let flows = pair_at(table, row, column).times;
        flows > 0 && flows as i64 + pipes.slack(row * wide + column, true) >= FEWEST as i64
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_year_adds_nothing_to_its_months(all in vec(town(0..40), 12)) {
        let months: Vec<Vec<Counted>> = all
            .into_iter()
            .map(|month| {
                let mut month: Vec<Counted> = month.into_iter().map(counted).collect();
                apart(&mut month);
                month
            })
            .collect();
        let topics = list_of(vec![]);
        let papers: Vec<Option<Outside>> =
            months.iter().map(|month| outside(month, &CENTERS, &topics)).collect();
        let without = |at: &usize| papers[*at].is_none();
        let few: Vec<usize> = (0..12).filter(without).collect();
        match outside_year(&months, &CENTERS, &topics) {
            Some((year, left)) => {
                prop_assert_eq!(left, few);
                adds_nothing(&year, &papers.into_iter().flatten().collect::<Vec<_>>());
            }
            None => prop_assert_eq!(few.len(), 12),
        }
    }
}

#[test]
fn the_solver_finds_what_is_only_hidden_once() {
    let table = |cells: Vec<Vec<u64>>| {
        let pair = |times: &u64| Pair {
            times: *times,
            people: *times,
        };
        let sum = |row: &Vec<u64>| pair(&row.iter().sum());
        Table {
            by: super::super::figures::By::Way,
            labels: vec![],
            totals: cells.iter().map(sum).collect(),
            cells: cells
                .iter()
                .map(|row| row.iter().map(pair).collect())
                .collect(),
        }
    };
    let small = table(vec![vec![2, 30], vec![40, 50]]);
    let mut mask = vec![vec![false; 3]; 2];
    mask[0][0] = true;
    let pipes = Pipes::of(&small, &mask, |pair| pair.times);
    assert_eq!(
        (pipes.slack(0, true), pipes.slack(0, false)),
        (0, 0),
        "30 of 32 says it"
    );
    let sums: Vec<Pair> = [42, 80]
        .map(|n| Pair {
            times: n,
            people: n,
        })
        .into();
    let mask = hide(&small, &sums).unwrap();
    holds(&small, &mask, |pair| pair.times);
    assert_eq!(mask.iter().flatten().filter(|one| **one).count(), 4);
}

#[test]
fn a_large_town_keeps_most_of_its_numbers() {
    let draw = |at: i64| {
        let at = at as usize;
        (
            1 + (at % 4) as i64,
            1 + at as i64 % 900,
            at / 3 % 4,
            at / 7 % 9,
            at / 5 % 8,
            1 + (at % 5) as u8,
        )
    };
    let mut all: Vec<Counted> = (0..4000).map(draw).map(counted).collect();
    // Two calls from the police about one of a center's people.
    all.extend([(2, 5000, 1, 7, 7, 9), (2, 5001, 1, 7, 7, 9)].map(counted));
    let outside = outside(&all, &CENTERS[..4], &list_of(vec![])).unwrap();
    assert_eq!(outside.groups().len(), 4);
    let hidden: usize = outside
        .hidden
        .iter()
        .flatten()
        .flatten()
        .flatten()
        .filter(|one| **one)
        .count();
    assert!((4..=12).contains(&hidden), "{hidden} numbers are hidden");
    assert!(outside.hidden.iter().all(Option::is_some));
}
