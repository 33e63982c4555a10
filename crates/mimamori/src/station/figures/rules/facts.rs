//! What is counted: days of courses, and who came to them.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::ids::{RowId, SupporterId};
use crate::station::door::Part;

/// By what somebody who comes again is known to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// A supporter.
    Supporter(SupporterId),
    /// Somebody who signed up, by the keyed token of name and telephone.
    Guest(i64),
}

/// A day of a course that was to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which course.
    pub course: RowId,
    /// What it was called on that day.
    pub title: String,
    /// Where; empty where nobody said.
    pub place: String,
    /// Who held it.
    pub organiser: String,
    /// When.
    pub day: Date,
    /// Whether it was called off.
    pub off: bool,
    /// Whether the roll was taken to its end.
    pub taken: bool,
}

/// Somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// To which of the days, by its place among them.
    pub day: usize,
    /// Who; nothing of somebody who just came by, or whose name is not kept any more.
    pub who: Option<Whose>,
    /// As what.
    pub part: Part,
}

/// What is counted of a period.
#[derive(Clone, Default)]
pub struct Facts {
    /// The days, the earliest first.
    pub days: Vec<Held>,
    /// Who came to them.
    pub came: Vec<Came>,
    /// Who had been here before the first day of the period.
    pub before: HashSet<Whose>,
}

impl Facts {
    /// Those who came to take part.
    pub fn visits(&self) -> impl Iterator<Item = &Came> {
        let taking = |one: &&Came| one.part == Part::Participant;
        self.came.iter().filter(taking)
    }
}
