//! Changing one group, upon the version that was seen.

use db::{Conn, Db};

use super::register::home_center;
use crate::audit::{self, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{
    Care, Confirmed, Consent, Contacts, Difference, Finder, Group, Heard, Identity, Kept, Medical,
    Part, Refusal, Theirs, Way, differences,
};
use crate::people::{search, store};
use crate::scope::Right;

/// Saves a group upon `version`. With `how`, what is saved counts as confirmed today; without, the
/// last confirmation stays. Saving what is already there changes nothing.
pub async fn change<P: Part>(
    db: &Db,
    deed: &Deed,
    id: PersonId,
    version: i64,
    new: P,
    how: Option<Way>,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { change_in(conn, &deed, id, version, new, how).await })
    })
    .await
}

macro_rules! changes {
    ($($name:ident $part:ident),* $(,)?) => {$(
        /// See [`change`].
        pub async fn $name(
            db: &Db,
            deed: &Deed,
            id: PersonId,
            version: i64,
            new: $part,
            how: Option<Way>,
        ) -> Result<(), Refusal> {
            change(db, deed, id, version, new, how).await
        }
    )*};
}

changes! {
    change_identity Identity,
    change_contacts Contacts,
    change_medical Medical,
    change_care Care,
    change_finder Finder,
    change_consent Consent,
}

/// [`change`] within the caller's transaction.
pub async fn change_in<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    version: i64,
    new: P,
    how: Option<Way>,
) -> Result<(), Refusal> {
    deed.scope.need(Right::EditPeople)?;
    put_in(conn, deed, id, version, new, how).await
}

/// [`change_in`] for a caller that has seen to the right: whoever brings in a roster may change
/// what it says without being able to edit a record.
pub(in crate::people) async fn put_in<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    version: i64,
    new: P,
    how: Option<Way>,
) -> Result<(), Refusal> {
    // A merged record stays as it was; whoever had its form open is led to the other.
    if store::now_of(conn, deed, id).await? != Some(id) {
        return Err(Refusal::NotFound);
    }
    let found = store::find_group::<P>(conn, deed, id).await?;
    let before = found.ok_or(Refusal::NotFound)?;
    if before.version != version {
        return Err(changed(conn, deed, id, &before).await?);
    }
    let new = if how.is_some() { new.confirmed() } else { new };
    if before.value == new && how.is_none() {
        return Ok(());
    }
    let after = Kept {
        value: new,
        version: version + 1,
        confirmed: how.map(|way| today(deed, way)).or(before.confirmed),
    };
    keep_group(conn, deed, id, &before, &after).await
}

/// Writes a group upon the version before it, keeps what changed, has what hangs on it follow, and
/// writes the line.
pub(in crate::people) async fn keep_group<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    before: &Kept<P>,
    after: &Kept<P>,
) -> Result<(), Refusal> {
    if !store::save_group(conn, deed, id, after).await? {
        let theirs = store::find_group::<P>(conn, deed, id).await?;
        return Err(changed(conn, deed, id, &theirs.ok_or(Refusal::NotFound)?).await?);
    }
    let told = told(before, after);
    store::changes::insert(conn, deed, id, P::GROUP.code(), &told).await?;
    if before.value != after.value {
        follow(conn, deed, id, P::GROUP).await?;
    }
    let line = Line::new(verb(P::GROUP), Some(id), P::GROUP.fields());
    Ok(audit::record(conn, deed, line).await?)
}

const fn verb(group: Group) -> Verb {
    match group {
        Group::Consent => Verb::Consented,
        _ => Verb::Changed,
    }
}

/// What differs, and a new confirmation as a line of its own.
fn told<P: Part>(before: &Kept<P>, after: &Kept<P>) -> Vec<Difference> {
    let mut told = differences(&before.value.items(), &after.value.items());
    if before.confirmed != after.confirmed {
        told.push(Difference {
            field: "最終確認".to_owned(),
            from: stamp(before.confirmed),
            to: stamp(after.confirmed),
        });
    }
    told
}

fn stamp(confirmed: Option<Confirmed>) -> String {
    let words = confirmed.map(|confirmed| format!("{} {}", confirmed.on, confirmed.way.word()));
    words.unwrap_or_default()
}

/// What hangs on identity and contacts: search keys, the roster number, the person's center.
async fn follow(conn: &mut Conn, deed: &Deed, id: PersonId, group: Group) -> Result<(), Refusal> {
    if !matches!(group, Group::Identity | Group::Contacts) {
        return Ok(());
    }
    let person = store::find_for_desk(conn, deed, id).await?;
    let person = person.ok_or(Refusal::NotFound)?;
    let (identity, contacts) = (&person.identity.value, &person.contacts.value);
    search::reindex_person(conn, deed, id, identity, contacts).await?;
    if group == Group::Identity {
        store::save_old_number(conn, deed, id, identity).await?;
        follow_home(conn, deed, id, identity).await?;
    }
    Ok(())
}

/// A new address leads to its center, unless the center was set by hand or the address to none.
async fn follow_home(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    identity: &Identity,
) -> Result<(), Refusal> {
    let standing = store::find_standing(conn, deed, id).await?;
    let mut standing = standing.ok_or(Refusal::NotFound)?;
    let home = home_center(conn, deed, identity).await?;
    if standing.center_by_hand || home.is_none() || home == standing.center {
        return Ok(());
    }
    standing.center = home;
    match store::save_standing(conn, deed, id, &standing).await? {
        true => Ok(()),
        false => Err(db::Error::Changed.into()),
    }
}

/// The refusal with what stands there now, who saved it, and when.
async fn changed<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    theirs: &Kept<P>,
) -> Result<Refusal, Refusal> {
    let code = P::GROUP.code();
    let theirs = Theirs {
        version: theirs.version,
        items: theirs.value.items(),
        saved: store::changes::find_last(conn, deed, id, [code, code]).await?,
    };
    Ok(Refusal::Changed { theirs })
}

/// A confirmation by whoever does the deed, now.
fn today(deed: &Deed, way: Way) -> Confirmed {
    Confirmed {
        on: in_japan(deed.now).date(),
        way,
        by: deed.scope.actor.account(),
    }
}

/// Marks a group as confirmed today, without a change: it is as it stands, or there is none. What
/// was never asked is confirmed by its form only.
pub async fn confirm(
    db: &Db,
    deed: &Deed,
    id: PersonId,
    (group, version): (Group, i64),
    heard: Heard,
    way: Way,
) -> Result<(), Refusal> {
    let (deed, how) = (deed.clone(), (heard, way));
    db.write(move |conn| {
        Box::pin(async move {
            match group {
                Group::Identity => stay::<Identity>(conn, &deed, id, version, how).await,
                Group::Contacts => stay::<Contacts>(conn, &deed, id, version, how).await,
                Group::Medical => stay::<Medical>(conn, &deed, id, version, how).await,
                Group::Care => stay::<Care>(conn, &deed, id, version, how).await,
                Group::Finder => stay::<Finder>(conn, &deed, id, version, how).await,
                Group::Consent => stay::<Consent>(conn, &deed, id, version, how).await,
            }
        })
    })
    .await
}

async fn stay<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    version: i64,
    (heard, way): (Heard, Way),
) -> Result<(), Refusal> {
    let kept = store::find_group::<P>(conn, deed, id).await?;
    let kept = kept.ok_or(Refusal::NotFound)?;
    if kept.version == version && !heard.answers(&kept.value.gap()) {
        return Err(Refusal::Unasked);
    }
    change_in(conn, deed, id, version, kept.value, Some(way)).await
}
