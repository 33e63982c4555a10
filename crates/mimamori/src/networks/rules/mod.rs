//! Towns, centers, hours, areas, texts: types and decisions.

mod areas;
mod holidays;
mod hours;
mod organisations;
mod texts;
mod town;

pub use areas::{Area, AreaFault, AreaKind, Hit, Lines};
pub use holidays::holiday_name;
pub use hours::{Calendar, Opening, Span, SpecialDay, WEEKDAYS, Week};
pub use organisations::{ORGANISATION_KINDS, Organisation, OrganisationKind};
pub use texts::{LEGAL_BASES, TEXTS, Text};
pub use town::{Center, IDLE_MINUTES, NewTown, Operator, SecondFactor, Town, TownCard, is_short};
