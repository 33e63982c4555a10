//! Groups ↔ sealed bytes.

use seal::{Place, SealError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Confirmed, Difference, Kept, Part};

/// What is sealed as one group: its fields, and when they were confirmed.
#[derive(Deserialize)]
struct Opened<P> {
    fields: P,
    #[serde(default)]
    confirmed: Option<Confirmed>,
}

/// The same, borrowed for sealing.
#[derive(Serialize)]
struct Closing<'a, P> {
    fields: &'a P,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<Confirmed>,
}

/// Seals a group to its row, its column and its version.
pub fn close<P: Part>(deed: &Deed, person: PersonId, kept: &Kept<P>) -> Result<Vec<u8>, SealError> {
    let place = group_place::<P>(person, kept.version);
    close_at(deed, &place, &kept.value, kept.confirmed)
}

/// Seals a group of a new record, at version 1.
pub fn close_first<P: Part>(
    deed: &Deed,
    person: PersonId,
    fields: &P,
    confirmed: Option<Confirmed>,
) -> Result<Vec<u8>, SealError> {
    close_at(deed, &group_place::<P>(person, 1), fields, confirmed)
}

fn close_at<P: Part>(
    deed: &Deed,
    place: &Place,
    fields: &P,
    confirmed: Option<Confirmed>,
) -> Result<Vec<u8>, SealError> {
    close_json(deed, place, &Closing { fields, confirmed })
}

/// Opens a group.
pub fn open<P: Part>(
    deed: &Deed,
    person: PersonId,
    version: i64,
    sealed: &[u8],
) -> Result<Kept<P>, SealError> {
    let place = group_place::<P>(person, version);
    let opened: Opened<P> = open_json(deed, &place, sealed)?;
    Ok(Kept {
        value: opened.fields,
        version,
        confirmed: opened.confirmed,
    })
}

fn group_place<P: Part>(person: PersonId, version: i64) -> Place {
    Place {
        table: "people",
        column: P::GROUP.code(),
        row: person.0,
        version,
    }
}

/// Seals what changed; the person takes the version's place, since a change has only one.
pub fn close_change(
    deed: &Deed,
    person: PersonId,
    change: i64,
    differences: &[Difference],
) -> Result<Vec<u8>, SealError> {
    close_json(deed, &change_place(person, change), &differences)
}

/// Opens what changed.
pub fn open_change(
    deed: &Deed,
    person: PersonId,
    change: i64,
    sealed: &[u8],
) -> Result<Vec<Difference>, SealError> {
    open_json(deed, &change_place(person, change), sealed)
}

fn change_place(person: PersonId, change: i64) -> Place {
    Place {
        table: "person_changes",
        column: "sealed",
        row: change,
        version: person.0,
    }
}

/// Where a photo is sealed.
pub fn photo_place(person: PersonId, version: i64) -> Place {
    Place {
        table: "person_photos",
        column: "sealed",
        row: person.0,
        version,
    }
}

fn close_json<T: Serialize>(deed: &Deed, place: &Place, value: &T) -> Result<Vec<u8>, SealError> {
    let plain = serde_json::to_vec(value).map_err(|_| SealError::Malformed)?;
    Ok(deed.keys.seal(place, &plain, &mut deed.dice.clone()))
}

fn open_json<T: DeserializeOwned>(
    deed: &Deed,
    place: &Place,
    sealed: &[u8],
) -> Result<T, SealError> {
    let plain = deed.keys.open(place, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)
}
