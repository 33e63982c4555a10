//! A fiscal year of which every month may have been handed out as well.
//!
//! Whoever holds the year's paper and eleven months' finds what the twelfth shows, and more where
//! the year shows a number that the month hid. So the year shows only sums of numbers that the
//! months show: a number is hidden where one of its months hid it, centers are counted together that
//! any month counted together, and a month of which there is no paper is not counted at all. Then
//! the year tells nothing that its months did not tell, and what holds for a month holds beside it.

use super::{Mask, Outside, in_groups, outside};
use crate::consultations::rules::figures::{Counted, Figures};
use crate::consultations::rules::topics::Topic;
use crate::ids::CenterId;

/// Hides what the months hid; `None` where there is no month with a paper. With it, which of the
/// months are left out: those with something counted, but too little for a paper.
pub fn outside_year(
    months: &[Vec<Counted>],
    centers: &[CenterId],
    topics: &[Topic],
) -> Option<(Outside, Vec<usize>)> {
    let papers: Vec<Option<Outside>> = months
        .iter()
        .map(|month| outside(month, centers, topics))
        .collect();
    let pairs = || months.iter().zip(&papers).enumerate();
    let left = pairs().filter(|(_, (month, paper))| paper.is_none() && !month.is_empty());
    let left = left.map(|(at, _)| at).collect();
    let counted: Vec<Counted> = pairs()
        .filter(|(_, (_, paper))| paper.is_some())
        .flat_map(|(_, (month, _))| month.iter().copied())
        .collect();
    let papers: Vec<Outside> = papers.into_iter().flatten().collect();
    if papers.is_empty() {
        return None;
    }
    let groups = together(&papers);
    let figures = in_groups(&counted, &groups, topics);
    let hidden = 0..figures.tables.len();
    let hidden = hidden
        .map(|at| union(&figures, &groups, &papers, at))
        .collect();
    let year = Outside {
        groups,
        figures,
        hidden,
    };
    Some((year, left))
}

/// Centers that any month counted together, and those that this brings together.
fn together(papers: &[Outside]) -> Vec<Vec<CenterId>> {
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

/// What is hidden of a table: what any month hid of it; all of it where a month left it out.
fn union(year: &Figures, groups: &[Vec<CenterId>], papers: &[Outside], at: usize) -> Option<Mask> {
    let table = year.tables.get(at)?;
    let mut hidden = vec![vec![false; groups.len() + 1]; table.labels.len()];
    for paper in papers {
        let (its, mask) = (
            paper.figures.tables.get(at)?,
            paper.hidden.get(at)?.as_ref()?,
        );
        for (label, line) in its.labels.iter().zip(mask) {
            let row = table.labels.iter().position(|one| one == label)?;
            for (column, _) in line.iter().enumerate().filter(|(_, hidden)| **hidden) {
                hidden[row][column_of(groups, paper, column)] = true;
            }
        }
    }
    Some(hidden)
}

/// The year's column in which a month's column is counted; the sums are beyond the last.
fn column_of(groups: &[Vec<CenterId>], paper: &Outside, column: usize) -> usize {
    let center = paper.groups.get(column).and_then(|group| group.first());
    let of = center.and_then(|center| groups.iter().position(|group| group.contains(center)));
    of.unwrap_or(groups.len())
}
