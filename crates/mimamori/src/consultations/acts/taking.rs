//! A reception.

use db::{Conn, Db};
use jiff::civil::Date;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::rules::{
    About, AgeBand, Alone, Card, Codes, Consultation, Entry, Refusal, State, Subject, marks,
};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::{CenterId, ConsultationId, PersonId, RowId, TaskId};
use crate::people::views::{Explain, must_be_open};
use crate::people::{self, Identity, Living};
use crate::scope::Right;
use crate::tasks::{self, Kind, NewTask};

/// A reception to be.
#[derive(Clone)]
pub struct New {
    /// About whom.
    pub subject: Subject,
    /// Everything else.
    pub entry: Entry,
}

/// Whom a subject turned out to be.
struct Who {
    about: About,
    person: Option<PersonId>,
    stranger: Option<RowId>,
    age: AgeBand,
    alone: Alone,
    marks: Marks,
}

/// By what somebody is counted once; 0 where there is nothing, or no more.
pub(super) type Marks = [i64; 4];

/// Takes a consultation down at one's own center, with the task of its next step. About another
/// center's person only who has work with them, or said a purpose: the reception is work, and would
/// open the record. `explains`: such work, as the rooms above know it.
pub async fn take(
    db: &Db,
    deed: &Deed,
    explains: &'static [Explain],
    new: New,
) -> Result<ConsultationId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { take_in(conn, &deed, explains, new).await }))
        .await
}

/// The same within the caller's transaction.
pub async fn take_in(
    conn: &mut Conn,
    deed: &Deed,
    explains: &[Explain],
    new: New,
) -> Result<ConsultationId, Refusal> {
    deed.scope.need(Right::Support)?;
    let center = deed.scope.center.ok_or(Refusal::NoCenter)?;
    let today = in_japan(deed.now).date();
    let entry = new.entry.checked(deed.now, today, None)?;
    let day = in_japan(entry.at).date();
    let who = find_subject(conn, deed, center, new.subject, day).await?;
    if let Some(person) = who.person {
        must_be_open(conn, deed, explains, person).await?;
    }
    let id = ConsultationId(deed.new_id());
    let task = match entry.next_on {
        Some(due) => Some(open_task(conn, deed, id, center, who.person, due).await?),
        None => None,
    };
    let one = Consultation {
        id,
        center,
        at: entry.at,
        by: deed.scope.actor.account(),
        person: who.person,
        stranger: who.stranger,
        state: state_of(entry.closed),
        next_on: entry.next_on,
        task,
        codes: codes(&entry, &who),
        words: entry.words,
        version: 1,
    };
    store::insert(conn, deed, &one).await?;
    record(conn, deed, &one, "受付").await?;
    Ok(id)
}

fn codes(entry: &Entry, who: &Who) -> Codes {
    let [first, also @ ..] = who.marks;
    Codes {
        way: entry.way,
        from: entry.from,
        about: who.about,
        topics: entry.topics,
        urgency: entry.urgency,
        minutes: entry.minutes,
        age: who.age,
        alone: who.alone,
        who: first,
        also,
        closed: entry.closed,
    }
}

/// Open or closed, as it was put down.
pub(super) const fn state_of(closed: bool) -> State {
    if closed { State::Closed } else { State::Open }
}

/// The line of a deed on a consultation.
pub(super) async fn record(
    conn: &mut Conn,
    deed: &Deed,
    one: &Consultation,
    what: &str,
) -> Result<(), Refusal> {
    let line = Line::new(Verb::Consulted, one.person, Fields::CONSULTATIONS);
    let said = format!("{what}（{}）", one.id);
    Ok(audit::record(conn, deed, line.saying(said)).await?)
}

