//! People: registered residents, whom to call for them, what may be told, and every change of it.
//!
//! A record is made of groups (identity, contacts, medical, care, finder's notes, consent) and a
//! face photo. Each group is sealed apart, has a version of its own and says when and how it was
//! last confirmed; all groups stand in one row, so that the desk's look-up is one read by key that
//! opens only what it tells.
//!
//! Leans on: audit, networks, staff, tasks.
//!
//! Promises (`tests/house/people.rs`):
//! - opening one group never opens another;
//! - saving over another's change is refused; both versions are shown, and who saved when;
//! - a change of state is taken back at once, unless somebody changed the record since;
//! - every change is kept: who, when, from what to what;
//! - a person of another center is opened only for a stated purpose;
//! - a photo is kept small, upright and without anything else its file held (`rules/photo.rs`).

mod acts;
pub mod clues;
pub mod import;
mod pages;
mod rules;
pub mod search;
mod store;
pub mod twins;
pub mod views;

pub use acts::{
    Erased, LEAST_PURPOSE, MOST_PURPOSE, Met, OPEN_MINUTES, Ready, change, change_care,
    change_consent, change_contacts, change_finder, change_identity, change_in, change_medical,
    confirm, home_of, make_all_ready, open_for, register, register_all_in, register_in,
    remove_photo, set_center, set_photo, set_state, set_state_in, undo_state,
};
pub use pages::{
    FromAbove, Names, Stop, Told, admit, center_code, doors, enter, heard_of, list_sights, said,
    said_of, stamp, told, told_of, unasked, witness,
};
pub use rules::{
    Answer, AnsweredBy, BadPhoto, BadText, Care, Certification, Change, Clinic, Confirmed, Consent,
    Contact, Contacts, DeskView, Difference, Draft, Face, Finder, Gap, Given, Group, Heard,
    Identity, Item, Kept, Known, Living, MOST_BYTES, MOST_CLINICS, MOST_CONTACTS, Mail, MayBeTold,
    Medical, Part, Person, Refusal, STALE_AFTER_DAYS, Saved, Sex, Standing, State, Telling, Theirs,
    Tier, WANTED_CONTACTS, Way, differences, one_line, paragraph, picture, telling,
    without_numbers,
};
pub(crate) use rules::{coded, redacted};
pub use store::{
    Listed, PAGE, Under, Which, count, desk_view, find_by_old_number, find_standing, forget_in,
    list, list_ids_after, list_merged_into, now_of, open_group, reseal, reseal_some,
};

use db::Conn;

use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::PersonId;

/// A whole record, every group opened; of a merged one the record it was merged into.
pub async fn find(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<Option<Person>, Refusal> {
    match now_of(conn, deed, id).await? {
        Some(now) => store::find(conn, deed, now).await,
        None => Ok(None),
    }
}

/// A whole record as it stands, also where it was merged into another.
pub async fn find_as_it_is(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Person>, Refusal> {
    store::find(conn, deed, id).await
}

/// What the desk tells first, in one read by key; of a merged record one more.
pub async fn find_for_desk(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<DeskView>, Refusal> {
    let found = store::find_for_desk(conn, deed, id).await?;
    match found.filter(|view| view.standing.state != State::Merged) {
        Some(view) => Ok(Some(view)),
        None => match now_of(conn, deed, id).await? {
            Some(now) => store::find_for_desk(conn, deed, now).await,
            None => Ok(None),
        },
    }
}

/// One group alone; of a merged record that of the record it was merged into.
pub async fn find_group<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Kept<P>>, Refusal> {
    match now_of(conn, deed, id).await? {
        Some(now) => store::find_group(conn, deed, now).await,
        None => Ok(None),
    }
}

/// The medical group alone.
pub async fn find_medical(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Kept<Medical>>, Refusal> {
    find_group(conn, deed, id).await
}

/// The care group alone.
pub async fn find_care(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Kept<Care>>, Refusal> {
    find_group(conn, deed, id).await
}

/// The newest changes of a person, newest first.
pub async fn list_changes(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    most: u32,
) -> Result<Vec<Change>, Refusal> {
    store::changes::list(conn, deed, id, most).await
}

/// The face photo as JPEG.
pub async fn find_photo(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Vec<u8>>, Refusal> {
    let photo = store::photos::find(conn, deed, id).await?;
    Ok(photo.map(|(_, jpeg)| jpeg))
}

/// Seals why records are open to other centers under the current key, in one step.
pub async fn reseal_openings(conn: &mut Conn, deed: &Deed) -> Result<Moved, Unmoved> {
    store::openings::reseal(conn, deed).await
}
