//! What a room shows of the rooms above it, which it does not know: handed in by `routes::ABOVE`.

use db::{Conn, Work};
use maud::Markup;

use super::{Asked, Problem};
use crate::deed::Deed;
use crate::ids::{CaseId, ConsultationId, NoticeId, PersonId, RowId};

/// A part of a page that a room above makes, of what whoever asks may see there; empty where that is
/// nothing.
pub type Part<T> = for<'a> fn(&'a Asked, T) -> Work<'a, Markup, Problem>;

/// Instants in milliseconds, for figures.
pub type Helped =
    for<'a> fn(&'a mut Conn, &'a Deed, (Vec<NoticeId>, i64)) -> Work<'a, Vec<Option<i64>>, Problem>;

/// What somebody of the Station observed about a registered person.
pub struct Sighting {
    /// The observation.
    pub id: RowId,
    /// About whom.
    pub person: PersonId,
    /// The account that observed it.
    pub by: i64,
    /// The day, in milliseconds.
    pub at: i64,
    /// Codes of signs.
    pub signs: Vec<String>,
}

/// About people of the center that asks, since an instant.
pub type Sightings = for<'a> fn(&'a mut Conn, &'a Deed, i64) -> Work<'a, Vec<Sighting>, Problem>;

/// All that is handed down.
#[derive(Clone, Copy)]
pub struct Above {
    /// What came of a notice.
    pub notice: Part<NoticeId>,
    /// What came of a consultation.
    pub consultation: Part<ConsultationId>,
    /// What is under way in other offices because of a case.
    pub case: Part<CaseId>,
    /// For each notice when help arrived, of those that came since an instant.
    pub helped: Helped,
    /// What adds to the evidence of notices.
    pub sightings: Sightings,
}
