//! One form a group: filled from what is kept, read back into it.

mod blocks;
mod care;
mod consent;
mod contacts;
mod identity;
mod medical;

use jiff::civil::Date;
use maud::Markup;

pub use blocks::rearranged;
pub use identity::read as read_identity;

use super::typed::{Reader, Typed};
use crate::front::look::Problems;
use crate::people::rules::Part;

/// A group that has a form.
pub trait Sheet: Part {
    /// The form filled with what is kept.
    fn fill(&self, typed: &mut Typed);

    /// What the form says; `None` where the reader has noted a problem.
    fn read(reader: &mut Reader<'_>, before: &Self, today: Date) -> Option<Self>;

    /// The fields, as typed.
    fn fields(typed: &Typed, problems: &Problems) -> Markup;

    /// The prefix of blocks that can be added, removed and moved, and how many there may be.
    const BLOCKS: Option<(&'static str, usize)> = None;
}
