//! A fiscal year of which every month may have been handed out as well.
//!
//! Whoever holds the year's paper and eleven months' finds what the twelfth shows, and more where
//! the year shows a number that the month hid. So the year is made of its months' papers alone: a
//! number is the sum of what the months show, hidden where one of them hid it; centers are counted
//! together that any month counted together; a month of which there is no paper is not counted at
//! all. Then the year tells nothing that its months did not tell, and what holds for a month holds
//! beside it.
//!
//! 実人数 of a year would count once whoever came in several months: the months' sum less the year's
//! is how many came again, down to the one whom the police brought twice. No paper of a year has it.

use super::given::{Given, Line, Shown};
use crate::consultations::rules::figures::By;
use crate::consultations::rules::topics::Topic;
use crate::ids::CenterId;

/// The year of these papers; `None` where there is none.
pub fn given_year(papers: &[Given], topics: &[Topic]) -> Option<Given> {
    if papers.is_empty() {
        return None;
    }
    let groups = together(papers);
    let whole = papers.iter().map(|paper| (paper, paper.sums.as_slice()));
    let mut sums = vec![times(0); groups.len() + 1];
    for (paper, own) in whole {
        for (column, one) in own.iter().enumerate() {
            sums[column_of(&groups, paper, column)].times += one.times;
        }
    }
    let tables = By::ALL.into_iter().enumerate();
    let tables = tables.map(|(at, by)| {
        let own: Option<Vec<(&Given, &[Line])>> = papers
            .iter()
            .map(|paper| Some((paper, paper.tables.get(at)?.as_deref()?)))
            .collect();
        Some(lines(&groups, &own?, &by.codes(topics)))
    });
    let tables = tables.collect();
    Some(Given {
        groups,
        sums,
        tables,
    })
}

const fn times(times: u64) -> Shown {
    Shown {
        times,
        people: None,
    }
}

/// A table's lines, in the town's order; a content that no month has a line of has none here.
fn lines(groups: &[Vec<CenterId>], papers: &[(&Given, &[Line])], codes: &[u8]) -> Vec<Line> {
    let line = |code: &u8| {
        let mut shown = vec![Some(times(0)); groups.len() + 1];
        let mut found = false;
        for (paper, lines) in papers {
            let own = lines.iter().filter(|line| line.code == *code);
            for (column, one) in own.flat_map(|line| line.shown.iter().enumerate()) {
                found = true;
                let sum = &mut shown[column_of(groups, paper, column)];
                *sum = sum.zip(*one).map(|(sum, one)| times(sum.times + one.times));
            }
        }
        found.then_some(Line { code: *code, shown })
    };
    codes.iter().filter_map(line).collect()
}

/// Centers that any month counted together, and those that this brings together.
fn together(papers: &[Given]) -> Vec<Vec<CenterId>> {
    let mut groups: Vec<Vec<CenterId>> = Vec::new();
    for group in papers.iter().flat_map(|paper| &paper.groups) {
        let (touched, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|one| one.iter().any(|center| group.contains(center)));
        let mut joined: Vec<CenterId> = touched.into_iter().flatten().collect();
        joined.extend(
            group
                .iter()
                .filter(|one| !joined.contains(one))
                .copied()
                .collect::<Vec<_>>(),
        );
        groups = apart;
        groups.push(joined);
    }
    groups
}

/// The year's column in which a month's column is counted; the sums are beyond the last.
fn column_of(groups: &[Vec<CenterId>], paper: &Given, column: usize) -> usize {
    let center = paper.groups.get(column).and_then(|group| group.first());
    let of = center.and_then(|center| groups.iter().position(|group| group.contains(center)));
    of.unwrap_or(groups.len())
}
