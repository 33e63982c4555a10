//! A month's courses in large type: for the wall, and for the shops of the street.

use serde::Serialize;

/// One course on one day.
#[derive(Clone, Default, Serialize)]
pub struct Lesson {
    /// 「5」
    pub day: String,
    /// 「金」
    pub weekday: String,
    /// 「10:00～11:30」
    pub hours: String,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// What it costs, what to bring, who may come; a few words each.
    pub about: Vec<String>,
    /// 「中止」, 「変更」, or empty.
    pub mark: String,
    /// Why it is off, or how it was to be; may be empty.
    pub why: String,
}

/// A month's courses.
#[derive(Clone, Default, Serialize)]
pub struct Courses {
    /// 「2026年6月の講座」
    pub title: String,
    /// Whether the sheet is twice as large, with larger letters.
    pub large: bool,
    /// When the place is closed, and what else is to be known.
    pub notes: Vec<String>,
    /// In the order of the clock.
    pub lessons: Vec<Lesson>,
}
