//! A roster's numbers become tags: what the import of people, which stands below, is handed.

use db::{Conn, Work};

use super::binding::bind_in;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people;
use crate::people::import::OldNumbers;
use crate::tags::rules::{Number, Refusal};
use crate::tags::store;

/// Every number of a roster stays valid within the town as an older tag number of its person.
pub const ROSTER_NUMBERS: OldNumbers = OldNumbers {
    owner,
    bind,
    ..OldNumbers::KEPT_ONLY
};

fn owner<'a>(
    conn: &'a mut Conn,
    deed: &'a Deed,
    number: &'a str,
) -> Work<'a, Option<PersonId>, people::Refusal> {
    Box::pin(async move {
        let Some(number) = Number::older(number) else {
            return Ok(None);
        };
        let found = store::find_by_number(conn, deed, &number)
            .await
            .map_err(below)?;
        Ok(found.and_then(|tag| tag.person))
    })
}

fn bind<'a>(
    conn: &'a mut Conn,
    deed: &'a Deed,
    person: PersonId,
    number: &'a str,
) -> Work<'a, (), people::Refusal> {
    Box::pin(async move {
        let Some(number) = Number::older(number) else {
            return Ok(());
        };
        match bind_in(conn, deed, person, &number).await {
            Ok(_) | Err(Refusal::AlreadyTheirs(_)) => Ok(()),
            Err(refusal) => Err(below(refusal)),
        }
    })
}

/// In the words of the room below; what it has no words for is a change that came in between.
pub(super) fn below(refusal: Refusal) -> people::Refusal {
    match refusal {
        Refusal::People(refusal) => refusal,
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        Refusal::NoRight(error) => error.into(),
        _ => db::Error::Changed.into(),
    }
}
