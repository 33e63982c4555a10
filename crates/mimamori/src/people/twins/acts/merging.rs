//! Two records become one.

use db::{Conn, Db};

use super::belongings::{Belonging, pass_on};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::acts::keep_group;
use crate::people::rules::{Difference, Group, Part, Person, State};
use crate::people::rules::{Kept, Refusal as PersonRefusal};
use crate::people::store::{self as people, photos};
use crate::people::twins::rules::{
    Before, PairState, PairWords, Pick, Picks, Piece, Refusal, Was, joined,
};
use crate::people::twins::store;
use crate::scope::Right;
use crate::tasks::{self, Kind, NewTask, Words};

/// Which two, as they were shown: nothing is merged that somebody has not seen.
#[derive(Clone)]
pub struct Seen {
    /// The record that stays.
    pub kept: PersonId,
    /// The record that goes.
    pub gone: PersonId,
    /// [`stamp`] of both.
    pub stamps: [String; 2],
}

/// Every version of a record in one text.
pub fn stamp(person: &Person) -> String {
    let versions = Group::ALL.iter().map(|group| person.group(*group).version);
    let photo = person.photo.unwrap_or_default();
    let all = versions.chain([person.standing.version, photo]);
    let all: Vec<String> = all.map(|version| version.to_string()).collect();
    all.join(".")
}

/// Merges what was seen as it was chosen. The record that goes stays as it was.
pub async fn merge(
    db: &Db,
    deed: &Deed,
    seen: Seen,
    picks: Picks,
    belongings: &'static [Belonging],
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { merge_in(conn, &deed, &seen, &picks, belongings).await })
    })
    .await
}

async fn merge_in(
    conn: &mut Conn,
    deed: &Deed,
    seen: &Seen,
    picks: &Picks,
    belongings: &[Belonging],
) -> Result<RowId, Refusal> {
    let kept = find(conn, deed, seen.kept, &seen.stamps[0]).await?;
    let gone = find(conn, deed, seen.gone, &seen.stamps[1]).await?;
    if kept.id == gone.id {
        return Err(Refusal::NotTwo);
    }
    let id = RowId(deed.new_id());
    let mut before = groups(conn, deed, &kept, &gone, picks).await?;
    let face = face(conn, deed, &kept, &gone, picks, &mut before).await?;
    let pair = (kept.id, gone.id);
    store::merges::insert(conn, deed, id, pair, &before, face.as_deref()).await?;
    pass_on(conn, deed, id, pair, belongings).await?;
    people::merge_into(conn, deed, gone.id, gone.standing.version, kept.id).await?;
    pairs(conn, deed, pair).await?;
    told(conn, deed, Verb::Merged, &kept, &gone).await?;
    if joined::asks_consent(&kept.consent.value, &gone.consent.value) {
        ask_consent(conn, deed, &kept).await?;
    }
    Ok(id)
}

async fn find(conn: &mut Conn, deed: &Deed, id: PersonId, seen: &str) -> Result<Person, Refusal> {
    let person = people::find(conn, deed, id).await?;
    let person = person.ok_or(PersonRefusal::NotFound)?;
    match person.standing.state {
        State::Merged => Err(Refusal::NotTwo),
        State::MovedAway | State::Died | State::Withdrawn => Err(Refusal::NotRegistered),
        State::Registered if stamp(&person) != seen => Err(Refusal::Changed),
        State::Registered => Ok(person),
    }
}

/// Writes every group of the record that stays as it was chosen.
async fn groups(
    conn: &mut Conn,
    deed: &Deed,
    kept: &Person,
    gone: &Person,
    picks: &Picks,
) -> Result<Before, Refusal> {
    let (a, b) = (kept, gone);
    let identity = joined::identity(&a.identity.value, &b.identity.value, picks);
    let pick = |piece| picks.of(piece);
    let contacts = joined::contacts(&a.contacts.value, &b.contacts.value, pick(Piece::Contacts));
    let medical = joined::medical(&a.medical.value, &b.medical.value, pick(Piece::Medical));
    let care = joined::care(&a.care.value, &b.care.value, pick(Piece::Care));
    let finder = joined::finder(&a.finder.value, &b.finder.value, pick(Piece::Finder));
    let consent = joined::consent(&a.consent.value, &b.consent.value);
    if let Some(words) = joined::too_many(&contacts, &medical) {
        return Err(Refusal::TooMany(words));
    }
    let id = a.id;
    Ok(Before {
        identity: put(conn, deed, id, &a.identity, &b.identity, identity).await?,
        contacts: put(conn, deed, id, &a.contacts, &b.contacts, contacts).await?,
        medical: put(conn, deed, id, &a.medical, &b.medical, medical).await?,
        care: put(conn, deed, id, &a.care, &b.care, care).await?,
        finder: put(conn, deed, id, &a.finder, &b.finder, finder).await?,
        consent: put(conn, deed, id, &a.consent, &b.consent, consent).await?,
        photo_after: a.photo,
        photo_before: a.photo,
    })
}

