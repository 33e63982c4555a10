//! The look-up: the hot path of the whole program.

use db::{Conn, Error, Row, Sql, args, sql};
use words::tag_number::TagNumber;

use super::crossings::{Crossings, find_number_town};
use super::numbers::two_tokens;
use crate::clock::instant;
use crate::deed::Deed;
use crate::ids::{NetworkId, PersonId, TagId};
use crate::networks::{self, Vault};
use crate::people::{self, DeskView};
use crate::scope::Scope;
use crate::tags::rules::{Known, LookUp, NumberKind, Refusal, State, Typed};

/// One of our numbers in somebody's hands, under the town's current key, and whose it is: nearly
/// every look-up ends here. From column 2 on as `people::find_for_desk` reads them.
const FIND_OWNED: Sql = sql(
    "SELECT t.id, t.person, p.id, p.state, p.state_on, p.center, p.center_by_hand,
            p.registered_on, p.version, p.identity_v, p.identity, p.contacts_v, p.contacts,
            p.finder_v, p.finder, p.consent_v, p.consent
     FROM tags t JOIN people p ON p.network = t.network AND p.id = t.person
     WHERE t.network = $1 AND t.number_token = $2 AND t.kind = 'ours' AND t.state = 'bound'",
);

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

/// The same, along with what the desk tells first of whose it is, in one read where the number is
/// this town's and in use; `None` beside every other answer. Nothing may be shown of it before the
/// caller's audit line is durable.
pub async fn look_up_with_owner(
    conn: &mut Conn,
    vault: &Vault,
    deed: &Deed,
    typed: &str,
) -> Result<(LookUp, Option<DeskView>), Refusal> {
    if let Ok(number) = Typed::read(typed).ours {
        let [token, _] = two_tokens(&deed.keys, NumberKind::Ours, Some(&number.digits()));
        let row = conn.one(FIND_OWNED, &args![deed.network(), token]).await?;
        if let Some(mut row) = row {
            let (tag, person) = (TagId(row.int(0)?), PersonId(row.int(1)?));
            let view = people::desk_view(deed, &mut row, 2)?;
            if view.standing.state == people::State::Merged {
                return merged(conn, deed, tag, person).await;
            }
            return Ok((LookUp::Found { tag, person }, Some(view)));
        }
    }
    Ok((look_up(conn, vault, deed, typed).await?, None))
}

/// A tag that was bound to a record while that was merged into another leads to the other.
async fn merged(
    conn: &mut Conn,
    deed: &Deed,
    tag: TagId,
    person: PersonId,
) -> Result<(LookUp, Option<DeskView>), Refusal> {
    let view = people::find_for_desk(conn, deed, person).await?;
    let person = view.as_ref().map_or(person, |view| view.id);
    Ok((LookUp::Found { tag, person }, view))
}

async fn find_known(conn: &mut Conn, deed: &Deed, typed: &Typed) -> Result<Option<Known>, Error> {
    let digits = typed.ours.as_ref().ok().map(|number| number.digits());
    let [ours, ours_before] = two_tokens(&deed.keys, NumberKind::Ours, digits.as_deref());
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
