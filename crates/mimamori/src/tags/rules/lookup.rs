//! What the desk is told about a number that was read over the telephone.

use jiff::Timestamp;
use words::tag_number::TagNumberProblem;

use super::number::NumberKind;
use super::tag::State;
use crate::ids::{PersonId, TagId};
use crate::networks::PhoneNow;

/// A tag as the look-up reads it: nothing is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The tag.
    pub tag: TagId,
    /// Which numbering it belongs to.
    pub kind: NumberKind,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub since: Timestamp,
    /// Whose it is, or was last.
    pub person: Option<PersonId>,
    /// What took its place.
    pub replaced_by: Option<TagId>,
}

/// The answer to a number.
#[derive(Clone, PartialEq, Eq)]
pub enum LookUp {
    /// Somebody's.
    Found {
        /// The tag.
        tag: TagId,
        /// Whose.
        person: PersonId,
    },
    /// One of this town's, but not, or no longer, somebody's tag in use: stock, lost, replaced,
    /// returned or void, as its `state` says. `person` is whose it was; for a lost tag, whose it is.
    NotInUse(Known),
    /// Another town's: whom to call there. Nothing else crosses.
    OtherTown {
        /// The town's name.
        name: String,
        /// The number to call now; `None` where the town has none.
        phone: Option<PhoneNow>,
    },
    /// The check digits are right, but no town has it.
    Unknown,
    /// Not a number of ours, nor an older one of this town: to be read back and heard again.
    Misread(TagNumberProblem),
}

impl Known {
    /// What the desk is told of it.
    pub fn answer(self) -> LookUp {
        match (self.state, self.person) {
            (State::Bound, Some(person)) => LookUp::Found {
                tag: self.tag,
                person,
            },
            _ => LookUp::NotInUse(self),
        }
    }
}

impl LookUp {
    /// Whose number it is or was.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            LookUp::Found { person, .. } => Some(*person),
            LookUp::NotInUse(known) => known.person,
            LookUp::OtherTown { .. } | LookUp::Unknown | LookUp::Misread(_) => None,
        }
    }

    /// Which tag of this town it is.
    pub const fn tag(&self) -> Option<TagId> {
        match self {
            LookUp::Found { tag, .. } => Some(*tag),
            LookUp::NotInUse(known) => Some(known.tag),
            LookUp::OtherTown { .. } | LookUp::Unknown | LookUp::Misread(_) => None,
        }
    }
}
