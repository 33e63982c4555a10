//! The look-up: the hot path of the whole program.

use db::{Conn, Error, Row, Sql, args, sql};
use words::tag_number::TagNumber;

use super::crossings::{Crossings, find_number_town};
use super::numbers::two_tokens;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{NetworkId, PersonId, TagId};
use crate::networks::{self, Vault};
use crate::scope::Scope;
use crate::tags::rules::{Known, LookUp, NumberKind, Refusal, State, Typed};

/// One of our numbers under the town's current key: nearly every look-up ends here.
const FIND_OURS: Sql = sql("SELECT id, kind, state, since, person, replaced_by FROM tags
     WHERE network = $1 AND number_token = $2 AND kind = 'ours'");

/// Two numberings under two keys; 'ours' sorts after 'older', and comes first.
const FIND: Sql = sql(
    "SELECT id, kind, state, since, person, replaced_by FROM tags
     WHERE network = $1 AND number_token IN ($2, $3, $4, $5) ORDER BY kind DESC LIMIT 1",
);

/// Says whose number was typed, or why nobody is found. One indexed read where it is this town's,
/// one more where it is not. Opens nothing; the caller makes its audit line durable before it
/// shows anything, also where nobody was found.
///
/// # Errors
/// [`Refusal::Db`]: everything that was typed has an answer.
pub async fn look_up(
    conn: &mut Conn,
    vault: &Vault,
    deed: &Deed,
    typed: &str,
) -> Result<LookUp, Refusal> {
    let typed = Typed::read(typed);
    if let Some(known) = find_known(conn, deed, &typed).await? {
        return Ok(known.answer());
    }
    match typed.ours {
        Ok(number) => Ok(beyond(conn, vault, deed, number).await?),
        Err(problem) => Ok(LookUp::Misread(problem)),
    }
}

async fn find_known(conn: &mut Conn, deed: &Deed, typed: &Typed) -> Result<Option<Known>, Error> {
    let digits = typed.ours.as_ref().ok().map(|number| number.digits());
    let [ours, ours_before] = two_tokens(&deed.keys, NumberKind::Ours, digits.as_deref());
    if let Some(row) = conn.one(FIND_OURS, &args![deed.network(), ours]).await? {
        return known(row).map(Some);
    }
    let [older, older_before] = two_tokens(&deed.keys, NumberKind::Older, typed.older.as_deref());
    let args = args![deed.network(), ours, ours_before, older, older_before];
    conn.one(FIND, &args).await?.map(known).transpose()
}

fn known(mut row: Row) -> Result<Known, Error> {
    let shape = || Error::Shape("tags.kind or tags.state".to_owned());
    Ok(Known {
        tag: TagId(row.int(0)?),
        kind: NumberKind::from_code(&row.text(1)?).ok_or_else(shape)?,
        state: State::from_code(&row.text(2)?).ok_or_else(shape)?,
        since: instant(row.int(3)?),
        person: row.maybe_int(4)?.map(PersonId),
        replaced_by: row.maybe_int(5)?.map(TagId),
    })
}

/// A right number that this town does not have: another town's name and telephone, or nobody's.
async fn beyond(
    conn: &mut Conn,
    vault: &Vault,
    deed: &Deed,
    number: TagNumber,
) -> Result<LookUp, Error> {
    let town = find_number_town(conn, &Crossings::new(vault), number).await?;
    match town.filter(|town| *town != deed.network()) {
        Some(town) => other_town(conn, deed, town).await,
        None => Ok(LookUp::Unknown),
    }
}

async fn other_town(conn: &mut Conn, deed: &Deed, town: NetworkId) -> Result<LookUp, Error> {
    let there = Scope::public(town, deed.scope.origin.clone());
    let found = networks::find_town(conn, &there).await?;
    let name = found.map(|town| town.name).unwrap_or_default();
    let phone = networks::phone_now(conn, &there, None, deed.now).await?;
    Ok(LookUp::OtherTown { name, phone })
}