/// Writes one group. What comes whole from one record was confirmed when that was; what is put
/// together of both counts as confirmed when the older of the two was.
async fn put<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    kept: &Kept<P>,
    gone: &Kept<P>,
    value: P,
) -> Result<Was<P>, Refusal> {
    let confirmed = match (value == kept.value, value == gone.value) {
        (true, true) => kept.confirmed.max_by_day(gone.confirmed),
        (true, false) => kept.confirmed,
        (false, true) => gone.confirmed,
        (false, false) => kept
            .confirmed
            .zip(gone.confirmed)
            .map(|(a, b)| if b.on < a.on { b } else { a }),
    };
    let mut was = Was {
        value: kept.value.clone(),
        confirmed: kept.confirmed,
        version_after: kept.version,
    };
    let after = Kept {
        value,
        version: kept.version + 1,
        confirmed,
    };
    if after.value != kept.value || after.confirmed != kept.confirmed {
        keep_group(conn, deed, id, kept, &after).await?;
        was.version_after = after.version;
    }
    Ok(was)
}

trait ByDay {
    fn max_by_day(self, other: Self) -> Self;
}

impl ByDay for Option<crate::people::rules::Confirmed> {
    fn max_by_day(self, other: Self) -> Self {
        match (self, other) {
            (Some(a), Some(b)) if b.on > a.on => Some(b),
            (Some(a), _) => Some(a),
            (None, other) => other,
        }
    }
}

/// The face as chosen; gives the one it replaced.
async fn face(
    conn: &mut Conn,
    deed: &Deed,
    kept: &Person,
    gone: &Person,
    picks: &Picks,
    before: &mut Before,
) -> Result<Option<Vec<u8>>, Refusal> {
    let theirs = photos::find(conn, deed, gone.id).await?;
    let Some((_, jpeg)) =
        theirs.filter(|_| kept.photo.is_none() || picks.of(Piece::Photo) == Pick::Gone)
    else {
        return Ok(None);
    };
    let own = photos::find(conn, deed, kept.id).await?;
    let version = deed.new_id();
    photos::put(conn, deed, kept.id, version, &jpeg).await?;
    before.photo_after = Some(version);
    Ok(own.map(|(_, jpeg)| jpeg))
}

/// The two are no pair any more, and who was told apart from the one is told apart from both.
async fn pairs(
    conn: &mut Conn,
    deed: &Deed,
    (kept, gone): (PersonId, PersonId),
) -> Result<(), Refusal> {
    store::pairs::remove(conn, deed, kept, gone).await?;
    for pair in store::pairs::list_of(conn, deed, gone).await? {
        let other = if pair.one == gone { pair.two } else { pair.one };
        let known = store::pairs::find(conn, deed, kept, other).await?;
        let told = known.is_some_and(|known| known.state == PairState::Other);
        if pair.state == PairState::Other && !told && other != kept {
            let likeness = super::said::likeness(conn, deed, (kept, other)).await?;
            let words = PairWords {
                levels: likeness.code(),
                reason: pair.words.reason,
            };
            let state = PairState::Other;
            store::pairs::put(conn, deed, (kept, other), state, likeness.sum(), &words).await?;
        }
    }
    Ok(())
}

/// The history and the audit of both records say it.
pub(super) async fn told(
    conn: &mut Conn,
    deed: &Deed,
    verb: Verb,
    kept: &Person,
    gone: &Person,
) -> Result<(), Refusal> {
    let sides = [
        (kept, gone, "まとめた記録"),
        (gone, kept, "まとめた先の記録"),
    ];
    for (own, other, field) in sides {
        let name = format!("{}さん", other.identity.value.name);
        let (from, to) = match verb {
            Verb::Parted => (name, String::new()),
            _ => (String::new(), name),
        };
        let told = Difference {
            field: field.to_owned(),
            from,
            to,
        };
        people::changes::insert(conn, deed, own.id, verb.code(), &[told]).await?;
        let fields = Group::all_fields().and(Fields::TAGS);
        let line = Line::new(verb, Some(own.id), fields);
        audit::record(conn, deed, line.saying(format!("相手の記録 {}", other.id))).await?;
    }
    Ok(())
}

/// The narrower answer holds until the person is asked; somebody has to ask.
async fn ask_consent(conn: &mut Conn, deed: &Deed, kept: &Person) -> Result<(), Refusal> {
    let center = kept.standing.center;
    let today = in_japan(deed.now).date();
    let due = match center {
        Some(center) => crate::networks::next_working_day(conn, &deed.scope, center, today).await?,
        None => today.tomorrow().unwrap_or(today),
    };
    let new = NewTask {
        center,
        person: Some(kept.id),
        kind: Kind::Confirm,
        due,
        words: Words {
            title: format!("{}さんの同意を確かめる", kept.identity.value.name),
            story: "2つの記録をまとめました。同意の内容がちがっていたので、いまは「同意しない」や撤回のほうの答えにしています（片方がまだうかがっていないときは、うかがったほうの答えです）。\
                    ご本人にうかがって、同意を記録しなおしてください。"
                .to_owned(),
        },
        link: format!("/people/{}", kept.id),
    };
    let opened = tasks::open_in(conn, deed, new).await;
    opened.map(drop).map_err(|refusal| match refusal {
        tasks::Refusal::Db(error) => error.into(),
        tasks::Refusal::Seal(error) => error.into(),
        _ => Refusal::Changed,
    })
}
