//! What a room shows of the rooms above it, which it does not know: handed in by `routes::ABOVE`.

use db::{Conn, Work};
use maud::Markup;

use super::{Asked, Problem};
use crate::deed::Deed;
use crate::ids::{CaseId, ConsultationId, NoticeId};

/// A part of a page that a room above makes, of what whoever asks may see there; empty where that is
/// nothing.
pub type Part<T> = for<'a> fn(&'a Asked, T) -> Work<'a, Markup, Problem>;

/// Instants in milliseconds, for figures.
pub type Helped =
    for<'a> fn(&'a mut Conn, &'a Deed, (Vec<NoticeId>, i64)) -> Work<'a, Vec<Option<i64>>, Problem>;

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
}
