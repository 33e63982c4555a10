//! A merge undone: each record as it was, and what came later to whom somebody says it belongs.

use db::{Conn, Db};

use super::belongings::{Belonging, Handing, Held, Since};
use super::merging::told;
use crate::audit::Verb;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::acts::keep_group;
use crate::people::rules::{Kept, Part, Person, Refusal as PersonRefusal, State};
use crate::people::store::{self as people, photos};
use crate::people::twins::rules::{
    Before, Merge, PairState, PairWords, Pick, Refusal, Was, Whose, Whoses,
};
use crate::people::twins::store;
use crate::scope::Right;

/// What has to be said before a merge is undone.
pub struct Open {
    /// The merge.
    pub merge: Merge,
    /// The record that stays, now.
    pub now: Person,
    /// The record that went, as it was.
    pub gone: Person,
    /// What was changed since.
    pub changes: Vec<Whose>,
    /// What came since in other rooms: the table, the row, its words.
    pub rows: Vec<(&'static str, Held)>,
}

/// What can't be told apart by itself.
pub async fn list_open(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    belongings: &'static [Belonging],
) -> Result<Open, Refusal> {
    let merge = store::merges::find(conn, deed, id).await?;
    let merge = merge.ok_or(PersonRefusal::NotFound)?;
    let newest = store::merges::list(conn, deed, merge.kept).await?;
    if newest.first().is_none_or(|newest| newest.id != id) {
        return Err(Refusal::NotNewest);
    }
    let now = people::find(conn, deed, merge.kept).await?;
    let now = now.ok_or(PersonRefusal::NotFound)?;
    match now.standing.state {
        State::Registered => {}
        State::Merged => return Err(Refusal::NotNewest),
        State::MovedAway | State::Died | State::Withdrawn => return Err(Refusal::NotRegistered),
    }
    let gone = people::find(conn, deed, merge.gone).await?;
    let mut rows = Vec::new();
    for belonging in belongings {
        let moved = store::merges::list_moves(conn, deed, id, belonging.table).await?;
        let since = Since { id, at: merge.at };
        let held = (belonging.since)(conn, deed, merge.kept, since).await?;
        let later = held.into_iter().filter(|held| !moved.contains(&held.row));
        rows.extend(later.map(|held| (belonging.table, held)));
    }
    Ok(Open {
        changes: merge.before.changed_since(&now),
        gone: gone.ok_or(PersonRefusal::NotFound)?,
        merge,
        now,
        rows,
    })
}

/// Undoes a merge. `seen` is the stamp of the record that stays, as it was shown.
pub async fn part(
    db: &Db,
    deed: &Deed,
    id: RowId,
    seen: String,
    said: Whoses,
    belongings: &'static [Belonging],
) -> Result<Merge, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { part_in(conn, &deed, id, &seen, &said, belongings).await })
    })
    .await
}

async fn part_in(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    seen: &str,
    said: &Whoses,
    belongings: &'static [Belonging],
) -> Result<Merge, Refusal> {
    let open = list_open(conn, deed, id, belongings).await?;
    if super::merging::stamp(&open.now) != seen {
        return Err(Refusal::Changed);
    }
    let Open {
        merge, now, gone, ..
    } = open;
    if !store::merges::undo(conn, deed, id).await? {
        return Err(Refusal::Changed);
    }
    let before = &merge.before;
    people::part_from(conn, deed, gone.id, now.id).await?;
    reattach(conn, deed, gone.id).await?;
    groups(conn, deed, before, &now, &gone, said).await?;
    face(conn, deed, &merge, &now, said).await?;
    give_back(conn, deed, &merge, said, belongings).await?;
    told(conn, deed, Verb::Parted, &now, &gone).await?;
    let likeness = super::said::likeness(conn, deed, (now.id, gone.id)).await?;
    let words = PairWords {
        levels: likeness.code(),
        reason: "統合を取り消した".to_owned(),
    };
    let (pair, state) = ((now.id, gone.id), PairState::Other);
    store::pairs::put(conn, deed, pair, state, likeness.sum(), &words).await?;
    Ok(merge)
}