/// The task of the next step. It names nobody: the list of tasks is read by more people than may
/// read the consultation.
pub(super) async fn open_task(
    conn: &mut Conn,
    deed: &Deed,
    id: ConsultationId,
    center: CenterId,
    person: Option<PersonId>,
    due: Date,
) -> Result<TaskId, Refusal> {
    let day = in_japan(deed.now).strftime("%-m月%-d日").to_string();
    let new = NewTask {
        center: Some(center),
        person,
        kind: Kind::Consultation,
        due,
        words: tasks::Words {
            title: format!("相談のつづき（{day}に記録）"),
            story: "相談の画面に、次にすることが書いてあります。".to_owned(),
        },
        link: format!("/consultations/{id}"),
    };
    Ok(tasks::open_in(conn, deed, new).await?)
}

async fn find_subject(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    subject: Subject,
    day: Date,
) -> Result<Who, Refusal> {
    match subject {
        Subject::Registered(person) => registered(conn, deed, person, day).await,
        Subject::Known(id) => known(conn, deed, center, id, day).await,
        Subject::Stranger(card) => {
            let id = store::insert_stranger(conn, deed, center, &card).await?;
            Ok(outside(deed, id, &card))
        }
        Subject::Nameless(age, alone) => Ok(Who {
            age,
            alone,
            ..nobody(About::Nameless)
        }),
        Subject::Nobody => Ok(nobody(About::Nobody)),
    }
}

fn nobody(about: About) -> Who {
    Who {
        about,
        person: None,
        stranger: None,
        age: AgeBand::Unknown,
        alone: Alone::Unknown,
        marks: Marks::default(),
    }
}

fn outside(deed: &Deed, id: RowId, card: &Card) -> Who {
    Who {
        about: About::Stranger,
        person: None,
        stranger: Some(id),
        age: card.age,
        alone: card.alone,
        marks: marks_of(deed, card),
    }
}

/// The marks of what is known of somebody.
pub(super) fn marks_of(deed: &Deed, card: &Card) -> Marks {
    let mut all = Marks::default();
    for (place, text) in all.iter_mut().zip(marks(card)) {
        *place = mark_of(deed, &text);
    }
    all
}

/// By the key that outlives every other: who was counted under an older one is counted as the same.
fn mark_of(deed: &Deed, text: &str) -> i64 {
    let hash = deed
        .keys
        .lasting()
        .mac(&[b"consultations.who", text.as_bytes()]);
    let [a, b, c, d, e, f, g, h, ..] = hash;
    (i64::from_be_bytes([a, b, c, d, e, f, g, h]) & i64::MAX).max(1)
}

/// Somebody heard of before at this center; who was tied to a record since is that one.
async fn known(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
    id: RowId,
    day: Date,
) -> Result<Who, Refusal> {
    let found = store::find_stranger(conn, deed, id).await?;
    let (stranger, _) = found
        .filter(|(_, of)| *of == center)
        .ok_or(Refusal::NotFound)?;
    let heard = outside(deed, id, &stranger.card);
    match store::person_of(conn, deed, id).await? {
        // Should the tie be undone, this one is counted with the others heard of them.
        Some(person) => Ok(Who {
            stranger: heard.stranger,
            marks: heard.marks,
            ..registered(conn, deed, person, day).await?
        }),
        None => Ok(heard),
    }
}

async fn registered(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    day: Date,
) -> Result<Who, Refusal> {
    let person = people::now_of(conn, deed, person)
        .await?
        .ok_or(Refusal::NotFound)?;
    let identity = people::find_group::<Identity>(conn, deed, person).await?;
    let identity = identity.ok_or(Refusal::NotFound)?.value;
    Ok(Who {
        about: About::Registered,
        person: Some(person),
        stranger: None,
        age: AgeBand::between(identity.born.ages_on(day)),
        alone: match identity.living {
            Living::Alone => Alone::Yes,
            Living::Unconfirmed => Alone::Unknown,
            Living::Couple | Living::Family | Living::Facility | Living::Other => Alone::No,
        },
        marks: Marks::default(),
    })
}
