//! What may leave the town of a year that is over: one picture for the sponsors' meeting.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::blocks::{Weight, may_cross, settle};
use super::counted::{Figures, figures};
use super::facts::{Facts, Held};
use super::noticed::{FEWEST, Noticed};
use crate::ids::RowId;
use crate::station::courses::Role;
use crate::station::door::Part;

/// What is said of courses that are counted together.
const OTHERS: &str = "ほか";

/// A number with what it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// What it is of.
    pub label: String,
    /// How many.
    pub number: u64,
}

/// Courses that are shown as one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// 「公園体操」「ほか3講座」
    pub label: String,
    /// Whether it is one course, and not several.
    pub is_course: bool,
    /// Days that were held.
    pub days: u64,
    /// Visits.
    pub visits: u64,
}

/// Who held courses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// 「サポーター」「みなみ薬局」「ほか2団体」
    pub label: String,
    /// Their courses; everything is a sum of these.
    pub blocks: Vec<Block>,
}

impl Party {
    /// Days of all their courses.
    pub fn days(&self) -> u64 {
        self.blocks.iter().map(|block| block.days).sum()
    }

    /// Visits to all their courses.
    pub fn visits(&self) -> u64 {
        self.blocks.iter().map(|block| block.visits).sum()
    }
}

/// What leaves the town. What is hidden is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Courses, days of them, days called off, days of which nobody wrote down who came: no people.
    pub courses: u64,
    /// Days that were held.
    pub days: u64,
    /// Days that were called off.
    pub off: u64,
    /// Days of which nobody wrote down who came.
    pub open: u64,
    /// Visits.
    pub visits: u64,
    /// Visits of people whose name is not known.
    pub nameless: Option<u64>,
    /// People, each once.
    pub people: Option<u64>,
    /// Of those, who came for the first time.
    pub first: Option<u64>,
    /// Visits by who held the course, and by course.
    pub parties: Vec<Party>,
    /// Visits by month, or by quarter; none where they would tell more than they may.
    pub months: Vec<Named>,
    /// Turns by role.
    pub roles: Vec<Named>,
    /// Supporters who had a role.
    pub active: Option<u64>,
    /// Turns of professionals by who held the course: their own work, of no resident.
    pub watch: Vec<Named>,
    /// Yen of vouchers that were given.
    pub yen: Option<u64>,
    /// Observations.
    pub observed: Option<u64>,
    /// From a notice to help: see [`Noticed::funnel`].
    pub funnel: [Option<u64>; 4],
}

/// Vouchers of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Yen {
    /// Yen that were given.
    pub given: i64,
    /// To how many supporters.
    pub people: u64,
    /// Yen that shops handed in.
    pub handed_in: i64,
    /// Yen that are given and not handed in, at the end.
    pub open: i64,
}

/// Neither small, nor is what is left of the whole.
fn apart(number: u64, whole: u64) -> Option<u64> {
    let small = |number: u64| (1..FEWEST).contains(&number);
    (!small(number) && !small(whole.saturating_sub(number))).then_some(number)
}

/// Hides; nothing where there were too few.
pub fn leaving(facts: &Facts, noticed: &Noticed, yen: Yen) -> Option<Given> {
    let figures = figures(facts);
    let leaves = Leaves::of(facts)?;
    let people = Some(figures.total.people).filter(|people| *people >= FEWEST);
    Some(Given {
        courses: figures.courses,
        days: figures.total.days,
        off: figures.off,
        open: figures.total.open,
        visits: figures.total.visits,
        nameless: apart(figures.nameless, figures.total.visits),
        people,
        first: people.and_then(|people| apart(figures.total.first, people)),
        months: leaves.months(facts),
        parties: leaves.parties,
        roles: roles(facts),
        active: Some(figures.active).filter(|active| *active >= FEWEST),
        watch: watch(&figures),
        yen: u64::try_from(yen.given)
            .ok()
            .filter(|_| yen.people >= FEWEST),
        observed: Some(noticed.observed).filter(|_| noticed.observed_people >= FEWEST),
        funnel: noticed.funnel(),
    })
}

fn watch(figures: &Figures) -> Vec<Named> {
    let named = figures.watch.iter().map(|(organiser, turns)| Named {
        label: organiser.clone(),
        number: turns.times,
    });
    named.collect()
}

fn roles(facts: &Facts) -> Vec<Named> {
    let mut weights: BTreeMap<usize, Weight> = BTreeMap::new();
    for one in &facts.came {
        if let Part::Role(role) = one.part
            && role != Role::Watch
            && let Some(at) = Role::ALL.iter().position(|other| *other == role)
        {
            weights.entry(at).or_default().add(one);
        }
    }
    let (roles, weights): (Vec<usize>, Vec<Weight>) = weights.into_iter().unzip();
    let groups = settle(&weights).unwrap_or_default();
    let named = groups.iter().map(|group| {
        let words: Vec<&str> = group
            .iter()
            .map(|at| Role::ALL[roles[*at]].word())
            .collect();
        Named {
            label: words.join("・"),
            number: group.iter().map(|at| weights[*at].visits).sum(),
        }
    });
    named.collect()
}

