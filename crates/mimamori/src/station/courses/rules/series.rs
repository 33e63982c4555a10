//! A series: a course that comes back.

use jiff::ToSpan;
use jiff::civil::Date;

use super::beat::Rule;
use super::details::Details;
use crate::ids::RowId;

/// A series, as it will be held from now on.
#[derive(Clone, PartialEq, Eq)]
pub struct Series {
    /// Its identity.
    pub id: RowId,
    /// The first day; weeks are counted from here.
    pub begins: Date,
    /// Up to this day its days are planned.
    pub until: Date,
    /// After this day it is not held any more; nothing while it goes on.
    pub ended_on: Option<Date>,
    /// When it falls.
    pub rule: Rule,
    /// What it is.
    pub details: Details,
    /// Grows with every change.
    pub version: i64,
}

/// What a series is to become.
#[derive(Clone)]
pub struct Plan {
    /// The first day of the days that are laid.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// When it falls.
    pub rule: Rule,
    /// What it is.
    pub details: Details,
}

impl Series {
    /// From where the weeks of a new plan are counted: from where they were while it comes back in as many
    /// weeks, so that 隔週 keeps its weeks whatever else is changed; else from where the plan begins.
    pub fn counted_from(&self, new: &Plan) -> Date {
        match (self.rule.beat.every(), new.rule.beat.every()) {
            (Some(old), Some(every)) if old == every => {
                let ahead = (self.begins - new.from).get_days().max(0);
                let span = 7 * i32::from(every.max(1));
                let back = (ahead + span - 1) / span * span;
                self.begins.saturating_sub(back.days())
            }
            (None, None) => self.begins.min(new.from),
            _ => new.from,
        }
    }
}
