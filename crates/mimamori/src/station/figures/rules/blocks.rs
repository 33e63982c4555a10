//! Blocks: what of visits may leave the town, so that whoever subtracts gets nothing small.
//!
//! Everything that leaves is a sum of blocks, and no block has fewer than [`FEWEST`] people in it.
//! docs/decisions/0040 says why that is enough, and what months beside them need.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::facts::{Came, Whose};
use super::noticed::FEWEST;

/// Some visits, as heavy as the people in them are many.
#[derive(Debug, Clone, Default)]
pub struct Weight {
    /// How many.
    pub visits: u64,
    known: HashSet<Whose>,
    /// Of each day, how many whose name is not known: two of one day are two people.
    nameless: BTreeMap<usize, u64>,
}

impl Weight {
    /// One more.
    pub fn add(&mut self, one: &Came) {
        self.visits += 1;
        match one.who {
            Some(who) => {
                self.known.insert(who);
            }
            None => *self.nameless.entry(one.day).or_default() += 1,
        }
    }

    fn join(&mut self, other: &Weight) {
        self.visits += other.visits;
        self.known.extend(&other.known);
        for (day, number) in &other.nameless {
            *self.nameless.entry(*day).or_default() += number;
        }
    }

    /// At least so many people: whoever just came by on two days may be one.
    pub fn people(&self) -> u64 {
        self.known.len() as u64 + self.nameless.values().max().copied().unwrap_or(0)
    }

    fn is_enough(&self) -> bool {
        self.people() >= FEWEST
    }
}

/// Puts the light ones together with each other, and with the lightest of the others while that is not
/// enough; nothing where all together are too few. The heaviest first, what was put together last.
pub fn settle(weights: &[Weight]) -> Option<Vec<Vec<usize>>> {
    let (mut strong, mut rest): (Vec<usize>, Vec<usize>) =
        (0..weights.len()).partition(|at| weights[*at].is_enough());
    strong.sort_by_key(|at| std::cmp::Reverse((weights[*at].visits, *at)));
    let mut all = Weight::default();
    rest.iter().for_each(|at| all.join(&weights[*at]));
    while all.visits > 0 && !all.is_enough() {
        let next = strong.pop()?;
        all.join(&weights[next]);
        rest.push(next);
    }
    let mut groups: Vec<Vec<usize>> = strong.into_iter().map(|at| vec![at]).collect();
    if !rest.is_empty() {
        rest.sort_unstable();
        groups.push(rest);
    }
    Some(groups)
}

/// Whether columns (months) may stand beside blocks: a cell is what they have in common. Some columns
/// less the blocks that lie in them leave what other blocks have there; that has to be enough, or nothing.
pub fn may_cross(cells: &HashMap<(usize, usize), Weight>, blocks: usize, columns: usize) -> bool {
    let mut reach = vec![0_u32; blocks];
    for ((block, column), _) in cells.iter().filter(|(_, cell)| cell.visits > 0) {
        reach[*block] |= 1 << column;
    }
    (1..1_u32 << columns).all(|chosen| {
        let mut left = Weight::default();
        let inside = |(block, column): &(usize, usize)| {
            chosen & (1 << column) != 0 && reach[*block] & !chosen != 0
        };
        for (_, cell) in cells.iter().filter(|(at, _)| inside(at)) {
            if cell.is_enough() {
                return true;
            }
            left.join(cell);
        }
        left.visits == 0 || left.is_enough()
    })
}
