//! Under what a person is found: written with the record, in the same transaction.

use std::collections::{BTreeMap, HashSet};

use db::Conn;
use seal::{Place, TownKeys};
use words::search::{Kind, stored_keys};

use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::PersonId;
use crate::people::rules::{Contacts, Identity, Refusal};
use crate::people::search::rules::{PersonKeys, forms, kind_of, near_tokens, person_keys};
use crate::people::search::store;

/// Under what somebody is found. Making it needs no database.
pub struct Findable {
    forms: Vec<(Kind, String)>,
    keys: PersonKeys,
}

impl Findable {
    /// Of what is known of somebody, under the current key of the town.
    pub fn new(keys: &TownKeys, identity: &Identity, contacts: &Contacts) -> Findable {
        let forms = forms(identity);
        let keys = person_keys(keys, &forms, identity, contacts);
        Findable { forms, keys }
    }

    /// Each half name with its token.
    fn halves(&self) -> impl Iterator<Item = (i64, &(Kind, String))> {
        self.keys.forms.iter().copied().zip(&self.forms)
    }
}

/// Writes the search keys of new people.
pub async fn index_people(
    conn: &mut Conn,
    deed: &Deed,
    people: &[(PersonId, Findable)],
) -> Result<(), Refusal> {
    let halves = people.iter().flat_map(|(_, findable)| findable.halves());
    learn(conn, deed, halves.collect()).await?;
    let keys: Vec<_> = people.iter().map(|(id, one)| (*id, &one.keys)).collect();
    Ok(store::put_keys(conn, deed, &keys).await?)
}

/// Writes the search keys of a person anew, after a change or under a new key. What no longer
/// holds goes, and with it a name that nobody has any more.
pub async fn reindex_person(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    identity: &Identity,
    contacts: &Contacts,
) -> Result<(), Refusal> {
    let Some(old) = store::find_person_keys(conn, deed, id).await? else {
        let new = Findable::new(&deed.keys, identity, contacts);
        return index_people(conn, deed, &[(id, new)]).await;
    };
    let new = Findable::new(&deed.keys, identity, contacts);
    take_back(conn, deed, id, &old, &new.keys).await?;
    learn(conn, deed, new.halves().collect()).await?;
    store::put_keys(conn, deed, &[(id, &new.keys)]).await?;
    forget(conn, deed, &old.forms, &new.keys.forms).await
}

/// Takes a person out of the search, before the record is erased.
pub async fn unindex_person(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<(), Refusal> {
    let Some(old) = store::find_person_keys(conn, deed, id).await? else {
        return Ok(());
    };
    take_back(conn, deed, id, &old, &PersonKeys::default()).await?;
    store::delete_person(conn, deed, id).await?;
    forget(conn, deed, &old.forms, &[]).await
}

/// Deletes the keys that are not among the new ones; all of them where the birth year beside them
/// is another.
async fn take_back(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    old: &PersonKeys,
    new: &PersonKeys,
) -> Result<(), Refusal> {
    let kept: HashSet<i64> = match old.born == new.born {
        true => new.all().collect(),
        false => HashSet::new(),
    };
    let gone: Vec<i64> = old.all().filter(|key| !kept.contains(key)).collect();
    Ok(store::delete_keys(conn, deed, id, &gone).await?)
}

/// Puts forms that the dictionary lacks into it, by their tokens.
async fn learn(
    conn: &mut Conn,
    deed: &Deed,
    mut forms: BTreeMap<i64, &(Kind, String)>,
) -> Result<(), Refusal> {
    let tokens: Vec<i64> = forms.keys().copied().collect();
    for known in store::list_known(conn, deed, &tokens).await? {
        forms.remove(&known);
    }
    let mut near = Vec::new();
    for (token, (kind, text)) in forms {
        let chance = &mut deed.dice.clone();
        let sealed = deed.keys.seal(&form_place(token), text.as_bytes(), chance);
        store::insert_form(conn, deed, token, kind.as_str(), sealed).await?;
        let tokens = current_near(deed, *kind, text).into_iter();
        near.extend(tokens.map(|near| (near, token)));
    }
    Ok(store::insert_near(conn, deed, near).await?)
}

/// Takes forms that nobody has any more out of the dictionary, or it would tell that such a name
/// was once there.
async fn forget(conn: &mut Conn, deed: &Deed, old: &[i64], new: &[i64]) -> Result<(), Refusal> {
    for form in old.iter().filter(|form| !new.contains(form)) {
        let Some((kind, sealed)) = store::find_unused(conn, deed, *form).await? else {
            continue;
        };
        let text = open_form(deed, *form, &sealed)?;
        let kind = kind_of(&kind).ok_or_else(|| shape("name_forms.kind"))?;
        let near = near_tokens(&deed.keys, kind, &stored_keys(kind, &text));
        store::delete_form(conn, deed, *form, &near).await?;
    }
    Ok(())
}

/// Takes the next forms that stand under an older key out of the dictionary; nobody has them once
/// everybody is indexed under the current one.
pub async fn forget_older(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for (form, sealed) in store::list_forms_after(conn, deed, after).await? {
        moved.next = Some(form);
        if TownKeys::sealed_with(&sealed)? != deed.keys.current() {
            forget(conn, deed, &[form], &[]).await.map_err(unmoved)?;
            moved.rows += 1;
        }
    }
    Ok(moved)
}

fn unmoved(refusal: Refusal) -> Unmoved {
    match refusal {
        Refusal::Db(error) => error.into(),
        Refusal::Seal(error) => error.into(),
        Refusal::NotFound
        | Refusal::Changed { .. }
        | Refusal::NoRight(_)
        | Refusal::NoPurpose
        | Refusal::Unasked => db::Error::Changed.into(),
    }
}

/// Where a form is sealed; its token changes with its key, so that it needs no version.
fn form_place(form: i64) -> Place {
    Place {
        table: "name_forms",
        column: "sealed",
        row: form,
        version: 0,
    }
}

/// Opens a form.
pub(super) fn open_form(deed: &Deed, form: i64, sealed: &[u8]) -> Result<String, Refusal> {
    let plain = deed.keys.open(&form_place(form), sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| shape("name_forms.sealed"))
}

fn current_near(deed: &Deed, kind: Kind, text: &str) -> Vec<i64> {
    let near = stored_keys(kind, text);
    let live = deed.keys.live().len();
    let tokens = near_tokens(&deed.keys, kind, &near);
    tokens.into_iter().step_by(live).collect()
}

pub(super) fn shape(what: &str) -> Refusal {
    Refusal::Db(db::Error::Shape(what.to_owned()))
}
