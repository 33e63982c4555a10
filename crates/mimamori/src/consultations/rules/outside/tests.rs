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
        !outside.figures.columns.iter().copied().any(is_small),
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
        let given = outside.given();
        let lines = given.tables.iter().flatten().flatten();
        for shown in lines.flat_map(|line| &line.shown).flatten() {
            let (times, people) = (shown.times, shown.people.unwrap());
            prop_assert!(!is_small(Pair { times, people }), "{} {}", times, people);
        }
    }
}

/// Somebody holds the year's paper and those of its months. Each number of the year that is shown is
/// a sum of numbers that the months show: then the year adds no equation to the months' own, and
/// whoever solves all papers together gets no further than with each month's alone.
fn adds_nothing(year: &Given, months: &[Given]) {
    for (at, lines) in year.tables.iter().enumerate() {
        let all = months.iter().all(|month| month.tables[at].is_some());
        assert_eq!(lines.is_some(), all, "left out where a month left it out");
        for line in lines.iter().flatten() {
            for (column, shown) in line.shown.iter().enumerate() {
                let parts = parts(year, months, (at, line.code, column));
                let sum: Option<u64> = parts.iter().map(|one| one.map(|one| one.times)).sum();
                assert_eq!(
                    shown.map(|one| one.times),
                    sum,
                    "no more than the months show"
                );
                let small = |one: u64| (1..FEWEST).contains(&one);
                assert!(!sum.is_some_and(small), "{sum:?} is shown");
                assert!(shown.is_none_or(|one| one.people.is_none()));
            }
        }
    }
}

/// Of which numbers of the months a number of the year is made.
fn parts(
    year: &Given,
    months: &[Given],
    (at, code, column): (usize, u8, usize),
) -> Vec<Option<Shown>> {
    let of = |month: &Given| -> Vec<Option<Shown>> {
        let lines = month.tables[at].iter().flatten();
        let own = lines.filter(|line| line.code == code);
        let counts = |of: usize| match (year.groups.get(column), month.groups.get(of)) {
            (Some(group), Some(of)) => group.contains(&of[0]),
            (None, None) => true,
            _ => false,
        };
        own.flat_map(|line| line.shown.iter().enumerate())
            .filter(|(of, _)| counts(*of))
            .map(|(_, shown)| *shown)
            .collect()
    };
    months.iter().flat_map(of).collect()
}

/// The papers of months, and the year's.
fn given(months: &[Vec<Counted>]) -> (Vec<Given>, Option<Given>) {
    let topics = list_of(vec![]);
    let papers = months
        .iter()
        .filter_map(|month| outside(month, &CENTERS, &topics));
    let papers: Vec<Given> = papers.map(|paper| paper.given()).collect();
    let year = given_year(&papers, &topics);
    (papers, year)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_year_adds_nothing_to_its_months(all in vec(town(0..40), 12)) {
        let months: Vec<Vec<Counted>> =
            all.into_iter().map(|month| month.into_iter().map(counted).collect()).collect();
        let (papers, year) = given(&months);
        prop_assert_eq!(year.is_some(), !papers.is_empty());
        if let Some(year) = &year {
            adds_nothing(year, &papers);
        }
    }

    /// The months' papers are the same whether the people of one month are those of another; so is
    /// the year's, and nobody learns who came again.
    #[test]
    fn a_year_does_not_tell_who_came_again(all in vec(town(0..40), 12)) {
        let months: Vec<Vec<Counted>> =
            all.into_iter().map(|month| month.into_iter().map(counted).collect()).collect();
        let mut others = months.clone();
        for (month, at) in others.iter_mut().zip(1..) {
            for one in month.iter_mut().filter(|one| one.who != 0) {
                one.who += at * 1000;
            }
        }
        let ((papers, year), (their_papers, their_year)) = (given(&months), given(&others));
        prop_assert_eq!(papers, their_papers);
        prop_assert_eq!(year, their_year);
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
            codes: vec![],
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
fn nobody_is_told_to_be_known_to_two_centers() {
    // Everybody at one center alone, and one of them at the next one too.
    let mut all: Vec<Counted> = (0..60)
        .map(|who| counted((1 + who % 2, 1 + who, 1, 0, 1, 1)))
        .collect();
    let sums = |all: &[Counted]| {
        outside(all, &CENTERS, &list_of(vec![]))
            .unwrap()
            .given()
            .sums
    };
    let people = |sums: &[Shown]| {
        sums.iter()
            .map(|one| one.people.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(people(&sums(&all)), [30, 30, 60]);
    all.push(counted((2, 1, 1, 0, 1, 1)));
    assert_eq!(
        people(&sums(&all)),
        [30, 31, 61],
        "the sum less its columns tells nothing"
    );
    let one = figures(&all, &CENTERS, &list_of(vec![]));
    assert_eq!(one.total.people, 60, "within the town they are one");
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
    assert_eq!(outside.groups.len(), 4);
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