/// What was merged into the record that went, before that went itself, stands in it again.
async fn reattach(conn: &mut Conn, deed: &Deed, gone: PersonId) -> Result<(), Refusal> {
    for merge in store::merges::list(conn, deed, gone).await? {
        people::reattach(conn, deed, merge.gone, gone).await?;
    }
    Ok(())
}

async fn groups(
    conn: &mut Conn,
    deed: &Deed,
    before: &Before,
    now: &Person,
    gone: &Person,
    said: &Whoses,
) -> Result<(), Refusal> {
    let ids = (now.id, gone.id);
    let of = |what| said.of(what);
    let (a, b) = (now, gone);
    back(
        conn,
        deed,
        ids,
        &before.identity,
        (&a.identity, &b.identity),
        of(Whose::Identity),
    )
    .await?;
    back(
        conn,
        deed,
        ids,
        &before.contacts,
        (&a.contacts, &b.contacts),
        of(Whose::Contacts),
    )
    .await?;
    back(
        conn,
        deed,
        ids,
        &before.medical,
        (&a.medical, &b.medical),
        of(Whose::Medical),
    )
    .await?;
    back(
        conn,
        deed,
        ids,
        &before.care,
        (&a.care, &b.care),
        of(Whose::Care),
    )
    .await?;
    back(
        conn,
        deed,
        ids,
        &before.finder,
        (&a.finder, &b.finder),
        of(Whose::Finder),
    )
    .await?;
    back(
        conn,
        deed,
        ids,
        &before.consent,
        (&a.consent, &b.consent),
        of(Whose::Consent),
    )
    .await
}

/// One group: as it was where nobody changed it since; else to whom it was said to belong.
async fn back<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    (kept, gone): (PersonId, PersonId),
    was: &Was<P>,
    (now, theirs): (&Kept<P>, &Kept<P>),
    whose: Pick,
) -> Result<(), Refusal> {
    let changed = now.version != was.version_after;
    let restores = !changed || whose == Pick::Gone;
    if restores && (now.value != was.value || now.confirmed != was.confirmed) {
        let after = was.kept_at(now.version + 1);
        keep_group(conn, deed, kept, now, &after).await?;
    }
    if changed
        && whose != Pick::Kept
        && (now.value != theirs.value || now.confirmed != theirs.confirmed)
    {
        let after = Kept {
            version: theirs.version + 1,
            ..now.clone()
        };
        keep_group(conn, deed, gone, theirs, &after).await?;
    }
    Ok(())
}

/// The face: as it was, unless it was changed since and stays, or goes, as was said.
async fn face(
    conn: &mut Conn,
    deed: &Deed,
    merge: &Merge,
    now: &Person,
    said: &Whoses,
) -> Result<(), Refusal> {
    let (before, whose) = (&merge.before, said.of(Whose::Photo));
    let changed = now.photo != before.photo_after;
    if changed && whose != Pick::Kept {
        match photos::find(conn, deed, now.id).await? {
            Some((_, jpeg)) => photos::put(conn, deed, merge.gone, deed.new_id(), &jpeg).await?,
            None => photos::remove(conn, deed, merge.gone).await?,
        }
    }
    let restores = !changed || whose == Pick::Gone;
    if !restores || before.photo_after == before.photo_before && !changed {
        return Ok(());
    }
    match store::merges::find_photo(conn, deed, merge.id).await? {
        Some(jpeg) => Ok(photos::put(conn, deed, now.id, deed.new_id(), &jpeg).await?),
        // There was none, or it was replaced since: no face is better than another person's.
        None => Ok(photos::remove(conn, deed, now.id).await?),
    }
}

/// Rows of other rooms that were moved, and those that were said to be theirs.
async fn give_back(
    conn: &mut Conn,
    deed: &Deed,
    merge: &Merge,
    said: &Whoses,
    belongings: &[Belonging],
) -> Result<(), Refusal> {
    for belonging in belongings {
        let mut rows = store::merges::list_moves(conn, deed, merge.id, belonging.table).await?;
        let theirs = said.rows_of_gone.iter();
        let theirs = theirs.filter(|(table, _)| table == belonging.table);
        rows.extend(theirs.map(|(_, row)| *row));
        let handing = Handing {
            from: merge.kept,
            to: merge.gone,
            rows: Some(&rows),
        };
        (belonging.hand_over)(conn, deed, handing).await?;
    }
    Ok(())
}
