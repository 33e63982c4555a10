//! Why figures can't be shown.

use jiff::civil::Date;

use crate::scope::NoRight;
use crate::station::courses;
use crate::{cases, consultations, paths};

/// Why figures can't be shown.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// So few that nothing may leave the town.
    #[error("too few to be shown outside")]
    TooFew,
    /// A month, of which nothing leaves the town.
    #[error("only a year leaves the town")]
    NotAYear,
    /// The year is not complete until this day: its figures stay in the town.
    #[error("the year is not complete")]
    NotOver(Date),
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Courses can't be read.
    #[error(transparent)]
    Courses(#[from] courses::Refusal),
    /// A workbook can't be made.
    #[error(transparent)]
    Consultations(#[from] consultations::Refusal),
    /// Cases can't be read.
    #[error(transparent)]
    Cases(#[from] cases::Refusal),
    /// Paths can't be read.
    #[error(transparent)]
    Paths(#[from] paths::steps::Refusal),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