/// Blocks of courses.
struct Leaves {
    parties: Vec<Party>,
    /// The block of a course, and how many blocks there are.
    of: HashMap<(String, RowId), usize>,
    blocks: usize,
}

/// A course held by somebody: its days, what it was called last, who came.
#[derive(Default)]
struct Course {
    title: String,
    days: u64,
    weight: Weight,
}

impl Leaves {
    fn of(facts: &Facts) -> Option<Leaves> {
        let mut held: BTreeMap<&str, BTreeMap<RowId, Course>> = BTreeMap::new();
        for of in facts.days.iter().filter(|of| !of.off) {
            let course = held.entry(&of.organiser).or_default();
            let course = course.entry(of.course).or_default();
            course.title.clone_from(&of.title);
            course.days += 1;
        }
        let mut weights: BTreeMap<&str, Weight> = BTreeMap::new();
        for one in facts.visits() {
            let of = &facts.days[one.day];
            let course = held.get_mut(of.organiser.as_str());
            let course = course.and_then(|courses| courses.get_mut(&of.course));
            if let Some(course) = course {
                course.weight.add(one);
                weights.entry(&of.organiser).or_default().add(one);
            }
        }
        let names: Vec<&str> = held.keys().copied().collect();
        let weights: Vec<Weight> = names
            .iter()
            .map(|name| weights.remove(name).unwrap_or_default())
            .collect();
        let groups = settle(&weights)?;
        // Nobody at all is as much as too few.
        if weights.iter().all(|weight| weight.visits == 0) {
            return None;
        }
        let mut leaves = Leaves {
            parties: Vec::new(),
            of: HashMap::new(),
            blocks: 0,
        };
        for group in groups {
            match group[..] {
                [one] => leaves.party(names[one], &held[names[one]]),
                _ => leaves.together(group.iter().map(|at| (names[*at], &held[names[*at]]))),
            }
        }
        Some(leaves)
    }

    fn block(&mut self, of: Vec<((&str, RowId), &Course)>, label: String) -> Block {
        let (mut days, mut visits) = (0, 0);
        let is_course = of.len() == 1;
        for ((organiser, course), one) in of {
            self.of.insert((organiser.to_owned(), course), self.blocks);
            days += one.days;
            visits += one.weight.visits;
        }
        self.blocks += 1;
        Block {
            label,
            is_course,
            days,
            visits,
        }
    }

    fn party(&mut self, organiser: &str, courses: &BTreeMap<RowId, Course>) {
        let list: Vec<(&RowId, &Course)> = courses.iter().collect();
        let weights: Vec<Weight> = list.iter().map(|(_, one)| one.weight.clone()).collect();
        // All of them together are enough, or nobody came to any.
        let groups = settle(&weights).unwrap_or_else(|| vec![(0..list.len()).collect()]);
        let mut blocks = Vec::new();
        for group in groups {
            let label = match group[..] {
                [one] => list[one].1.title.clone(),
                _ => format!("{OTHERS}{}講座", group.len()),
            };
            let of = group
                .iter()
                .map(|at| ((organiser, *list[*at].0), list[*at].1));
            blocks.push(self.block(of.collect(), label));
        }
        let label = organiser.to_owned();
        self.parties.push(Party { label, blocks });
    }

    fn together<'a>(
        &mut self,
        group: impl ExactSizeIterator<Item = (&'a str, &'a BTreeMap<RowId, Course>)>,
    ) {
        let label = format!("{OTHERS}{}団体", group.len());
        let of: Vec<((&str, RowId), &Course)> = group
            .flat_map(|(name, courses)| courses.iter().map(move |(id, one)| ((name, *id), one)))
            .collect();
        let courses = format!("{}講座", of.len());
        let blocks = vec![self.block(of, courses)];
        self.parties.push(Party { label, blocks });
    }

    fn block_of(&self, day: &Held) -> Option<usize> {
        self.of.get(&(day.organiser.clone(), day.course)).copied()
    }

    /// By month, else by quarter, else not at all; of one fiscal year.
    fn months(&self, facts: &Facts) -> Vec<Named> {
        let month = |at: usize| (at + 3) % 12 + 1;
        for width in [1, 3] {
            let label = |at: usize| match width {
                1 => format!("{}月", month(at)),
                _ => format!("{}～{}月", month(at * 3), month(at * 3 + 2)),
            };
            let mut cells: HashMap<(usize, usize), Weight> = HashMap::new();
            let mut numbers = vec![0; 12 / width];
            for one in facts.visits() {
                let day = &facts.days[one.day];
                let since_april = (i32::from(day.day.month()) + 8) % 12;
                let column = usize::try_from(since_april).unwrap_or(0) / width;
                if let Some(block) = self.block_of(day) {
                    cells.entry((block, column)).or_default().add(one);
                    numbers[column] += 1;
                }
            }
            if may_cross(&cells, self.blocks, 12 / width) {
                let named = numbers.into_iter().enumerate();
                return named
                    .map(|(at, number)| Named {
                        label: label(at),
                        number,
                    })
                    .collect();
            }
        }
        Vec::new()
    }
}
