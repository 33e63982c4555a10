//! A year of the Station on one sheet, for the meeting of those who support it.

use serde::Serialize;

/// A number to be read from across a table.
#[derive(Clone, Default, Serialize)]
pub struct Great {
    /// 「来た方（延べ）」
    pub label: String,
    /// 「4,812」
    pub number: String,
    /// 「人」
    pub unit: String,
}

/// A bar.
#[derive(Clone, Default, Serialize)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// 「1,204人」
    pub words: String,
    /// Its length; the longest of a list is drawn as long as there is room.
    pub number: u64,
}

/// A year of the Station.
#[derive(Clone, Default, Serialize)]
pub struct StationYear {
    /// 「2026年度　ステーションのあゆみ」
    pub title: String,
    /// Two rows of three are read at a glance.
    pub great: Vec<Great>,
    /// Month by month; may be empty.
    pub months: Vec<Bar>,
    /// By who held the courses.
    pub parties: Vec<Bar>,
    /// The courses that most came to.
    pub courses: Vec<Bar>,
    /// What was done by those who carry it.
    pub roles: Vec<Bar>,
    /// Turns of professionals.
    pub watch: Vec<Bar>,
    /// From what was noticed to help; may be empty.
    pub noticed: Vec<Bar>,
    /// How to read it.
    pub notes: Vec<String>,
}
