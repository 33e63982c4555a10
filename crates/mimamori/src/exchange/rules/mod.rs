//! A record as other programs read and write it: plain texts and codes, checked field by field. The
//! form in which the house keeps a record may change; this one may only grow.

mod care;
mod consent;
mod contacts;
mod identity;
mod medical;
pub mod openapi;
mod read;

pub use care::{CareJson, FinderJson};
pub use consent::ConsentJson;
pub use contacts::ContactsJson;
pub use identity::IdentityJson;
pub use medical::MedicalJson;
pub use read::Reader;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::people::{Confirmed, Kept, Part, Way};

/// One group as other programs see it.
pub trait Plain: Sized {
    /// The group of the house.
    type Part: Part;

    /// As it is shown.
    fn of(part: &Self::Part) -> Self;

    /// As it is taken; `before` keeps what another program can't say. What can't be taken is
    /// collected in the reader.
    fn read(self, before: &Self::Part, reader: &mut Reader) -> Option<Self::Part>;
}

/// When and how something was last confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedJson {
    /// The day.
    pub on: Date,
    /// How.
    pub way: Way,
}

impl ConfirmedJson {
    fn of(confirmed: Confirmed) -> ConfirmedJson {
        ConfirmedJson {
            on: confirmed.on,
            way: confirmed.way,
        }
    }
}

/// A group with its version and its last confirmation.
#[derive(Serialize)]
pub struct KeptJson<T> {
    version: i64,
    confirmed: Option<ConfirmedJson>,
    value: T,
}

impl<T: Plain> KeptJson<T> {
    /// As it is shown.
    pub fn of(kept: &Kept<T::Part>) -> KeptJson<T> {
        KeptJson {
            version: kept.version,
            confirmed: kept.confirmed.map(ConfirmedJson::of),
            value: T::of(&kept.value),
        }
    }
}
