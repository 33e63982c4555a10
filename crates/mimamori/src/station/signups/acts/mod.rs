//! What is done with sign-ups: one function a deed.

mod ending;
mod keeping;
mod mailing;
mod offering;
mod standing;
mod taking;
mod telling;
mod web;

pub use ending::{end, end_in, take, take_in};
pub use keeping::{forget_guests, keep_up, set_hours};
pub use mailing::mail_changes;
pub use standing::{Standing, standing};
pub use taking::{Wish, sign_up, sign_up_in};
pub use telling::tell;
pub use web::{answer_by_code, find_by_code, sign_up_guest};

use db::Conn;

use super::rules::{Happened, Refusal, Signup, What};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::scope::Actor;
use crate::station::courses::CourseDay;
use crate::station::supporters;

/// The identity of a sign-up and the version that somebody saw.
pub type Upon = (RowId, i64);

async fn upon(conn: &mut Conn, deed: &Deed, (id, version): Upon) -> Result<Signup, Refusal> {
    let one = store::find(conn, deed, id).await?;
    match one.version == version {
        true => Ok(one),
        false => Err(Refusal::Changed),
    }
}

/// Whom of the register it is, known by the supporter alone.
async fn person_of(conn: &mut Conn, deed: &Deed, of: &Signup) -> Result<Option<PersonId>, Refusal> {
    match of.who.supporter() {
        Some(id) => Ok(supporters::find(conn, deed, id).await?.person),
        None => Ok(None),
    }
}

async fn say(
    conn: &mut Conn,
    deed: &Deed,
    of: &Signup,
    day: &CourseDay,
    what: What,
) -> Result<(), Refusal> {
    let words = format!("「{}」{}　{}", day.details.title, day.day, what.word());
    let person = person_of(conn, deed, of).await?;
    let line = Line::new(Verb::SignedUp, person, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}

fn happened(deed: &Deed, what: What) -> Happened {
    Happened {
        at: deed.now,
        what,
        by: deed.scope.actor.account(),
        own: deed.scope.actor == Actor::Public,
        until: None,
        holds: None,
    }
}
