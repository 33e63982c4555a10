//! What is done with observations: one function a deed.

use db::{Conn, Db};

use super::rules::{About, New, Observation, Refusal, State, Words};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{NoticeId, RowId};
use crate::notices::{self, NewNotice, Since, Sure, Teller, Way};
use crate::people::views::{Explain, must_be_open};
use crate::people::{self, Identity};
use crate::scope::Right;
use crate::station::{courses, supporters};

/// Writes down what was observed. About another center's registered person the purpose is said first.
pub async fn note(
    db: &Db,
    deed: &Deed,
    new: New,
    explains: &'static [Explain],
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::Watch)?;
    let by = deed.scope.actor.account().ok_or(Refusal::NotFound)?;
    let new = new.checked(in_japan(deed.now).date())?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let about = settle(conn, &deed, new.about, explains).await?;
            let course = match new.lesson {
                Some(lesson) => courses::find_day(conn, &deed, lesson).await?.details.title,
                None => String::new(),
            };
            let observation = Observation {
                id: RowId(deed.new_id()),
                about,
                person: None,
                day: new.day,
                lesson: new.lesson,
                by,
                state: State::Stands,
                notice: None,
                words: Words {
                    signs: new.signs,
                    words: new.words,
                    course,
                    taken_back: String::new(),
                },
                version: 1,
            };
            store::insert(conn, &deed, &observation).await?;
            say(conn, &deed, observation.id, "様子の記録を書いた").await?;
            Ok(observation.id)
        })
    })
    .await
}

/// About whom it is kept: the record that somebody's merged one leads to, and nobody who was erased.
async fn settle(
    conn: &mut Conn,
    deed: &Deed,
    about: About,
    explains: &'static [Explain],
) -> Result<About, Refusal> {
    let (about, person) = match about {
        About::Person(person) => {
            let now = people::now_of(conn, deed, person).await?;
            let now = now.ok_or(Refusal::NotFound)?;
            (About::Person(now), Some(now))
        }
        About::Supporter(id) => {
            let one = supporters::find(conn, deed, id).await?;
            if one.is_erased() {
                return Err(Refusal::NotFound);
            }
            (about, one.person)
        }
    };
    if let Some(person) = person {
        must_be_open(conn, deed, explains, person).await?;
    }
    Ok(about)
}

/// Takes one back that was a slip, with the reason.
pub async fn take_back(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    reason: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Watch)?;
    let by = deed.scope.actor.account().ok_or(Refusal::NotFound)?;
    let who = (by, deed.scope.need(Right::Lead).is_ok());
    let (deed, reason) = (deed.clone(), reason.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = store::find(conn, &deed, id).await?;
            one.take_back(version, who, &reason)?;
            store::save(conn, &deed, &one).await?;
            Ok(say(conn, &deed, id, "様子の記録を取り消した").await?)
        })
    })
    .await
}

/// Makes a notice of it, so that somebody looks into it within the town's limit. From then on the notice
/// counts, and not both.
pub async fn make_notice(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
) -> Result<NoticeId, Refusal> {
    deed.scope.need(Right::Watch)?;
    deed.scope.need(Right::TakeNotices)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut one = store::find(conn, &deed, id).await?;
            one.may_be_notice(version)?;
            let new = notice_of(conn, &deed, &one).await?;
            let notice = notices::tell_in(conn, &deed, new).await?.id;
            one.notice = Some(notice);
            store::save(conn, &deed, &one).await?;
            say(conn, &deed, id, "様子の記録から気づきを作った").await?;
            Ok(notice)
        })
    })
    .await
}

async fn notice_of(conn: &mut Conn, deed: &Deed, one: &Observation) -> Result<NewNotice, Refusal> {
    // A supporter who is nobody of the register is known by name alone.
    let about = match (one.about, one.person) {
        (About::Supporter(id), None) => supporters::find(conn, deed, id).await?.details.name,
        _ => String::new(),
    };
    let home = match one.person {
        Some(person) => people::find_group::<Identity>(conn, deed, person).await?,
        None => None,
    };
    let home = home.and_then(|kept| kept.value.address);
    let at = match one.words.course.as_str() {
        "" => format!("ステーションで（{}）", one.day),
        course => format!("ステーションの「{course}」で（{}）", one.day),
    };
    let words = [at.as_str(), &one.words.words];
    let words: Vec<&str> = words.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(NewNotice {
        way: Way::Station,
        words: notices::Words {
            signs: one.words.signs.clone(),
            words: words.join("\n"),
            place: home.map_or(String::new(), |address| address.canonical()),
            about,
            sure: Sure::Seen,
            since: Since::Unknown,
            teller: Teller::default(),
            language: String::new(),
        },
        danger: false,
        agreement: None,
        origin: String::new(),
        hash: None,
        center: deed.scope.center,
        person: one.person,
        task: None,
    })
}

/// The line of what was done; without the words. No person's line: whoever reads the person's list of
/// sights in their stead, a violent relative perhaps, must not read there that somebody wrote of them.
async fn say(conn: &mut Conn, deed: &Deed, id: RowId, what: &str) -> Result<(), db::Error> {
    let line = Line::new(Verb::Noticed, None, Fields::NOTHING);
    audit::record(conn, deed, line.saying(format!("{what}（{id}）"))).await
}
