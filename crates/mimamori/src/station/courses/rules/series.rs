//! A series: a course that comes back.

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
